"""What the hub gives out to its workstations: packs, and values that they keep."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from domain.ids import Digest, PackHash
from domain.instant import Instant
from domain.pack.check import checked_pack
from domain.pack.finding import PackFinding
from domain.pack.read import read_pack
from domain.words import mark
from hub.errors import NotHere, PublishingRefused
from hub.hub import Registry
from hub.store.sql import feed, packs
from hub.store.sql.feed import FeedRow
from sync.wire.feed import (
    BODIES_AT_ONCE,
    BODY_LIMIT,
    BULLETIN,
    ITEMS_AT_ONCE,
    PACK,
    WITHDRAWN,
    FeedItem,
    FeedPage,
    body_of,
    sign_feed,
)
from system.shipped import program_lists, shipped_packs

NAME_LIMIT = 200


def page(hub: Registry, after: int) -> FeedPage:
    """The items after number `after`, as far as they fit into one page."""
    with hub.database.reading() as rows:
        found = feed.after(rows, after, ITEMS_AT_ONCE)
        last = feed.last(rows)
    items: list[FeedItem] = []
    room = BODIES_AT_ONCE
    for row in found:
        room -= len(row.body or b"")
        if items and room < 0:
            break
        items.append(_item(row))
    return FeedPage(
        hub=hub.identity.hub,
        epoch=hub.identity.epoch,
        after=after,
        last=last,
        items=tuple(items),
    )


def signed_page(hub: Registry, after: int) -> bytes:
    """The page, signed."""
    return sign_feed(page(hub, after), hub.identity.key, hub.identity.keys)


def offer_shipped(hub: Registry) -> None:
    """Add the packs that ship with this program to the feed, once."""
    now = hub.now().millis
    with hub.database.writing(("feed",)) as rows:
        for name, data in shipped_packs().items():
            pack = read_pack(data, name)
            feed.add(
                rows,
                kind=PACK,
                name=pack.id,
                version=pack.version,
                sha256=PackHash.of(data).raw,
                at=now,
            )


class PublishedPack(NamedTuple):
    """A pack that is given out: whether it is new, and the remarks on it."""

    id: str
    version: str
    new: bool
    remarks: tuple[PackFinding, ...]


def publish_pack(hub: Registry, data: bytes, file: str) -> PublishedPack:
    """Give out a pack, after the check that workstations make when they adopt it.

    Raises `PackRefused` with all its faults, and `PublishingRefused` when other bytes were
    published under its id and version, or it was withdrawn.
    """
    pack, remarks = checked_pack(data, file, program_lists(), hub.now().local_date)
    found = PackHash.of(data).raw
    with hub.database.writing(("feed",)) as rows:
        before = feed.find(rows, PACK, pack.id, pack.version)
        if before is not None and (before.sha256 != found or before.withdrawn):
            raise PublishingRefused(
                mark("this version was withdrawn")
                if before.withdrawn
                else mark("another pack was published with this id and version"),
                about=f"{pack.id} {pack.version}",
                hint=mark("Give the pack a new version."),
            )
        packs.put(rows, pack.id, pack.version, found, data)
        new = feed.add(
            rows,
            kind=PACK,
            name=pack.id,
            version=pack.version,
            sha256=found,
            at=hub.now().millis,
        )
    return PublishedPack(pack.id, pack.version, new, remarks)


def withdraw_pack(hub: Registry, name: str, version: str) -> bool:
    """Give the pack out no longer, and tell the workstations; False when that was done before.

    Records that were made with it stay readable. Raises `NotHere`.
    """
    with hub.database.writing(("feed",)) as rows:
        row = feed.find(rows, PACK, name, version)
        if row is None:
            raise NotHere(
                mark("the hub has no such pack"),
                about=f"{name} {version}"[:NAME_LIMIT],
                hint=mark("main.py hub pack list shows what it has."),
            )
        feed.withdraw(rows, name, version)
        return feed.add(
            rows,
            kind=WITHDRAWN,
            name=name,
            version=version,
            sha256=row.sha256,
            at=hub.now().millis,
        )


def publish_bulletin(hub: Registry, data: bytes, name: str, version: str) -> bool:
    """Give out a value that workstations keep and list; False when it was published before.

    Raises `PublishingRefused` when it is too large, has no name, or another one has its name and
    version.
    """
    if len(data) > BODY_LIMIT or not data:
        raise PublishingRefused(
            mark("a bulletin has 1 to {limit} bytes"), about=name[:NAME_LIMIT], limit=BODY_LIMIT
        )
    if not (name.isprintable() and version.isprintable() and 0 < len(name) <= NAME_LIMIT):
        raise PublishingRefused(mark("a bulletin has a name of one line"), about=name[:NAME_LIMIT])
    found = hashlib.sha256(data).digest()
    with hub.database.writing(("feed",)) as rows:
        before = feed.find(rows, BULLETIN, name, version)
        if before is not None and before.sha256 != found:
            raise PublishingRefused(
                mark("another bulletin was published with this name and version"),
                about=f"{name} {version}"[:NAME_LIMIT],
                hint=mark("Give it a new version."),
            )
        return feed.add(
            rows,
            kind=BULLETIN,
            name=name,
            version=version,
            sha256=found,
            at=hub.now().millis,
            body=data,
        )


def published(hub: Registry) -> tuple[FeedRow, ...]:
    """Everything that was ever published, in its order."""
    with hub.database.reading() as rows:
        return feed.everything(rows)


def _item(row: FeedRow) -> FeedItem:
    return FeedItem(
        number=row.number,
        kind=row.kind,
        name=row.name,
        version=row.version,
        sha256=Digest(row.sha256),
        at=Instant(row.at),
        body=body_of(row.body) if row.body is not None else None,
    )
