"""Gives a workstation the photos of its own records back, after its folder was restored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from domain.errors import Malformed
from domain.ids import DeviceId, PhotoHash
from domain.words import mark
from hub.api.door import caller
from hub.errors import ApiCode, NotHere, RequestRefused
from hub.hub import Hub
from hub.serving.photo_threads import in_photo_thread, photo_pieces
from hub.statement import held_photo
from hub.store.sql import photos

RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


class OwnPhotoRoutes:
    """`GET /api/photos/{sha256}`, whole or from an offset on."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[Route]:
        """The route. The tus server, with the other methods of this address, comes before it."""
        return [Route("/api/photos/{photo}", self.give, methods=["GET"])]

    async def give(self, request: Request) -> Response:
        """The bytes of a photo that a record of the bearer names; 206 for a range."""
        device = await caller(self._hub, request)
        try:
            photo = PhotoHash.parse(request.path_params["photo"])
        except Malformed as error:
            raise _not_here() from error
        size = await in_photo_thread(self._size, device, photo)
        first, last = _range(request.headers.get("range", ""), size)
        headers = {"Content-Length": str(last - first + 1), "Accept-Ranges": "bytes"}
        whole = (first, last) == (0, size - 1)
        if not whole:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        pieces = photo_pieces(part(self._hub.objects.read(photo), first, last))
        kind = "application/octet-stream"
        return StreamingResponse(pieces, 200 if whole else 206, headers, media_type=kind)

    def _size(self, device: DeviceId, photo: PhotoHash) -> int:
        """Bytes of the photo. Raises `NotHere` when the hub lacks it or it is another's."""
        with self._hub.database.reading() as rows:
            if not photos.is_of(rows, photo, device):
                raise _not_here()
            held = held_photo(self._hub, rows, photo)
        if held is None:
            raise _not_here()
        return held.size


def part(pieces: Iterator[bytes], first: int, last: int) -> Iterator[bytes]:
    """The bytes from index `first` to `last`, the last included."""
    at = 0
    for piece in pieces:
        start, end = max(first - at, 0), min(last + 1 - at, len(piece))
        if start < end:
            yield piece[start:end]
        at += len(piece)
        if at > last:
            return


def _range(asked: str, size: int) -> tuple[int, int]:
    """The first and the last byte of the answer; all for a header that this server does not read.

    Raises `RequestRefused` (416) for a range behind the end.
    """
    found = RANGE.fullmatch(asked.strip())
    if found is None:
        return 0, size - 1
    first = int(found[1])
    last = min(int(found[2]) if found[2] else size - 1, size - 1)
    if first > last:
        raise RequestRefused(
            mark("the photo has {size} bytes"), status=416, code=ApiCode.WRONG_OFFSET, size=size
        )
    return first, last


def _not_here() -> NotHere:
    return NotHere(mark("the hub has no such photo of this workstation"))
