"""Photos over tus 1.0.0 (tus.io), so that any tus client can send them.

Extensions: creation, creation-with-upload, termination, expiration. Only one request at a time
writes to an upload. A new request ends the earlier one, which may wait on a dead connection.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.ids import DeviceId
from domain.words import mark
from hub import uploads
from hub.api.door import SILENCE_SECONDS, answer, caller
from hub.api.metadata import promised_hash
from hub.errors import HubError, NotAllowed, RequestRefused
from hub.hub import Hub
from hub.log import log
from hub.serving.arrivals import Arrivals
from hub.store.sql.photos import PictureForm
from hub.store.sql.uploads import Upload, delete

TUS = "1.0.0"
PIECE = 1 << 20
BODY_TYPE = "application/offset+octet-stream"


Deed = Callable[[Request], Awaitable[Response]]


class PhotoRoutes:
    """The tus server."""

    def __init__(self, hub: Hub, arrivals: Arrivals) -> None:
        self._hub = hub
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
                "Tus-Extension": "creation,creation-with-upload,termination,expiration",
                "Tus-Max-Size": str(uploads.SIZE_LIMIT),
            },
        )

    async def create(self, request: Request) -> Response:
        """Begin an upload, or find the one for the same promised bytes."""
        return await self._served(request, self._create)

    async def move(self, request: Request) -> Response:
        """Answer where an upload is (HEAD), continue it (PATCH) or discard it (DELETE)."""
        method = request.headers.get("x-http-method-override", request.method).upper()
        deeds = {"HEAD": self._head, "PATCH": self._patch, "DELETE": self._delete}
        if method not in deeds:
            return _tus(405, Allow="HEAD, PATCH, DELETE, OPTIONS")
        return await self._served(request, deeds[method])

    async def _served(self, request: Request, deed: Deed) -> Response:
        try:
            if request.headers.get("tus-resumable") != TUS:
                return _tus(412, **{"Tus-Version": TUS})
            response = await deed(request)
        except HubError as error:
            response = answer(error)
        response.headers["Tus-Resumable"] = TUS
        return response

    async def _create(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        length = _number(request, "upload-length")
        if length > uploads.SIZE_LIMIT:
            raise RequestRefused(
                mark("a photo of more than {limit} MB"), status=413, limit=uploads.SIZE_LIMIT >> 20
            )
        promised = promised_hash(request.headers.get("upload-metadata", ""))
        upload = await run_in_threadpool(uploads.begin, self._hub, device, length, promised)
        async with self._turn(upload.id) as ended:
            await self._complete(upload)
            upload = await run_in_threadpool(uploads.find, self._hub, device, upload.id)
            at = await run_in_threadpool(uploads.offset, self._hub, upload)
            if at == 0 and request.headers.get("content-type") == BODY_TYPE:
                at = await self._receive(request, upload, 0, ended)
        location = request.url.path.rstrip("/") + "/" + upload.id
        headers = {"Upload-Offset": str(at), **self._expires(upload, at)}
        return _tus(201, Location=location, **headers)

    async def _head(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        async with self._turn(request.path_params["upload"]):
            upload = await self._find(request, device)
            await self._complete(upload)
            upload = await self._find(request, device)
            at = await run_in_threadpool(uploads.offset, self._hub, upload)
        headers = {"Upload-Offset": str(at), "Upload-Length": str(upload.length)}
        return _tus(200, **headers, **{"Cache-Control": "no-store"})

    def _expires(self, upload: Upload, at: int) -> dict[str, str]:
        """The header with the time until which an unfinished upload is kept."""
        if at == upload.length:
            return {}
        return {"Upload-Expires": formatdate(uploads.expiry(self._hub) / 1000, usegmt=True)}

    async def _patch(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        if request.headers.get("content-type") != BODY_TYPE:
            raise RequestRefused(
                mark("the body must be of type {type}"), status=415, type=BODY_TYPE
            )
        named = _number(request, "upload-offset")
        async with self._turn(request.path_params["upload"]) as ended:
            upload = await self._find(request, device)
            at = await run_in_threadpool(uploads.offset, self._hub, upload)
            if named != at:
                error = RequestRefused(
                    mark("the upload is at {at}, not at {named}"),
                    status=409,
                    at=at,
                    named=named,
                )
                refused = answer(error)
                refused.headers["Upload-Offset"] = str(at)
                return refused
            at = await self._receive(request, upload, at, ended)
        return _tus(204, **{"Upload-Offset": str(at), **self._expires(upload, at)})

    async def _delete(self, request: Request) -> Response:
        device = await caller(self._hub, request)
        async with self._turn(request.path_params["upload"]):
            upload = await self._find(request, device)
            if upload.finished:
                raise NotAllowed(mark("the photo is stored, and stored photos are never deleted"))
            await run_in_threadpool(self._forget, upload)
        return _tus(204)

    def _forget(self, upload: Upload) -> None:
        with self._hub.database.writing((upload.id,)) as rows:
            delete(rows, [upload.id])
        self._hub.objects.drop(upload.id)

    async def _find(self, request: Request, device: DeviceId) -> Upload:
        wanted = request.path_params["upload"]
        return await run_in_threadpool(uploads.find, self._hub, device, wanted)

    async def _receive(
        self, request: Request, upload: Upload, at: int, ended: asyncio.Event
    ) -> int:
        """The offset after the body; bytes that arrived before a cut are kept."""
        promised = request.headers.get("content-length", "0")
        if at + (int(promised) if promised.isdecimal() else 0) > upload.length:
            raise RequestRefused(mark("more bytes than the upload's length"), status=413)
        held = bytearray()
        try:
            async for piece in _pieces(request, ended):
                held += piece
                if at + len(held) > upload.length:
                    raise RequestRefused(mark("more bytes than the upload's length"), status=413)
                if len(held) >= PIECE:
                    at = await run_in_threadpool(uploads.add, self._hub, upload, at, bytes(held))
                    held.clear()
        except ClientDisconnect:
            log("cut", device=upload.device, at=at + len(held), of=upload.length)
        if held:
            at = await run_in_threadpool(uploads.add, self._hub, upload, at, bytes(held))
        if at == upload.length:
            await self._complete(upload)
        return at

    async def _complete(self, upload: Upload) -> None:
        held = await run_in_threadpool(uploads.complete, self._hub, upload)
        if held is None:
            return
        log("photo", device=upload.device, size=upload.length)
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


async def _pieces(request: Request, ended: asyncio.Event) -> AsyncIterator[bytes]:
    """The body in pieces.

    Raises `ClientDisconnect` when the client closes the connection, sends nothing for too long, or
    another request takes over.
    """
    stream = request.stream().__aiter__()
    over = asyncio.ensure_future(ended.wait())
    try:
        while True:
            coming = asyncio.ensure_future(anext(stream, None))
            await asyncio.wait(
                (coming, over), timeout=SILENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not coming.done():
                coming.cancel()
                raise ClientDisconnect
            piece = coming.result()
            if piece is None:
                return
            yield piece
    finally:
        over.cancel()


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not re.fullmatch(r"\d{1,15}", text):
        raise RequestRefused(mark("{name} must be a number of bytes"), name=name.title())
    return int(text)


def _tus(status: int, **headers: str) -> Response:
    return Response(status_code=status, headers={"Tus-Resumable": TUS, **headers})
