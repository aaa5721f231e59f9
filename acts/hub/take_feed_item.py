"""Take one item of the hub's feed: adopt a pack, keep a value, keep what is not understood."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from acts.errors import SettingNotRead
from acts.session import Session
from acts.station.adopt_pack import adopt_pack
from domain.changes import Changes
from domain.errors import PackRefused, TidewaiterError
from domain.given_settings import read_given
from domain.ids import Digest
from domain.words import mark, one_line
from storage import feed_items, hub_memory
from storage.feed_items import FeedState, StoredFeedItem
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import transaction
from system.errors import Damaged

HUB = Session("hub")
"""The actor in the journal when a pack from the hub is adopted."""


def take_pack(ws: Workstation, item: StoredFeedItem) -> tuple[Changes, TidewaiterError | None]:
    """Adopt the pack in `item.body`, and note what became of it.

    One that this program refuses is kept for a newer one; the error says why.
    """
    data = item.body or b""
    changes, state = Changes(), FeedState.ADOPTED
    problem: TidewaiterError | None = None
    if Digest.of(data) != item.sha256:
        problem = _not_the_pack(item)
        state = FeedState.REFUSED
    else:
        try:
            changes = adopt_pack(ws, data, f"{item.name} {item.version}", HUB).changes
        except PackRefused as error:
            problem, state = error, FeedState.UNREADABLE
        except Damaged as error:
            problem, state = error, FeedState.REFUSED
    body = data if state is FeedState.UNREADABLE else None
    keep(ws, msgspec.structs.replace(item, state=state, body=body))
    return replace(changes, hub=True), problem


def _not_the_pack(item: StoredFeedItem) -> Damaged:
    return Damaged(
        mark("the received pack is not the one that the hub offers"),
        about=f"{item.name} {item.version}",
        hint=mark("It was not adopted; tell the hub's administrator."),
    )


def take_setting(ws: Workstation, item: StoredFeedItem) -> tuple[Changes, TidewaiterError | None]:
    """Keep what headquarters gives for a setting; it counts from now on (`storage.in_force`).

    One that this program does not know or cannot read is kept for a newer one; the error says so.
    """
    keep(ws, item)
    problem = None
    if item.state is FeedState.KEPT and read_given(item.name, item.body) is None:
        problem = SettingNotRead(
            mark("headquarters gives a setting that this program does not know or cannot read"),
            about=one_line(item.name),
            hint=mark("It is kept; a newer program will use it."),
        )
    return Changes(settings=True), problem


def keep(ws: Workstation, item: StoredFeedItem) -> None:
    """Store the item."""
    with transaction(ws.db):
        feed_items.put(ws.db, item)


def note_cursor(ws: Workstation, cursor: bytes) -> None:
    """Note how far the feed was taken."""
    with transaction(ws.db):
        hub_memory.remember(ws.db, HubFact.FEED, cursor)
