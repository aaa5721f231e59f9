"""Values in the words of the page: codes by the pack's labels, times with their zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from domain.ids import Digest
from domain.instant import Instant
from domain.interception.base import Block
from domain.interception.fields import Field, walk
from domain.interception.record import Interception
from hub.packs import Library
from hub.summary import Line, Summary, in_digits

CAPITALS = {
    "hs": "HS", "awb": "AWB", "imo": "IMO", "mrn": "MRN", "inn": "INN", "gtin": "GTIN",
    "cas": "CAS", "cn": "CN", "unlocode": "UN/LOCODE", "kg": "(kg)", "pct": "(%)", "mm": "(mm)",
    "no": "number", "id": "id", "ref": "reference", "who": "WHO",
}  # fmt: skip
TITLES = {
    "occasion": "When and where", "detection": "Detection", "consignment": "Consignment",
    "conveyance": "Conveyance", "route": "Route", "goods": "Goods", "persons": "Persons",
    "legal": "Legal act", "": "Record",
}  # fmt: skip


SHOWN_APART = ("photos", "pack", "record_id")


class Section(msgspec.Struct, frozen=True):
    """A block of fields under its title, each a label and its words."""

    title: str
    fields: tuple[tuple[str, str], ...]


def sections(found: Interception, library: Library) -> tuple[Section, ...]:
    """All fields of an interception that are not empty, but for what the page shows apart."""
    pack = (found.pack.id, found.pack.version)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for path, field, value in walk(found):
        head, *rest = path.split(".")
        if head in SHOWN_APART:
            continue
        title, label = _place(head, rest)
        grouped.setdefault(title, []).append((label, in_words(value, field, pack, library)))
    return tuple(Section(title, tuple(fields)) for title, fields in grouped.items())


def _place(head: str, rest: list[str]) -> tuple[str, str]:
    if not rest:
        return TITLES[""], humanised(head)
    title = TITLES.get(head, humanised(head))
    if rest[0].isdigit():
        title, rest = f"{title}, line {int(rest[0]) + 1}", rest[1:]
    return title, humanised(" ".join(part for part in rest if not part.isdigit()) or head)


def humanised(name: str) -> str:
    """A field's name as words: `hs_code` is HS code."""
    words = [CAPITALS.get(word, word) for word in name.replace("_", " ").split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def in_words(value: Any, field: Field, pack: tuple[str, str], library: Library) -> str:
    """A field's value; a list with commas."""
    items = value if isinstance(value, tuple) else (value,)
    return ", ".join(_one(item, field, pack, library) for item in items)


def _one(value: Any, field: Field, pack: tuple[str, str], library: Library) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return in_digits(value)
    if isinstance(value, Instant):
        return local_time(value)
    if isinstance(value, (date, Digest, Block)):
        return str(value)
    list_name = "posts" if field.name == "post" else field.list_name
    if list_name:
        return library.label(pack, list_name, str(value))
    return str(value)


def local_time(at: Instant) -> str:
    """An instant on the clock of the place where it was said, with its offset."""
    try:
        return at.local.strftime("%Y-%m-%d %H:%M %z")
    except (OverflowError, ValueError):
        return f"{at.millis} ms"


def utc_time(millis: int) -> str:
    """Milliseconds since 1970 as `2026-11-23 02:12:08 UTC`."""
    try:
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=millis)
    except OverflowError:
        return f"{millis} ms"
    return at.strftime("%Y-%m-%d %H:%M:%S UTC")


def goods_in_words(summary: Summary, library: Library) -> Iterator[str]:
    """`560 capsules Pregabalin`, one for each of the first lines of goods."""
    pack = (summary.pack_id, summary.pack_version)
    for line in summary.goods:
        yield _goods(line, pack, library)


def _goods(line: Line, pack: tuple[str, str], library: Library) -> str:
    name = library.label(pack, "categories", line.category) if line.category else ""
    # a code without words of the pack, or a catch-all, says little: the officer's words say more
    words = line.words if name == line.category or line.other else ""
    amount = " ".join(filter(None, (line.quantity, _unit(line, pack, library))))
    return " · ".join(filter(None, (name, words, amount))) or "goods not named"


def _unit(line: Line, pack: tuple[str, str], library: Library) -> str:
    if not line.unit:
        return ""
    try:
        return library.unit_words(pack, line.unit, Decimal(line.quantity or "1"))
    except InvalidOperation:  # a number of absurd length was cut
        return library.label(pack, "units", line.unit)
