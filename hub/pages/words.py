"""Values in the words of the page: codes by the pack's labels, times with their zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

import msgspec

from domain.fields import Field, items_of, label_of, title_of, walk
from domain.figures import written
from domain.ids import Digest
from domain.instant import Instant
from domain.interception.base import Block, FieldKind
from domain.interception.record import Interception
from hub.packs import Library
from hub.summary import Summary, SummaryLine

SHOWN_APART = ("photos", "pack", "record_id")
ON_TOP = ("post", "officer", "case", "goods")
"""Fields that the page shows at a special position, like those that are shown separately."""


class Section(msgspec.Struct, frozen=True):
    """A block of fields under its title, each a label and its words."""

    title: str
    fields: tuple[tuple[str, str], ...]


def sections(found: Interception, library: Library) -> tuple[Section, ...]:
    """All fields of an interception that have a value, except those that the page shows
    separately.
    """
    pack = (found.pack.id, found.pack.version)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for path, field, value in walk(found, added=library.added(pack)):
        if path.split(".")[0] not in (*SHOWN_APART, *ON_TOP):
            words = in_words(value, field, pack, library)
            grouped.setdefault(title_in_words(path), []).append((field.heading(), words))
    return tuple(Section(title, tuple(fields)) for title, fields in grouped.items())


def title_in_words(path: str) -> str:
    """The title of the group of the field at `path`, with its number, like `Goods 2`."""
    title, number = title_of(path)
    return f"{title} {number}" if number else title


def in_words(value: object, field: Field, pack: tuple[str, str], library: Library) -> str:
    """A field's value; a list with commas, or with semicolons where its items have commas."""
    words = [_one(item, field, pack, library) for item in items_of(value)]
    return ("; " if any("," in word or len(word) > 40 for word in words) else ", ").join(words)


def _one(value: object, field: Field, pack: tuple[str, str], library: Library) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, Instant):
        return both_times(value)
    if field.kind is FieldKind.FIELD:
        return label_of(str(value)) or str(value)
    if isinstance(value, (date, Digest, Block)):
        return str(value)
    list_name = "posts" if field.name == "post" else field.list_name
    if list_name:
        return library.label(pack, list_name, str(value))
    return str(value)


KEPT = "\N{NO-BREAK SPACE}"


def both_times(at: Instant) -> str:
    """`2026-11-23 03:12 +01:00 · 02:12 UTC`: the post's time, then UTC, with its day when it
    differs.
    """
    try:
        here, utc = at.local, at.local.astimezone(UTC)
    except (OverflowError, ValueError):
        return f"{at.millis} ms"
    if not at.offset_minutes:
        return utc.strftime("%Y-%m-%d %H:%M UTC")
    day = "%Y-%m-%d " if here.date() != utc.date() else ""
    offset = here.strftime("%z")
    shown = f"{here:%Y-%m-%d %H:%M} {offset[:3]}:{offset[3:]}"
    return f"{shown}{KEPT}· {utc.strftime(day + '%H:%M')}{KEPT}UTC"


def utc_time(millis: int) -> str:
    """Milliseconds since 1970 as `2026-11-23 02:12:08 UTC`."""
    at = _utc(millis)
    return at.strftime("%Y-%m-%d %H:%M:%S UTC") if at else f"{millis} ms"


def utc_day(millis: int) -> str:
    """The day in UTC: `Monday 23 November 2026`."""
    at = _utc(millis)
    return f"{at:%A} {at.day} {at:%B %Y}" if at else ""


def _utc(millis: int) -> datetime | None:
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    except OverflowError:
        return None


class GoodsInWords(msgspec.Struct, frozen=True):
    """A line of goods in short: `Pregabalin`, the officer's words, `560 capsules`."""

    name: str
    words: str
    amount: str


def goods_in_words(summary: Summary, library: Library) -> Iterator[GoodsInWords]:
    """One for each of the first lines of goods."""
    pack = (summary.pack_id, summary.pack_version)
    for line in summary.goods:
        yield _goods(line, pack, library)


def _goods(line: SummaryLine, pack: tuple[str, str], library: Library) -> GoodsInWords:
    name = library.label(pack, "categories", line.category) if line.category else ""
    # show the officer's words for a catch-all, or a code that the pack has no words for
    words = line.words if name == line.category or line.other else ""
    amount = " ".join(filter(None, (line.quantity, _unit(line, pack, library))))
    return GoodsInWords(name or words or "goods not named", words if name else "", amount)


def _unit(line: SummaryLine, pack: tuple[str, str], library: Library) -> str:
    if not line.unit:
        return ""
    try:
        return library.unit_words(pack, line.unit, Decimal(line.quantity or "1"))
    except InvalidOperation:  # an extremely long number was cut
        return library.label(pack, "units", line.unit)
