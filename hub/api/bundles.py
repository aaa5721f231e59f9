"""Bundles that a courier brings over HTTP: piece by piece, resumed where it was cut, read once."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import BinaryIO

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from domain.encoding import to_json
from domain.ids import DeviceId
from domain.words import mark
from hub.api.blocks import body_blocks, expect_type, other_offset
from hub.api.door import caller
from hub.bundles import BundleReport, answer, take_bundle, taken_before
from hub.errors import ApiCode, NotHere, RequestRefused
from hub.hub import Hub
from hub.log import log
from hub.serving.arrivals import Arrivals
from hub.serving.photo_threads import in_photo_thread
from hub.space import Space
from sync.wire.courier import MEDIA_TYPE, SIZE_LIMIT, BundleAnswer

PIECE = 1 << 20
WAIT_SECONDS = 20.0
"""Seconds that a question waits for a bundle that is being read; then the answer is 202."""
NAME = re.compile(r"([0-9a-f]{64})-([1-9][0-9]{0,12})")


@dataclass(frozen=True)
class _Named:
    """The bundle in the address of a request, and where its bytes are kept meanwhile."""

    sha256: bytes
    length: int
    upload: str
    courier: DeviceId


class BundleRoutes:
    """The routes of couriers."""

    def __init__(self, hub: Hub, arrivals: Arrivals, space: Space) -> None:
        self._hub = hub
        self._space = space
        self._arrivals = arrivals
        self._reading: dict[str, asyncio.Task[BundleAnswer]] = {}
        self._writing: dict[str, asyncio.Lock] = {}

    def routes(self) -> list[Route]:
        """The routes with their methods and paths."""
        path = "/api/bundles/{name}"
        return [
            Route(path, self.offset, methods=["HEAD"]),
            Route(path, self.add, methods=["PATCH"]),
            Route(path, self.ask, methods=["GET"]),
        ]

    async def offset(self, request: Request) -> Response:
        """How many bytes of the bundle are here; 404 when there are none."""
        named = await self._named(request)
        at = await in_photo_thread(self._hub.objects.staged, named.upload)
        if not at:
            raise NotHere(mark("nothing of this bundle is here"))
        return Response(status_code=200, headers=_offset(at))

    async def add(self, request: Request) -> Response:
        """Add the body at `Upload-Offset`; what came before a cut is kept."""
        named = await self._named(request)
        expect_type(request, MEDIA_TYPE)
        text = request.headers.get("upload-offset", "")
        self._space.expect_for_photos()
        async with self._writing.setdefault(named.upload, asyncio.Lock()):
            at = await in_photo_thread(self._hub.objects.staged, named.upload)
            if not text.isdecimal() or int(text) != at:
                return other_offset(at, text[:20])
            at = await self._receive(request, named, at)
        return Response(status_code=204, headers=_offset(at))

    async def _receive(self, request: Request, named: _Named, at: int) -> int:
        # no other request ends this one: they wait for their turn
        never = asyncio.Event()
        try:
            async for block in body_blocks(request, named.length, at, never):
                at = await in_photo_thread(self._hub.objects.append, named.upload, at, block)
        except ClientDisconnect:
            log("cut", device=named.courier, offset=at, of=named.length)
        return at

    async def ask(self, request: Request) -> Response:
        """The hub's answer for the workstation of the bundle; 202 while the bundle is read."""
        named = await self._named(request)
        before = await in_photo_thread(taken_before, self._hub, named.sha256)
        if before is not None:
            return _json(await in_photo_thread(self._answer, before.device, before.id, None))
        if await in_photo_thread(self._hub.objects.staged, named.upload) != named.length:
            raise NotHere(mark("not all bytes of this bundle are here"))
        task = self._reading.get(named.upload)
        if task is None:
            task = asyncio.create_task(self._read(named))
            self._reading[named.upload] = task
        done, _ = await asyncio.wait((task,), timeout=WAIT_SECONDS)
        if not done:
            return Response(status_code=202, headers={"Retry-After": "1"})
        self._reading.pop(named.upload, None)
        return _json(task.result())

    async def _read(self, named: _Named) -> BundleAnswer:
        try:
            return await in_photo_thread(self._take, named)
        finally:
            await in_photo_thread(self._hub.objects.drop, named.upload)
            self._writing.pop(named.upload, None)

    def _take(self, named: _Named) -> BundleAnswer:
        with self._hub.objects.open_staged(named.upload) as source:
            if _digest(source) != named.sha256:
                raise RequestRefused(
                    mark("the received bytes do not have the SHA-256 of the address"),
                    status=460,
                    code=ApiCode.WRONG_SHA256,
                    hint=mark("Send the bundle again from the beginning."),
                )
            source.seek(0)
            report = take_bundle(self._hub, source, named.courier)
        assert report.manifest is not None
        log(
            "bundle",
            device=report.manifest.device,
            courier=named.courier,
            new=report.new_entries,
            photos=len(report.new_photos),
            complete=report.complete,
        )
        for photo in report.new_photos:
            self._hub.pictures.make(photo)
        if report.new_entries or report.new_photos:
            self._arrivals.notify()
        return self._answer(report.manifest.device, report.manifest.bundle, report)

    def _answer(self, device: DeviceId, bundle: str, report: BundleReport | None) -> BundleAnswer:
        problem = report.problem if report is not None else None
        return BundleAnswer(
            device=device,
            bundle=bundle,
            complete=report is None or report.complete,
            problem=str(problem) if problem is not None else "",
            answer=answer(self._hub, device, report.refused if report else ()).decode(),
        )

    async def _named(self, request: Request) -> _Named:
        courier = await caller(self._hub, request)
        match = NAME.fullmatch(request.path_params["name"])
        if match is None:
            raise NotHere(mark("the address of a bundle is its SHA-256, a hyphen and its length"))
        if int(match[2]) > SIZE_LIMIT:
            raise RequestRefused(
                mark("a bundle of more than {limit} GB"),
                status=413,
                code=ApiCode.TOO_LARGE,
                limit=SIZE_LIMIT >> 30,
            )
        upload = hashlib.sha256(f"{courier} {match[0]}".encode()).hexdigest()
        return _Named(bytes.fromhex(match[1]), int(match[2]), upload, courier)


def _digest(source: BinaryIO) -> bytes:
    found = hashlib.sha256()
    while piece := source.read(PIECE):
        found.update(piece)
    return found.digest()


def _offset(at: int) -> dict[str, str]:
    return {"Upload-Offset": str(at), "Cache-Control": "no-store"}


def _json(found: BundleAnswer) -> Response:
    return Response(to_json(found), media_type="application/json")
