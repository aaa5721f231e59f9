"""The pages' routes: each reads one consistent view and fills a template."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from domain.words import mark
from hub.errors import RequestRefused
from hub.hub import Hub
from hub.live import Arrivals
from hub.packs import Library
from hub.pages import one, show
from hub.pages.guard import HEADERS
from hub.pages.photos import PhotoViews
from hub.store import listing

HERE = Path(__file__).parent
NEWEST = 2**62
WATCHERS_LIMIT = 100


class PageRoutes:
    """What people look at."""

    def __init__(self, hub: Hub, library: Library, arrivals: Arrivals) -> None:
        self._hub = hub
        self._library = library
        self._arrivals = arrivals
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[Route | Mount]:
        """Where they are."""
        return [
            Route("/", self.list),
            Route("/rows", self.rows),
            Route("/interceptions/{record:path}", self.interception),
            Route("/devices", self.devices),
            Route("/unread", self.unread),
            *PhotoViews(self._hub).routes(),
            Route("/live", self.live),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]

    async def list(self, request: Request) -> Response:
        """What arrived, newest first."""
        return await self._filled("list.html", show.arrivals, _before(request))

    async def rows(self, request: Request) -> Response:
        """The inner part of the list, which an open page asks for when something arrived."""
        return await self._filled("rows.html", show.arrivals, _before(request))

    async def interception(self, request: Request) -> Response:
        """One interception, whole."""
        return await self._filled("one.html", one.interception, request.path_params["record"])

    async def devices(self, request: Request) -> Response:  # noqa: ARG002
        """The workstations: tips, branches, last seen."""
        return await self._filled("devices.html", show.workstations)

    async def unread(self, request: Request) -> Response:
        """Entries that this version cannot read, raw."""
        return await self._filled("unread.html", show.unread, _before(request))

    async def live(self, request: Request) -> Response:
        """Server-sent events: one line whenever something arrived."""
        if self._arrivals.watchers >= WATCHERS_LIMIT:
            return Response(status_code=503, headers={"Retry-After": "30"})
        return StreamingResponse(
            self._events(request),
            media_type="text/event-stream",
            headers={**HEADERS, "Cache-Control": "no-store"},
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        said = ""
        while not self._arrivals.closing and not await request.is_disconnected():
            version = await run_in_threadpool(self._version)
            yield f"data: {version}\n\n" if version != said else ": still here\n\n"
            said = version
            await self._arrivals.wait()

    def _version(self) -> str:
        with self._hub.database.reading() as rows:
            return listing.version(rows)

    async def _filled(
        self, template: str, read: Callable[..., dict[str, Any]], *wanted: object
    ) -> Response:
        def fill() -> str:
            values = read(self._hub, self._library, *wanted)
            return self._templates.get_template(template).render(**values)

        text = await run_in_threadpool(fill)
        return HTMLResponse(text, headers={**HEADERS, "Cache-Control": "no-store"})


def _before(request: Request) -> int:
    text = request.query_params.get("before", "")
    if not text:
        return NEWEST
    if not text.isdecimal() or len(text) > 18:
        raise RequestRefused(mark("no such place in the list"))
    return int(text)
