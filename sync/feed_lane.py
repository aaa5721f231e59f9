"""The lane of the hub's feed: packs and other things come down beside entries and photos."""

from __future__ import annotations

from collections.abc import Callable

from domain.changes import Changes
from domain.errors import TidewaiterError
from storage import hub_memory
from storage.feed_items import StoredFeedItem
from storage.hub_memory import HubFact
from sync.context import RunContext
from sync.errors import HubFailed, NoLink
from sync.feed import (
    FeedOutcome,
    cursor,
    finish_page,
    needs_file,
    new_items,
    note_taken,
    offered_as,
    stored,
    take,
    tell_untrusted,
    try_again,
    unfinished,
)
from sync.packs import PackLane
from sync.wire.feed import FeedItem, FeedPage

WITH_FEED = 2
"""The protocol since which a hub has a feed."""


class FeedLane:
    """Asks once in a run for what is new in the feed, and takes it, one file at a time.

    A hub of protocol 1 is asked for its packs instead.
    """

    def __init__(self, run: RunContext) -> None:
        self._run = run
        self._packs = PackLane(run)
        self._before: list[StoredFeedItem] | None = None
        """Packs of earlier runs whose file is still missing; None before the first look."""
        self._page: FeedPage | None = None
        self._items: list[FeedItem] = []
        self._busy = self._finished = False
        self._done = FeedOutcome()

    @property
    def came(self) -> tuple[StoredFeedItem, ...]:
        """What came down in this run, with what became of it."""
        return tuple(self._done.items)

    @property
    def waits(self) -> bool:
        """Whether something is still to come."""
        return self._packs.waits if self._without_feed else self._busy or not self._finished

    @property
    def _without_feed(self) -> bool:
        known = hub_memory.remembered(self._run.ws.db, HubFact.PROTOCOL)
        return known is not None and int(known) < WITH_FEED

    def begin(self) -> None:
        """Start what is next, if anything is."""
        if self._run.statement is None:
            return  # the hub has to sign an answer of this run first; it says the protocol too
        if self._without_feed:
            self._packs.begin()
            return
        while not (self._busy or self._finished):
            self._go_on()

    def _go_on(self) -> None:
        ws = self._run.ws
        if self._before is None:
            self._note(lambda done: try_again(ws, done))
            self._before = list(unfinished(ws))
        if self._before:
            self._take(self._before[0])
        elif self._items:
            self._take(stored(ws, self._items[0]))
        elif self._page is not None and self._page.until >= self._page.last:
            finish_page(ws, self._page)
            self._note(lambda done: tell_untrusted(ws, done))
            self._finished = True
        else:
            if self._page is not None:
                finish_page(ws, self._page)
            self._ask(cursor(ws).after)

    def _ask(self, after: int) -> None:
        self._busy = True
        self._run.start(lambda _: self._run.carrier.feed(after), self._came, self._failed)

    def _came(self, page: FeedPage) -> None:
        self._busy = False
        known = cursor(self._run.ws)
        if page.after and page.epoch != known.epoch:
            self._ask(0)  # a hub that was restored numbers anew
            return
        self._page = page
        self._items = list(new_items(self._run.ws, page) or ())

    def _take(self, item: StoredFeedItem) -> None:
        """Take one item; the file of a pack is fetched first."""
        if not needs_file(self._run.ws, item):
            self._taken(item, None)
            return
        self._busy = True

        def broke(error: TidewaiterError) -> None:
            self._busy = False
            if not isinstance(error, NoLink | HubFailed):
                self._taken(item, error)

        def came(file: bytes) -> None:
            self._busy = False
            self._taken(item, file)

        self._run.start(lambda _: self._run.carrier.pack(offered_as(item)), came, broke)

    def _taken(self, item: StoredFeedItem, file: bytes | TidewaiterError | None) -> None:
        ws = self._run.ws
        self._note(lambda done: take(ws, item, file, done))
        if self._before:
            self._before.pop(0)
        else:
            assert self._page is not None
            note_taken(ws, self._page, self._items.pop(0))

    def _note(self, deed: Callable[[FeedOutcome], None]) -> None:
        done = self._done
        deed(done)
        self._run.changed(done.changes)
        self._run.problems += done.problems
        done.changes, done.problems = Changes(), []

    def _failed(self, error: TidewaiterError) -> None:
        """Tried again after a cut; a feed that cannot be had does not stop records and photos."""
        self._busy = False
        if not isinstance(error, NoLink | HubFailed):
            self._run.problems.append(error)
            self._finished = True
