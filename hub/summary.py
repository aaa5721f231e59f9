"""What the list shows of an interception: taken from its folded state, stored as JSON."""

from __future__ import annotations

import msgspec

from domain.figures import written
from domain.fold import Case
from domain.ids import PhotoHash
from domain.interception.goods import GoodsLine

TEXT_LIMIT = 200
LINES_LIMIT = 3


class SummaryLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of goods: codes of the pack, and the officer's words."""

    category: str = ""
    words: str = ""
    other: bool = False
    """Whether the category is a catch-all; then `words` are the officer's words for the goods."""
    quantity: str = ""
    unit: str = ""


class Summary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An interception in one row. Codes are those of the pack `pack_id` in `pack_version`."""

    pack_id: str = ""
    pack_version: str = ""
    case: str = ""
    """The record id of the first interception of the find; empty in that one itself."""
    post: str = ""
    mode: str = ""
    route_from: str = ""
    route_to: str = ""
    action: str = ""
    seized_at: int | None = None
    """Milliseconds since 1970, UTC."""
    offset_minutes: int = 0
    """Offset of the post's clock from UTC."""
    goods: tuple[SummaryLine, ...] = ()
    lines: int = 0


def summarise(case: Case) -> Summary:
    """The summary of a case."""
    found = case.interception
    seized = found.occasion.seized_at or found.occasion.detected_at
    return Summary(
        pack_id=short(found.pack.id),
        pack_version=short(found.pack.version),
        case=str(found.case or ""),
        post=short(found.post),
        mode=short(found.consignment.mode),
        route_from=short(found.route.dispatch_country or found.route.origin_country),
        route_to=short(found.route.destination_country),
        action=short(found.legal.action),
        seized_at=seized.millis if seized else None,
        offset_minutes=(seized or case.current.at).offset_minutes,
        goods=tuple(_line(line) for line in found.goods[:LINES_LIMIT]),
        lines=len(found.goods),
    )


def photos_of(case: Case) -> tuple[PhotoHash, ...]:
    """The photos of the present revision, each once, in their order."""
    hashes = (photo.sha256 for photo in case.interception.photos)
    return tuple(dict.fromkeys(h for h in hashes if h is not None))


def short(text: str | None) -> str:
    """The text, shortened for a row of the list."""
    return (text or "").replace("\x00", "\ufffd")[:TEXT_LIMIT]


def _line(line: GoodsLine) -> SummaryLine:
    return SummaryLine(
        category=short(line.category),
        words=short(line.category_other or line.description or line.brand),
        other=bool(line.category_other),
        quantity="" if line.counted is None else written(line.counted),
        unit=short(line.unit),
    )
