"""What the hub gives out to its workstations: packs, and values that they keep."""

from __future__ import annotations

import hashlib

from domain.encoding import from_json
from domain.given_keys import OPERATION_KEY
from domain.ids import Digest, PackHash
from domain.instant import Instant
from domain.pack.read import read_pack
from domain.pack.signature import PackGiving, PackSignature
from domain.words import mark
from hub.errors import PublishingRefused
from hub.hub import Registry
from hub.receiver import Receiver
from hub.store.sql import feed, packs
from hub.store.sql.feed import FeedRow
from hub.wanted_packs import forget_shipped
from sync.wire.feed import (
    BODIES_AT_ONCE,
    BODY_LIMIT,
    BULLETIN,
    ITEMS_AT_ONCE,
    PACK,
    FeedItem,
    FeedPage,
    body_of,
    sign_feed,
)
from system.database import Connection
from system.shipped import shipped_packs

NAME_LIMIT = 200


def page(hub: Registry, after: int, receiver: Receiver | None = None) -> FeedPage:
    """The items after number `after`, as far as they fit into one page.

    A `receiver` gets the packs that are for it; without one, all that are given out are there.
    """
    items: list[FeedItem] = []
    room, begin = BODIES_AT_ONCE, after
    with hub.database.reading() as rows:
        last = feed.last(rows)
        while found := feed.after(rows, begin, ITEMS_AT_ONCE):
            for row in found:
                if _is_superseded(rows, row) or not _is_for(rows, row, receiver):
                    continue
                room -= len(row.body or b"")
                if items and (room < 0 or len(items) == ITEMS_AT_ONCE):
                    return _page(hub, after, last, items)
                items.append(_item(rows, row))
            begin = found[-1].number
    return _page(hub, after, last, items)


def _page(hub: Registry, after: int, last: int, items: list[FeedItem]) -> FeedPage:
    return FeedPage(
        hub=hub.identity.hub,
        epoch=hub.identity.epoch,
        after=after,
        last=last,
        items=tuple(items),
    )


def signed_page(hub: Registry, after: int, receiver: Receiver | None) -> bytes:
    """The page for a workstation, or for all, signed."""
    return sign_feed(page(hub, after, receiver), hub.identity.key, hub.identity.keys)


def signature_of(rows: Connection, row: FeedRow) -> PackSignature | None:
    """The signature of a pack that was published; None when it has none."""
    held = packs.signature(rows, row.name, row.version)
    return from_json(bytes(held[0]), PackSignature) if held and held[0] is not None else None


def _is_superseded(rows: Connection, row: FeedRow) -> bool:
    """Whether a later item says which key of the operation counts: packs are judged by that one."""
    if row.kind != OPERATION_KEY:
        return False
    return feed.of_name(rows, OPERATION_KEY, row.name)[0].number != row.number


def _is_for(rows: Connection, row: FeedRow, receiver: Receiver | None) -> bool:
    if row.kind != PACK or receiver is None:
        return not row.withdrawn
    named = not row.withdrawn and receiver.is_named_by(row.name, row.version)
    return named or receiver.has_records_of(rows, row.name, row.version)


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
        forget_shipped(rows)


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


def _item(rows: Connection, row: FeedRow) -> FeedItem:
    return FeedItem(
        number=row.number,
        kind=row.kind,
        name=row.name,
        version=row.version,
        sha256=Digest(row.sha256),
        at=Instant(row.at),
        body=body_of(row.body) if row.body is not None else None,
        pack=_giving(rows, row) if row.kind == PACK else None,
    )


def _giving(rows: Connection, row: FeedRow) -> PackGiving:
    signature = signature_of(rows, row)
    if signature is not None:
        return PackGiving(signature=signature)
    shipped = packs.signature(rows, row.name, row.version) is None
    return PackGiving(shipped=shipped, unsigned=not shipped)
