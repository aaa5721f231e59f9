"""The list as a file: what its limits show, in the regions of the viewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from domain.words import mark
from hub.errors import RequestRefused
from hub.export.writer import ExportForm
from hub.export.zipped import Downloads, WantedDownload
from hub.hub import Hub
from hub.packs import Library
from hub.pages.arrivals.asked import asked, in_form
from hub.pages.guard import NOT_STORED
from hub.pages.viewer import actor_in, scope_of
from hub.people.actor import note
from hub.store.sql import regions

PIECE = 64 * 1024
FORMS = (ExportForm.CSV, ExportForm.JSONL)


class ExportView:
    """One zip with what the list shows."""

    def __init__(self, hub: Hub, library: Library) -> None:
        self._hub = hub
        self._downloads = Downloads(hub, library)

    async def download(self, request: Request) -> Response:
        """The zip; the audit has it before its first byte is sent."""
        form = request.query_params.get("format", "csv")
        if form not in FORMS:
            raise RequestRefused(
                mark("no such format"), about=form[:20], hint=mark("Ask for csv or jsonl.")
            )
        day = str(self._hub.now())[:10]
        headers = {
            **NOT_STORED,
            "Content-Disposition": f'attachment; filename="interceptions-{day}.zip"',
        }
        if request.method == "HEAD":
            answer = Response(media_type="application/zip", headers=headers)
            del answer.headers["Content-Length"]  # it is not known before the zip is made
            return answer
        file, size = await run_in_threadpool(self._made, request, ExportForm(form))
        headers["Content-Length"] = str(size)
        return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)

    def _made(self, request: Request, form: ExportForm) -> tuple[BinaryIO, int]:
        """The file and its size, once the audit has who took what."""
        chosen, scope = asked(request), scope_of(request)
        words = {name: value for name, value in in_form(chosen).items() if value}
        words["format"] = str(form)
        if scope.account:
            with self._hub.database.reading() as rows:
                words["regions"] = ", ".join(regions.of_account(rows, scope.account))
        wanted = WantedDownload(asked=chosen, scope=scope, form=form, words=words)
        with self._downloads.make(wanted) as (file, made):
            subject = f"interceptions: {made.interceptions}"
            detail = ", ".join(f"{name} {value}" for name, value in words.items())
            with self._hub.database.writing(("audit",)) as rows:
                note(self._hub, rows, actor_in(request), "exported", subject, detail=detail)
            size = file.seek(0, 2)
            file.seek(0)
            return file, size


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
