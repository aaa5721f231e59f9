"""Server-sent events: they tell an open list that something arrived."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from hub.hub import Hub
from hub.pages.guard import HEADERS
from hub.pages.viewer import scope_of
from hub.serving.arrivals import Arrivals
from hub.store.sql.regional import version_within
from hub.store.sql.scope import Scope

WATCHERS_LIMIT = 100
"""Pages that may be open at the same time."""


class LiveEvents:
    """Sends an event after each arrival; between arrivals a comment keeps the connection open."""

    def __init__(self, hub: Hub, arrivals: Arrivals) -> None:
        self._hub = hub
        self._arrivals = arrivals

    async def answer(self, request: Request) -> Response:
        """The stream of events while the page is open; 503 when too many pages are open."""
        if self._arrivals.watchers >= WATCHERS_LIMIT:
            return Response(status_code=503, headers={"Retry-After": "30"})
        return StreamingResponse(
            self._events(request),
            media_type="text/event-stream",
            headers={**HEADERS, "Cache-Control": "no-store"},
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        sent = ""
        while not self._arrivals.closing and not await request.is_disconnected():
            version = await run_in_threadpool(self._version, scope_of(request))
            yield f"data: {version}\n\n" if version != sent else ": still here\n\n"
            sent = version
            await self._arrivals.wait()

    def _version(self, scope: Scope) -> str:
        with self._hub.database.reading() as rows:
            return version_within(rows, scope)
