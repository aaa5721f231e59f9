"""Sends photos by the open tus 1.0 protocol: an upload continues at the offset that the hub
returns.

The first request carries bytes already. After a cut the hub is asked how far the upload came, at an
address that follows from the photo alone (protocol 2), or by creating the upload again (protocol 1,
which finds the earlier one). So the workstation stores no addresses.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

import httpx2

from domain.ids import PhotoHash
from domain.words import mark
from sync.errors import HubUnintelligible, TooLarge
from sync.http.exchange import Answer, exchange
from sync.http.flow import Flow, Stopped

TUS = {"Tus-Resumable": "1.0.0"}
BODY = {"Content-Type": "application/offset+octet-stream"}
ORIGIN = ("scheme", "host", "port")
CONFLICT = 409
"""Status of a request that named another offset than that of the upload."""
CONFLICTS = 3
"""Times that another request for the same upload may move it before this one gives up."""


def upload(
    http: httpx2.Client,
    photo: PhotoHash,
    data: bytes,
    *,
    flow: Flow | None = None,
    begun: bool = False,
    by_address: bool = False,
    sent: Callable[[], None] = lambda: None,
    reached: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool],
) -> bool:
    """Send the bytes that the hub lacks of `photo`; False when cancelled before the end.

    `begun`: the hub may hold some. `by_address`: it knows the computed address of an upload
    (protocol 2). `sent` is called when the line took a chunk, `reached` with each offset that the
    hub confirms; `cancelled` is asked between two chunks. Only the hub's signed statement proves
    that it stores the photo. Raises `NoLink`, `HubFailed`, `HubRefused`, and `HubUnintelligible`
    when the hub returns an impossible offset.
    """
    there = _PhotoUpload(
        http,
        photo,
        data,
        flow=flow or Flow(),
        by_address=by_address,
        sent=sent,
        reached=reached,
        cancelled=cancelled,
    )
    try:
        return there.go(begun=begun)
    except Stopped:
        return False


class _PhotoUpload:
    """One photo on its way to the hub."""

    def __init__(
        self,
        http: httpx2.Client,
        photo: PhotoHash,
        data: bytes,
        *,
        flow: Flow,
        by_address: bool,
        sent: Callable[[], None],
        reached: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._http, self._photo, self._data = http, photo, data
        self._flow, self._by_address = flow, by_address
        self._sent, self._reached = sent, reached
        self._cancelled = cancelled
        self._location = ""

    def go(self, *, begun: bool) -> bool:
        """As `upload`."""
        if self._cancelled():
            return False
        offset = self._find() if begun and self._by_address else None
        if offset is None:
            offset = self._create(with_body=self._by_address or not begun)
        conflicts = 0
        while offset < len(self._data):
            if self._cancelled():
                return False
            answer = self._send("PATCH", self._location, offset, {"Upload-Offset": str(offset)})
            reached = self._offset(answer)
            if answer.status == CONFLICT:
                conflicts += 1
            if reached <= offset and (answer.status != CONFLICT or conflicts > CONFLICTS):
                raise self._impossible(str(reached))
            offset = reached
            self._reached(offset)
        return True

    def _find(self) -> int | None:
        """The offset at the computed address; None when there is no such upload."""
        location = f"/api/photos/{self._photo}-{len(self._data)}"
        answer = exchange(self._http, "HEAD", location, headers=TUS, expected=(404,))
        if answer.status == 404:
            return None
        self._location = location
        offset = self._offset(answer)
        self._reached(offset)
        return offset

    def _create(self, *, with_body: bool) -> int:
        """Create the upload, in a request that carries the first bytes; the offset after it."""
        promised = base64.b64encode(str(self._photo).encode()).decode()
        headers = {
            "Upload-Length": str(len(self._data)),
            "Upload-Metadata": f"sha256 {promised}",
        }
        answer = self._send("POST", "/api/photos", 0 if with_body else None, headers)
        location = answer.headers.get("Location", "")
        if answer.status != 201 or not location:
            raise self._impossible("none")
        target = httpx2.URL(str(answer.url)).join(location)
        if any(getattr(target, part) != getattr(self._http.base_url, part) for part in ORIGIN):
            # send the token only to the hub's own address, and never unencrypted where TLS was
            # asked for
            raise HubUnintelligible(
                mark("the hub sends the upload to another address"), about=self._photo.short
            )
        self._location = str(target)
        if "Upload-Offset" not in answer.headers:
            answer = exchange(self._http, "HEAD", self._location, headers=TUS)
        offset = self._offset(answer)
        self._reached(offset)
        return offset

    def _send(self, method: str, path: str, start: int | None, headers: dict[str, str]) -> Answer:
        """One request with the bytes from `start` on, at most one piece; None sends no bytes.

        Where a proxy refuses a piece of this size, smaller ones are sent.
        """
        while True:
            piece = b"" if start is None else self._data[start : start + self._flow.piece]
            try:
                return exchange(
                    self._http,
                    method,
                    path,
                    headers={
                        **TUS,
                        **headers,
                        **(BODY if piece else {}),
                        "Content-Length": str(len(piece)),
                    },
                    content=self._flow.chunks(piece, sent=self._sent, stops=self._cancelled)
                    if piece
                    else b"",
                    expected=(CONFLICT,) if method == "PATCH" else (),
                )
            except TooLarge:
                if not self._flow.shrink(len(piece)):
                    raise

    def _offset(self, answer: Answer) -> int:
        offset = answer.upload_offset(len(self._data))
        if offset is None:
            raise self._impossible(answer.headers.get("Upload-Offset", ""))
        return offset

    def _impossible(self, offset: str) -> HubUnintelligible:
        return HubUnintelligible(
            mark("the hub returns an impossible offset ({offset}) for a photo"),
            about=self._photo.short,
            hint=mark("The photo waits here; tell the hub's administrator."),
            offset=offset[:20] or "none",
        )
