"""Photos over tus 1.0.0 (tus.io), so that any tus client can send them.

Extensions: creation, creation-with-upload, termination, expiration, checksum. Only one request at
a time writes to an upload. A new request ends the earlier one, which may wait on a dead connection.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate
from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.ids import DeviceId, PhotoHash
from domain.words import mark
from hub import uploads
from hub.api.blocks import body_blocks, expect_type, other_offset
from hub.api.checksum import ALGORITHMS, CheckedPiece, Checksum, named_checksum
from hub.api.door import answer, caller, refusal
from hub.api.metadata import promised_hash
from hub.errors import ApiCode, HubError, NotAllowed, RequestRefused
from hub.hub import Hub
from hub.log import log
from hub.serving.arrivals import Arrivals
from hub.serving.photo_threads import in_photo_thread
from hub.space import Space
from hub.store.sql.photos import Held, PictureForm
from hub.store.sql.uploads import Upload, delete

TUS = "1.0.0"
BODY_TYPE = "application/offset+octet-stream"
EXTENSIONS = ("creation", "creation-with-upload", "termination", "expiration", "checksum")


Deed = Callable[[Request], Awaitable[Response]]


class PhotoRoutes:
    """The tus server."""

    def __init__(self, hub: Hub, arrivals: Arrivals, space: Space) -> None:
        self._hub = hub
        self._space = space
        self._arrivals = arrivals
        self._turns: dict[str, _Turn] = {}

    def routes(self) -> list[Route]:
        """The routes with their methods and paths."""
        return [
            Route("/api/photos", self.options, methods=["OPTIONS"]),
            Route("/api/photos", self.create, methods=["POST"]),
            Route("/api/photos/{upload}", self.options, methods=["OPTIONS"]),
            Route("/api/photos/{upload}", self.move, methods=["HEAD", "PATCH", "DELETE", "POST"]),
        ]

    async def options(self, request: Request) -> Response:  # noqa: ARG002
        """The answer that lists what this server supports."""
        return _tus(
            204,
            **{
                "Tus-Version": TUS,
                "Tus-Extension": ",".join(EXTENSIONS),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
                "Tus-Max-Size": str(uploads.SIZE_LIMIT),
            },
        )

    async def create(self, request: Request) -> Response:
        """Begin a fresh upload."""
        return await self._served(request, self._create)

    async def move(self, request: Request) -> Response:
        """Answer where an upload is (HEAD), continue it (PATCH) or discard it (DELETE)."""
        method = request.headers.get("x-http-method-override", request.method).upper()
        deeds = {"HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}
        if method not in deeds:
            refused = refusal(405, ApiCode.WRONG_METHOD, "not in this way", kind="RequestRefused")
            refused.headers["Allow"] = "HEAD, PATCH, DELETE, OPTIONS"
            return refused
        return await self._served(request, deeds[method])

    async def _served(self, request: Request, deed: Deed) -> Response:
        try:
            if request.headers.get("tus-resumable") != TUS:
                raise RequestRefused(
                    mark("this hub speaks tus {version}"),
                    status=412,
                    code=ApiCode.WRONG_VERSION,
                    version=TUS,
                )
            response = await deed(request)
        except HubError as error:
            response = answer(error)
        response.headers["Tus-Resumable"] = TUS
        if response.status_code == 412:
            response.headers["Tus-Version"] = TUS
        return response

    async def _create(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        length = _number(request, "upload-length")
        if length > uploads.SIZE_LIMIT:
            raise RequestRefused(
                mark("a photo of more than {limit} MB"),
                status=413,
                code=ApiCode.TOO_LARGE,
                limit=uploads.SIZE_LIMIT >> 20,
            )
        metadata = request.headers.get("upload-metadata", "")
        promised = promised_hash(metadata)
        checksum = named_checksum(request.headers.get("upload-checksum"))
        begin = partial(self._begin, device, length, promised, metadata)
        upload = await in_photo_thread(begin)
        at = 0
        async with self._turn(upload.id) as ended:
            try:
                if request.headers.get("content-type") == BODY_TYPE:
                    at = await self._receive(request, upload, 0, ended, checksum)
                elif length == 0:
                    await self._complete(upload)
            except HubError:
                # the sender does not learn the address, so that nobody could go on
                await in_photo_thread(self._forget, upload)
                raise
        location = request.url.path.rstrip("/") + "/" + uploads.address_of(upload)
        headers = {"Upload-Offset": str(at), **self._expires(upload, at)}
        return _tus(201, Location=location, **headers)

    def _begin(
        self, device: DeviceId, length: int, promised: PhotoHash | None, metadata: str
    ) -> Upload:
        self._space.expect_for_upload(device, length)
        upload = uploads.begin(self._hub, device, length, promised, metadata)
        self._space.begun(device, length)
        return upload

    async def _head(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        async with self._turn(_id(request, device)):
            upload = await self._find(request, device)
            self._note(upload, await in_photo_thread(uploads.resume, self._hub, upload))
            upload = await self._find(request, device)
            at = await in_photo_thread(uploads.offset, self._hub, upload)
        headers = {"Upload-Offset": str(at), "Upload-Length": str(upload.length)}
        if upload.metadata:
            headers["Upload-Metadata"] = upload.metadata
        return _tus(200, **headers, **self._expires(upload, at), **{"Cache-Control": "no-store"})

    def _expires(self, upload: Upload, at: int) -> dict[str, str]:
        """The header with the time until which an unfinished upload is kept."""
        if at == upload.length:
            return {}
        return {"Upload-Expires": formatdate(uploads.expiry(self._hub) / 1000, usegmt=True)}

    async def _patch(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        expect_type(request, BODY_TYPE)
        named = _number(request, "upload-offset")
        checksum = named_checksum(request.headers.get("upload-checksum"))
        self._space.expect_for_photos()
        async with self._turn(_id(request, device)) as ended:
            upload = await self._find(request, device)
            at = await in_photo_thread(uploads.offset, self._hub, upload)
            if named != at:
                return other_offset(at, named)
            at = await self._receive(request, upload, at, ended, checksum)
        return _tus(204, **{"Upload-Offset": str(at), **self._expires(upload, at)})

    async def _delete(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        async with self._turn(_id(request, device)):
            upload = await self._find(request, device)
            if upload.finished:
                raise NotAllowed(mark("the photo is stored, and stored photos are never deleted"))
            await in_photo_thread(self._forget, upload)
        return _tus(204)

    def _forget(self, upload: Upload) -> None:
        with self._hub.database.writing((upload.id,)) as rows:
            delete(rows, [upload.id])
        self._hub.objects.drop(upload.id)
        self._space.ended(upload.device, upload.length)

    async def _find(self, request: Request, device: DeviceId) -> Upload:
        wanted = request.path_params["upload"]
        return await in_photo_thread(uploads.find, self._hub, device, wanted)

    async def _receive(
        self,
        request: Request,
        upload: Upload,
        at: int,
        ended: asyncio.Event,
        checksum: Checksum | None,
    ) -> int:
        """The offset after the body. Bytes that arrived before a cut are kept, but not those of a
        piece with a checksum: that is added whole or not at all.
        """
        if checksum is None:
            at = await self._add(body_blocks(request, upload.length, at, ended), upload, at)
        else:
            with CheckedPiece(checksum, self._hub.objects.folder) as piece:
                try:
                    async for block in body_blocks(request, upload.length, at, ended):
                        await in_photo_thread(piece.write, block)
                except ClientDisconnect:
                    return at
                piece.expect_right()
                for block in piece.blocks():
                    at = await in_photo_thread(uploads.add, self._hub, upload, at, block)
        if at == upload.length:
            await self._complete(upload)
        return at

    async def _add(self, blocks: AsyncIterator[bytes], upload: Upload, at: int) -> int:
        try:
            async for block in blocks:
                at = await in_photo_thread(uploads.add, self._hub, upload, at, block)
        except ClientDisconnect:
            log("cut", device=upload.device, offset=at, of=upload.length)
        return at

    async def _complete(self, upload: Upload) -> None:
        self._note(upload, await in_photo_thread(uploads.complete, self._hub, upload))

    def _note(self, upload: Upload, held: Held | None) -> None:
        """Log a photo that has just become complete, and show it on the pages."""
        if held is None:
            return
        self._space.ended(upload.device, upload.length, held.size)
        log("photo", device=upload.device, size=held.size)
        if held.form is not PictureForm.OTHER:
            self._hub.pictures.make(held.hash)  # made in the background, for the pages
        self._arrivals.notify()

    @asynccontextmanager
    async def _turn(self, upload: str) -> AsyncIterator[asyncio.Event]:
        """Wait until no other request writes to the upload; a later request sets the event to end
        this one.
        """
        turn = self._turns.setdefault(upload, _Turn())
        turn.users += 1
        turn.ended.set()
        try:
            async with turn.lock:
                turn.ended = asyncio.Event()
                yield turn.ended
        finally:
            turn.users -= 1
            if not turn.users:
                del self._turns[upload]


class _Turn:
    """The lock of one upload, how many requests want it, and the event that ends the present
    one.
    """

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.ended = asyncio.Event()
        self.users = 0


def _id(request: Request, device: DeviceId) -> str:
    """The id of the upload at the request's address."""
    return uploads.id_at(device, request.path_params["upload"])


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not re.fullmatch(r"\d{1,15}", text):
        raise RequestRefused(mark("{name} must be a number of bytes"), name=name.title())
    return int(text)


def _tus(status: int, **headers: str) -> Response:
    return Response(status_code=status, headers={"Tus-Resumable": TUS, **headers})
