"""What changes on the list, read once for all open pages.

While a page is open, one task reads the news after each arrival, at most once a second, and gives
the same event to every line. An event has the changed rows as the page shows them, or says that the
list is to be read again when there are too many.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

import msgspec
from starlette.concurrency import run_in_threadpool

from domain.instant import DAY_MILLIS
from hub.errors import HubError
from hub.hub import Hub
from hub.log import log
from hub.packs import Library
from hub.pages.record import record_in_short
from hub.pages.templates import Templates
from hub.serving.arrivals import Arrivals
from hub.store.sql import devices, interceptions, news
from hub.store.sql.interceptions import ListedInterception
from hub.store.sql.regional import totals_within
from hub.store.sql.scope import EVERYTHING, Scope
from system.database import Connection

PAUSE_SECONDS = 1.0
"""Between two events at least."""
ROWS_IN_EVENT = 4
"""Rows that an event has; a row is about 1.5 KB."""
WAITING_EVENTS = 16
"""Events that wait for a slow line; then it is told to read the list again."""


class ChangedRow(msgspec.Struct, frozen=True):
    """A row as the list shows it, and by what a page tells whether the row belongs to its list."""

    record: str
    arrival: int
    day: int
    post: str
    status: str
    pack: str
    html: str


class ListChange(msgspec.Struct, frozen=True):
    """What an event says. `id` is the position up to which the page is right afterwards."""

    id: str
    rows: tuple[ChangedRow, ...] = ()
    head: str = ""
    """The counts of all; empty when they are as before."""
    all: bool = False
    """Whether the list is to be read again."""

    @property
    def nothing(self) -> bool:
        """Whether the page stays as it is."""
        return not (self.rows or self.head or self.all)


class EventLine:
    """The events for one open page (or one browser); None says that the hub stops."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[ListChange | None] = asyncio.Queue(WAITING_EVENTS)

    def put(self, change: ListChange | None) -> None:
        """Add an event; a line that is too slow gets one event in place of all that wait."""
        if self._events.full():
            while not self._events.empty():
                self._events.get_nowait()
            change = change and ListChange(change.id, all=True)
        self._events.put_nowait(change)

    async def get(self, seconds: float) -> ListChange | None:
        """The next event. Raises `TimeoutError` when none comes in so many seconds."""
        return await asyncio.wait_for(self._events.get(), seconds)


class Board:
    """The lines to all open pages of this process; used from the event loop."""

    def __init__(
        self, hub: Hub, library: Library, arrivals: Arrivals, templates: Templates
    ) -> None:
        self._hub = hub
        self._library = library
        self._arrivals = arrivals
        self._templates = templates
        self._lines: set[EventLine] = set()
        self._reading: asyncio.Task[None] | None = None

    @contextmanager
    def line(self) -> Iterator[EventLine]:
        """A line that gets all events while the block runs."""
        line = EventLine()
        self._lines.add(line)
        self._arrivals.watchers += 1
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read())
        try:
            yield line
        finally:
            self._lines.discard(line)
            self._arrivals.watchers -= 1
            if not self._lines and self._reading is not None:
                self._reading.cancel()
                self._reading = None

    async def _read(self) -> None:
        """Give out what changes, until the hub stops or no line is left."""
        with self._arrivals.followed() as follower:
            position = await run_in_threadpool(self._position)
            while not self._arrivals.closing:
                await follower.wait()
                begun = monotonic()
                try:
                    change = await run_in_threadpool(self.since, position)
                except HubError as error:  # the database is away; the next look may succeed
                    log("live events wait", kind=type(error).__name__)
                    continue
                position = change.id
                if not change.nothing:
                    for line in self._lines:
                        line.put(change)
                    await asyncio.sleep(max(0.0, PAUSE_SECONDS - (monotonic() - begun)))
        for line in self._lines:
            line.put(None)

    def _position(self) -> str:
        with self._hub.database.reading() as rows:
            return news.position(rows)

    def since(self, position: str, scope: Scope = EVERYTHING) -> ListChange:
        """What changed since that position on the list of the scope. Of a scope that is not all,
        it says nothing but the position when the records that it knows of are elsewhere.
        """
        with self._hub.database.reading() as rows:
            found = news.since(rows, position)
            if found.quiet:
                return ListChange(found.position)
            listed = interceptions.some(rows, found.records, scope)
            if scope.account and not (listed or found.more):
                return ListChange(found.position)
            head = self._templates.fill(
                "arrivals/counts.html", {"totals": totals_within(rows, scope)}
            )
            if found.more or len(found.records) > ROWS_IN_EVENT:
                return ListChange(found.position, head=head, all=True)
            return ListChange(found.position, self._rows(rows, listed, scope), head)

    def _rows(
        self, rows: Connection, listed: Sequence[ListedInterception], scope: Scope
    ) -> tuple[ChangedRow, ...]:
        names = devices.names(rows, (each.device for each in listed))
        newest = sorted(listed, key=lambda each: -each.arrival)
        return tuple(self._row(rows, each, names, scope) for each in newest)

    def _row(
        self, rows: Connection, listed: ListedInterception, names: dict[str, str], scope: Scope
    ) -> ChangedRow:
        row = record_in_short(self._hub, rows, listed, self._library, scope)
        html = self._templates.fill(
            "arrivals/row.html", {"row": row, "names": names, "case_id": "", "not_far": False}
        )
        return ChangedRow(
            listed.record,
            listed.arrival,
            listed.arrived_at // DAY_MILLIS,
            listed.summary.post,
            listed.status,
            listed.summary.pack_id,
            html,
        )
