"""Server-sent events: they tell an open list what changed on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from domain.encoding import to_json
from hub.pages.arrivals.board import Board, ListChange
from hub.pages.guard import NOT_STORED
from hub.pages.viewer import scope_of
from hub.serving.arrivals import Arrivals
from hub.serving.connections import PER_ADDRESS

WATCHERS_LIMIT = PER_ADDRESS - 56
"""Lines at the same time. All pages of a browser share one; behind a proxy all lines are from one
address, and above that address's limit open lines would be cut without a word.
"""
BUSY_SECONDS = 30
"""After so long a page that was refused a line asks again."""
STILL_HERE_SECONDS = 5.0
POSITION_LIMIT = 4_000


class LiveEvents:
    """Sends an event after each change; between changes a comment keeps the connection open."""

    def __init__(self, board: Board, arrivals: Arrivals) -> None:
        self._board = board
        self._arrivals = arrivals

    async def answer(self, request: Request) -> Response:
        """The stream of events while the page is open, beginning with what changed since the last
        event that the browser got, or since the page was made (`?since=`).

        When too many lines are open, one event says so, and the browser asks again later; a status
        would be all that it never shows to the page.
        """
        full = self._arrivals.watchers >= WATCHERS_LIMIT
        return StreamingResponse(
            _refusal() if full else self._events(request),
            media_type="text/event-stream",
            headers=NOT_STORED,
        )

    async def changes(self, request: Request) -> Response:
        """What changed since `?since=`, once: for a page that joins the line of another one."""
        change = await run_in_threadpool(self._board.since, _position(request), scope_of(request))
        return Response(to_json(change), media_type="application/json", headers=NOT_STORED)

    async def _events(self, request: Request) -> AsyncIterator[str]:
        scope = scope_of(request)
        with self._board.line() as line:
            first = await run_in_threadpool(self._board.since, _position(request), scope)
            position = first.id
            yield _event(first)
            while not self._arrivals.closing and not await request.is_disconnected():
                try:
                    change = await line.get(STILL_HERE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if change is None:
                    return
                if scope.account:
                    change = await run_in_threadpool(self._board.since, position, scope)
                position = change.id
                if not change.nothing:
                    yield _event(change)


def _position(request: Request) -> str:
    found = request.headers.get("last-event-id") or request.query_params.get("since", "")
    return found[:POSITION_LIMIT]


def _event(change: ListChange) -> str:
    return f"id: {change.id}\ndata: {to_json(change).decode()}\n\n"


async def _refusal() -> AsyncIterator[str]:
    yield f"retry: {BUSY_SECONDS * 1_000}\nevent: full\ndata: {BUSY_SECONDS}\n\n"
