"""Take one item of the hub's feed: adopt a pack, keep a value, keep what is not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import msgspec

from acts.errors import InputRefused, SettingNotRead
from acts.session import Session
from acts.station.adopt_pack import adopt_pack
from domain.changes import Changes
from domain.errors import PackRefused, PackUntrusted, TidewaiterError
from domain.given_settings import read_given
from domain.ids import Digest
from domain.interception.record import PackRef
from domain.pack.read import read_pack
from domain.pack.signature import PackGiving
from domain.words import mark, one_line
from storage import feed_items, hub_memory, packs
from storage.feed_items import FeedState, StoredFeedItem
from storage.hub_memory import HubFact
from storage.packs import PackOrigin
from storage.workstation import Workstation
from system.database import transaction
from system.errors import Damaged

TRIED_AGAIN = (FeedState.UNREADABLE, FeedState.UNTRUSTED)
"""Packs that a newer program can read, or that a key can be trusted for later."""
HUB = Session("hub")
"""The actor in the journal when a pack from the hub is adopted."""


class TakenPack(NamedTuple):
    """What became of a pack from the hub, and why when it was not adopted."""

    changes: Changes
    state: FeedState
    problem: TidewaiterError | None = None


def take_pack(ws: Workstation, item: StoredFeedItem) -> TakenPack:
    """Adopt the pack in `item.body`, and note what became of it.

    One that this program refuses is kept for a newer one, and one that nobody who is trusted here
    signed until the key comes; the error says why.
    """
    data = item.body or b""
    changes, state = Changes(), FeedState.ADOPTED
    problem: TidewaiterError | None = None
    if Digest.of(data) != item.sha256:
        problem = _not_the_pack(item)
        state = FeedState.REFUSED
    else:
        try:
            if _is_for_others(ws, data, item):
                state = FeedState.ELSEWHERE
            else:
                changes = _adopt(ws, data, item)
        except PackRefused as error:
            problem, state = error, FeedState.UNREADABLE
        except PackUntrusted as error:
            problem, state = error, FeedState.UNTRUSTED
        except (InputRefused, Damaged) as error:
            problem, state = error, FeedState.REFUSED
    body = data if state in TRIED_AGAIN else None
    keep(ws, msgspec.structs.replace(item, state=state, body=body))
    return TakenPack(replace(changes, hub=True), state, problem)


def _is_for_others(ws: Workstation, data: bytes, item: StoredFeedItem) -> bool:
    """Whether the pack names other posts only, and nothing here was made with it: a stick brings
    the packs of all posts, and so does an older hub.
    """
    pack, station = read_pack(data, item.name), ws.station
    own = (station.country, station.post)
    named = own in {(post.country, post.code) for post in pack.posts}
    return not named and not packs.is_in_use(ws.db, PackRef(id=pack.id, version=pack.version))


def _adopt(ws: Workstation, pack: bytes, item: StoredFeedItem) -> Changes:
    given = item.given or PackGiving()
    accept = PackOrigin.UNSIGNED if given.unsigned else None
    accept = PackOrigin.SHIPPED if given.shipped else accept
    name = f"{item.name} {item.version}"
    adoption = adopt_pack(
        ws, pack, name, HUB, signature=given.signature, accept=accept, from_hub=True
    )
    return adoption.changes


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
