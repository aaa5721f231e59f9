"""Takes the hub's feed, page by page, over any way: packs are adopted, values kept.

What this program cannot read or does not know is kept and said; it never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from acts.hub.take_feed_item import TRIED_AGAIN, keep, note_cursor, take_pack, take_setting
from domain.changes import Changes, joined
from domain.encoding import from_json, to_json
from domain.errors import TidewaiterError
from domain.given_keys import OPERATION_KEY
from domain.given_settings import SETTING
from domain.ids import PackHash
from domain.interception.record import PackRef
from storage import feed_items, hub_memory
from storage.feed_items import FeedState, StoredFeedItem
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from sync.errors import HubFailed, NoLink
from sync.wire.enrolment import OfferedPack
from sync.wire.feed import BULLETIN, PACK, WITHDRAWN, FeedItem, FeedPage
from sync.wire.manifest import FeedCursor

PackOf = Callable[[StoredFeedItem], bytes]
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
    doubted: dict[tuple[str, str], TidewaiterError] = field(default_factory=dict)
    """Packs, by name and version, whose signer is not trusted; the key may come after them."""
    problems: list[TidewaiterError] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)


def cursor(ws: Workstation) -> FeedCursor:
    """How far this workstation has taken the feed."""
    found = hub_memory.remembered(ws.db, HubFact.FEED)
    return from_json(found, FeedCursor) if found else FeedCursor("", 0)


def new_items(ws: Workstation, page: FeedPage) -> tuple[FeedItem, ...] | None:
    """The items of the page that are new here; None when items before the page are missing."""
    known = cursor(ws)
    before = known.after if known.epoch == page.epoch else 0
    if page.after > before:
        return None
    return tuple(item for item in page.items if item.number > before)


def note_taken(ws: Workstation, page: FeedPage, item: FeedItem) -> None:
    """The item of the page was taken."""
    note_cursor(ws, to_json(FeedCursor(page.epoch, item.number)))


def finish_page(ws: Workstation, page: FeedPage) -> None:
    """All items of the page were taken."""
    known = cursor(ws)
    if known.epoch != page.epoch or known.after < page.until:
        note_cursor(ws, to_json(FeedCursor(page.epoch, page.until)))


def stored(ws: Workstation, item: FeedItem) -> StoredFeedItem:
    """The item as it is kept here, before it is taken."""
    state = {PACK: FeedState.MISSING, WITHDRAWN: FeedState.WITHDRAWN}.get(item.kind)
    if item.kind in (BULLETIN, SETTING, OPERATION_KEY):
        state = FeedState.REFUSED if item.value is None else FeedState.KEPT
    return StoredFeedItem(
        kind=item.kind,
        name=item.name,
        version=item.version,
        sha256=item.sha256,
        at=item.at,
        came_at=ws.now(),
        state=state or FeedState.UNKNOWN,
        body=item.value,
        given=item.pack,
    )


def offered_as(item: StoredFeedItem) -> OfferedPack:
    """The pack of an item, as the list of packs names it."""
    return OfferedPack(id=item.name, version=item.version, sha256=PackHash(item.sha256.raw))


def needs_file(ws: Workstation, item: StoredFeedItem) -> bool:
    """Whether the item is a pack that is not here yet."""
    if item.kind != PACK:
        return False
    held = ws.checklist(PackRef(id=item.name, version=item.version))
    return held is None or held.sha256.raw != item.sha256.raw


def take(
    ws: Workstation, item: StoredFeedItem, file: bytes | TidewaiterError | None, done: FeedOutcome
) -> None:
    """Take one item. `file` is that of a pack, or why it could not be had."""
    if item.kind != PACK:
        _take_value(ws, item, done)
        return
    if not needs_file(ws, item):
        keep(ws, msgspec.structs.replace(item, state=FeedState.ADOPTED, body=None))
        return
    if not isinstance(file, bytes):
        keep(ws, item)
        done.problems += [file] if file is not None else []
        return
    taken = take_pack(ws, msgspec.structs.replace(item, body=file))
    done.changes = joined((done.changes, taken.changes))
    if taken.state is not FeedState.ELSEWHERE:
        done.items.append(msgspec.structs.replace(item, state=taken.state))
    if taken.state is FeedState.UNTRUSTED and taken.problem is not None:
        done.doubted[item.name, item.version] = taken.problem
    elif taken.problem is not None:
        done.problems.append(taken.problem)


def _take_value(ws: Workstation, item: StoredFeedItem, done: FeedOutcome) -> None:
    done.items.append(item)
    if item.kind != SETTING:
        keep(ws, item)
        if item.kind == OPERATION_KEY:
            try_again(ws, done)
        if item.kind == WITHDRAWN:
            done.changes = joined((done.changes, Changes(packs=True)))
        return
    changes, problem = take_setting(ws, item)
    done.changes = joined((done.changes, changes))
    done.problems += [problem] if problem is not None else []


def unfinished(ws: Workstation) -> tuple[StoredFeedItem, ...]:
    """Packs whose file is missing."""
    return feed_items.in_state(ws.db, (FeedState.MISSING,))


def try_again(ws: Workstation, done: FeedOutcome) -> None:
    """Adopt packs that an older program could not read, or whose signer was not trusted, if this
    can be done now.
    """
    for item in feed_items.in_state(ws.db, TRIED_AGAIN):
        taken = take_pack(ws, item)
        if taken.problem is None:
            done.items.append(msgspec.structs.replace(item, state=taken.state, body=None))
            done.changes = joined((done.changes, taken.changes))


def tell_untrusted(ws: Workstation, done: FeedOutcome) -> None:
    """At the end: packs whose signer is still not trusted are problems."""
    waiting = feed_items.in_state(ws.db, (FeedState.UNTRUSTED,)) if done.doubted else ()
    left = {(item.name, item.version) for item in waiting}
    done.problems += [why for name, why in done.doubted.items() if name in left]
    done.items = [item for item in done.items if item.state is not FeedState.UNTRUSTED]
    done.doubted.clear()


def take_page(ws: Workstation, page: FeedPage, pack_of: PackOf, done: FeedOutcome) -> bool:
    """Take the new items of a page; False when items before it are missing here.

    A pack whose file cannot be had is a problem of `done`, and is asked for again later.
    """
    items = new_items(ws, page)
    if items is None:
        return False
    for item in items:
        take_with_file(ws, stored(ws, item), pack_of, done)
        note_taken(ws, page, item)
    finish_page(ws, page)
    return True


def take_with_file(
    ws: Workstation, item: StoredFeedItem, pack_of: PackOf, done: FeedOutcome
) -> None:
    """Take one item, with the file of a pack. Raises only errors of the link."""
    file: bytes | TidewaiterError | None = None
    if needs_file(ws, item):
        try:
            file = pack_of(item)
        except (NoLink, HubFailed):
            raise
        except TidewaiterError as error:
            file = error
    take(ws, item, file, done)


def take_feed(ws: Workstation, source: FeedSource) -> FeedOutcome:
    """Ask for pages until there is no later one, and take them.

    Raises the errors of the source; what was taken before stays taken, and the next call goes on
    after it.
    """
    done = FeedOutcome()

    def pack_of(item: StoredFeedItem) -> bytes:
        return source.pack(offered_as(item))

    try_again(ws, done)
    for item in unfinished(ws):
        take_with_file(ws, item, pack_of, done)
    while True:
        known = cursor(ws)
        page = source.feed(known.after)
        if page.epoch != known.epoch and page.after:
            # a hub that was restored numbers anew
            page = source.feed(0)
        take_page(ws, page, pack_of, done)
        if page.until >= page.last:
            tell_untrusted(ws, done)
            return done
