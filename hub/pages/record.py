"""An interception in short: a row of the list, and the head of its own page."""

from __future__ import annotations

import msgspec

from domain.fields import label_of
from domain.fold import Status
from domain.ids import PhotoHash
from domain.instant import Instant
from hub.hub import Hub
from hub.numbers import NumberKind
from hub.packs import Library
from hub.pages.words import GoodsInWords, both_times, goods_in_words, utc_day
from hub.store.sql import interceptions, numbers
from hub.store.sql.interceptions import ListedInterception
from hub.store.sql.numbers import Clash
from hub.store.sql.scope import Scope
from system.database import Connection

THUMBNAILS = 4
CLASHES_LIMIT = 20
CLASHES = {
    NumberKind.SEIZURE: ("bad", "number given twice", "Seizure number"),
    NumberKind.BAG: ("bad", "bag number used twice", label_of("goods.bag_no")),
    NumberKind.ITEM: ("warn", "postal item seen before", label_of("consignment.postal_item_id")),
}
"""The tone, the words in the list, and the words on the page of the record."""
STATUS: dict[str, tuple[str, str]] = {
    Status.FINAL: ("ok", "Final"),
    Status.APPROVED: ("ok", "Approved"),
    Status.RETURNED: ("warn", "Returned"),
    Status.AMENDED: ("accent", "Amended"),
    Status.CANCELLED: ("bad", "Cancelled"),
}
"""Tone and words of each status of `domain.fold`."""


class Thumbnail(msgspec.Struct, frozen=True):
    """A small photo; `why` is the reason that it cannot be shown, empty when it can."""

    hash: PhotoHash
    why: str
    sent: bool = False
    """Whether only a preview is here, sent by the workstation."""


class RecordInShort(msgspec.Struct, frozen=True, kw_only=True):
    """One interception in words; empty text means that the value is unknown."""

    record: str
    number: str
    case_id: str
    of_case: int
    """How many interceptions of its case are here, itself included."""
    tone: str
    status: str
    revision: int
    goods: tuple[GoodsInWords, ...]
    more: int
    """Number of lines of goods that are not in `goods`."""
    route: tuple[str, str]
    """Where the goods come from and go to."""
    mode: str
    post: str
    action: str
    seized: str
    device: str
    day: str
    """The day on which it arrived, in UTC."""
    arrived: str
    changed: str
    thumbnails: tuple[Thumbnail, ...]
    photos: int
    held: int
    """Number of photos that have arrived, out of `photos` in the record."""
    warnings: tuple[tuple[str, str], ...]
    """Tone and words."""
    clashes: tuple[tuple[str, Clash], ...]
    """Kind of number, and the other record that has the same number."""


def record_in_short(
    hub: Hub, rows: Connection, listed: ListedInterception, library: Library, scope: Scope
) -> RecordInShort:
    """The interception as the list shows it to those who see the scope."""
    photos = interceptions.photos_of(rows, listed.record)
    clashes = numbers.clashes(rows, listed.record, CLASHES_LIMIT, scope)
    held = sum(photo.held for photo in photos)
    shown = [photo for photo in photos if photo.held or photo.preview]
    summary = listed.summary
    pack = (summary.pack_id, summary.pack_version)
    tone, status = STATUS.get(listed.status, ("warn", listed.status))

    def at(millis: int | None) -> str:
        return "" if millis is None else both_times(Instant(millis, summary.offset_minutes))

    def country(code: str) -> str:
        return library.label(pack, "countries", code)

    return RecordInShort(
        record=listed.record,
        number=listed.number or listed.record[:13],
        case_id=listed.case_id,
        of_case=interceptions.count_of_case(rows, listed.case_id, scope),
        tone=tone,
        status=status,
        revision=listed.revision,
        goods=tuple(goods_in_words(summary, library)),
        more=max(0, summary.lines - len(summary.goods)),
        route=(country(summary.route_from), country(summary.route_to)),
        mode=library.label(pack, "modes", summary.mode),
        post=library.label(pack, "posts", summary.post),
        action=library.label(pack, "actions", summary.action),
        seized=at(summary.seized_at),
        device=listed.device,
        day=utc_day(listed.arrived_at),
        arrived=at(listed.arrived_at),
        changed=at(listed.changed_at),
        thumbnails=tuple(
            Thumbnail(photo.hash, hub.pictures.why_not(photo.hash), photo.preview)
            for photo in shown[:THUMBNAILS]
        ),
        photos=len(photos),
        held=held,
        warnings=tuple(CLASHES[kind][:2] for kind in dict.fromkeys(c.kind for c in clashes)),
        clashes=tuple((CLASHES[clash.kind][2], clash) for clash in clashes),
    )
