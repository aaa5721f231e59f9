"""The page of sticks: a person chooses bundles in the browser, and carries the answers back.

A bundle comes with `PUT`, which a foreign web page cannot make a browser send.
"""

from __future__ import annotations

import tempfile
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from domain.encoding import to_json
from domain.errors import Malformed, TidewaiterError
from domain.ids import DeviceId
from domain.words import mark
from hub.bundles import BundleReport, answer, take_bundle
from hub.errors import NotHere, RequestRefused
from hub.hub import Hub
from hub.log import log
from hub.pages.guard import HEADERS
from hub.pages.sticks.model import OF_OTHERS, BundleResult, SticksPage, result_of
from hub.pages.templates import Templates
from hub.pages.viewer import scope_of
from hub.serving.arrivals import Arrivals
from hub.serving.photo_threads import in_photo_thread
from hub.store.sql import devices
from hub.store.sql.scope import Scope, sees_device
from sync.wire.courier import SIZE_LIMIT


class SticksView:
    """Bundles in, answers out."""

    def __init__(self, hub: Hub, arrivals: Arrivals, templates: Templates) -> None:
        self._hub = hub
        self._arrivals = arrivals
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The page with the button."""
        return await self._templates.page(request, "sticks/page.html", SticksPage)

    async def take(self, request: Request) -> Response:
        """Take one bundle, whose bytes are the body. The answer is a `BundleResult`."""
        folder = self._hub.objects.folder
        with tempfile.TemporaryFile(dir=folder) as file:
            size = 0
            async for piece in request.stream():
                size += len(piece)
                if size > SIZE_LIMIT:
                    raise RequestRefused(
                        mark("a bundle of more than {limit} GB"),
                        status=413,
                        limit=SIZE_LIMIT >> 30,
                    )
                await run_in_threadpool(file.write, piece)
            result = await in_photo_thread(self._read, file, scope_of(request))
        return _json(to_json(result))

    def _read(self, file: IO[bytes], scope: Scope) -> BundleResult:
        file.seek(0)
        try:
            report = take_bundle(self._hub, file)
        except TidewaiterError as error:
            return BundleResult(complete=False, text=str(error))
        self._note(report)
        with self._hub.database.reading() as rows:
            device = report.manifest.device if report.manifest else None
            is_shown = device is None or sees_device(rows, device, scope)
        return result_of(report) if is_shown else OF_OTHERS

    def _note(self, report: BundleReport) -> None:
        device = report.manifest.device if report.manifest else ""
        log("bundle", device=device, new=report.new_entries, photos=len(report.new_photos))
        for photo in report.new_photos:
            self._hub.pictures.make(photo)
        self._arrivals.notify()

    async def answer(self, request: Request) -> Response:
        """The hub's answer for a workstation, as the file that its stick carries."""
        name = request.path_params["device"]
        try:
            device = DeviceId.parse(name)
        except Malformed as error:
            raise NotHere(mark("no such workstation")) from error

        scope = scope_of(request)

        def read() -> bytes:
            with self._hub.database.reading() as rows:
                known = devices.device(rows, device) is not None
                if not known or not sees_device(rows, device, scope):
                    raise NotHere(mark("no such workstation"))
            return answer(self._hub, device)

        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{device}.json"'}
        data = await run_in_threadpool(read)
        return Response(data, media_type="application/json", headers=headers)


def _json(data: bytes) -> Response:
    return Response(data, media_type="application/json", headers=HEADERS)
