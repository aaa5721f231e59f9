"""Takes the hub's feed, page by page, over any way: packs are adopted, values kept.

What this program cannot read or does not know is kept and said; it never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from acts.hub.take_feed_item import keep, note_cursor, take_pack
from domain.changes import Changes, joined
from domain.encoding import from_json, to_json
from domain.errors import TidewaiterError
from domain.ids import PackHash
from domain.interception.record import PackRef
from storage import feed_items, hub_memory
from storage.feed_items import FeedState, StoredFeedItem
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from sync.wire.enrolment import OfferedPack
from sync.wire.feed import BULLETIN, PACK, SETTING, WITHDRAWN, FeedItem, FeedPage
from sync.wire.manifest import FeedCursor

PackOf = Callable[[FeedItem], bytes]
"""The file of a pack. Raises the errors of the way on which it comes."""


class FeedSource(Protocol):
    """A way to the hub on which the feed comes."""

    def feed(self, after: int) -> FeedPage:
        """The page after item `after`."""

    def pack(self, offered: OfferedPack) -> bytes:
        """The file of a pack."""


@dataclass
class FeedOutcome:
    """What came down."""

    items: list[StoredFeedItem] = field(default_factory=list)
    problems: list[TidewaiterError] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def add(self, item: StoredFeedItem, changes: Changes, problem: TidewaiterError | None) -> None:
        """Add what became of one item."""
        self.items.append(item)
        self.changes = joined((self.changes, changes))
        if problem is not None:
            self.problems.append(problem)


def cursor(ws: Workstation) -> FeedCursor:
    """How far this workstation has taken the feed."""
    found = hub_memory.remembered(ws.db, HubFact.FEED)
    return from_json(found, FeedCursor) if found else FeedCursor("", 0)


def take_pages(
    ws: Workstation,
    page_after: Callable[[int], FeedPage],
    pack_of: PackOf,
    outcome: FeedOutcome | None = None,
) -> FeedOutcome:
    """Ask for pages until there is no later one, and take them.

    Raises the errors of `page_after` and `pack_of`; what was taken before stays taken, and the next
    call goes on after it.
    """
    done = outcome or FeedOutcome()
    try_again(ws, done)
    while True:
        known = cursor(ws)
        page = page_after(known.after)
        if page.epoch != known.epoch and page.after:
            # a hub that was restored numbers anew
            page = page_after(0)
        take_page(ws, page, pack_of, done)
        if not page.items or page.until >= page.last:
            return done


def take_feed(ws: Workstation, carrier: FeedSource) -> FeedOutcome:
    """Take what the hub offers over this carrier: its feed, or the packs of a hub that has none.

    Raises the errors of a `Carrier`.
    """

    def pack_of(item: FeedItem) -> bytes:
        offered = OfferedPack(id=item.name, version=item.version, sha256=PackHash(item.sha256.raw))
        return carrier.pack(offered)

    return take_pages(ws, carrier.feed, pack_of)


def take_page(ws: Workstation, page: FeedPage, pack_of: PackOf, done: FeedOutcome) -> bool:
    """Take the items of a page that are new here; False when items before it are missing here.

    Raises the errors of `pack_of`.
    """
    known = cursor(ws)
    before = known.after if known.epoch == page.epoch else 0
    if page.after > before:
        return False
    for item in page.items:
        if item.number > before:
            _take(ws, item, pack_of, done)
            note_cursor(ws, to_json(FeedCursor(page.epoch, item.number)))
    if page.until > max(before, page.items[-1].number if page.items else 0):
        note_cursor(ws, to_json(FeedCursor(page.epoch, page.until)))
    return True


def try_again(ws: Workstation, done: FeedOutcome) -> None:
    """Adopt packs that an older program could not read, if this one can."""
    for item in feed_items.in_state(ws.db, (FeedState.UNREADABLE,)):
        changes, problem = take_pack(ws, item)
        if problem is None:
            done.add(item, changes, None)


def _take(ws: Workstation, item: FeedItem, pack_of: PackOf, done: FeedOutcome) -> None:
    if item.kind == PACK:
        held = ws.checklist(PackRef(id=item.name, version=item.version))
        if held is not None and held.sha256.raw == item.sha256.raw:
            keep(ws, _stored(ws, item, FeedState.ADOPTED))
            return
        stored = _stored(ws, item, FeedState.ADOPTED, pack_of(item))
        done.add(stored, *take_pack(ws, stored))
        return
    state = {
        BULLETIN: FeedState.KEPT,
        SETTING: FeedState.KEPT,
        WITHDRAWN: FeedState.WITHDRAWN,
    }.get(item.kind, FeedState.UNKNOWN)
    if state is FeedState.KEPT and item.value is None:
        state = FeedState.REFUSED
    stored = _stored(ws, item, state, item.value)
    keep(ws, stored)
    done.add(stored, Changes(hub=True), None)


def _stored(
    ws: Workstation, item: FeedItem, state: FeedState, body: bytes | None = None
) -> StoredFeedItem:
    return StoredFeedItem(
        kind=item.kind,
        name=item.name,
        version=item.version,
        sha256=item.sha256,
        at=item.at,
        came_at=ws.now(),
        state=state,
        body=body,
    )
