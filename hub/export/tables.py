"""The rows of the tables of an export."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from domain.encoding import to_json
from domain.entry import Entry
from domain.fields import items_of
from domain.instant import Instant
from domain.interception.base import Block
from domain.kinds import (
    InterceptionCancelled,
    InterceptionFinalised,
    InterceptionReviewed,
    read_body,
)
from hub.export.columns import GOODS_LINE, INTERCEPTION, LABEL, PHOTO, ExportedColumn, written
from hub.export.records import ExportedInterception
from hub.packs import Library

Cells = tuple[str, ...]
JOIN = "; "
"""Between several values in one cell."""
EMPTY = (None, "", ())
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are signs in full width, which a spreadsheet in East Asia reads like the others."""
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula."""
    if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def rows_of(
    found: ExportedInterception, library: Library, language: str, files: Mapping[str, str]
) -> Iterator[tuple[str, Cells]]:
    """The rows of one interception, each with the name of its table.

    `files` are the exported files of photos by their hash.
    """
    about = (found.listed.number, found.listed.record, found.listed.device)
    for arrival, entry in found.journal:
        yield "journal", (*about, *_entry(arrival, entry, found))
    case = found.case
    if case is None:
        yield "interceptions", (*about, *_head(found), *("" for _ in INTERCEPTION))
        return
    in_force = case.interception
    pack = (in_force.pack.id, in_force.pack.version)

    def cells(block: Block, table: _Columns) -> Iterator[str]:
        for column, value in zip(table.columns, table.values(block), strict=True):
            empty = not value and value in EMPTY
            yield "" if empty else _cell(value, column, pack, library, language)

    yield "interceptions", (*about, *_head(found), *cells(in_force, _INTERCEPTION))
    for number, line in enumerate(in_force.goods, start=1):
        added = to_json(line.added).decode() if line.added else ""
        yield "goods", (*about, str(number), *cells(line, _GOODS_LINE), added)
    for number, photo in enumerate(in_force.photos, start=1):
        name = str(photo.sha256 or "")
        held = "true" if photo.sha256 in found.held else "false"
        yield (
            "photos",
            (*about, str(number), *cells(photo, _PHOTO), held, files.get(name, "")),
        )


def _head(found: ExportedInterception) -> Iterator[str]:
    """The cells of `HEAD` after those that every table has."""
    listed, case = found.listed, found.case
    yield listed.case_id
    yield found.first
    yield listed.status
    yield str(listed.revision)
    yield str(case.current.entry) if case else ""
    yield str(case.current.at) if case else ""
    yield case.current.actor if case else ""
    yield utc(listed.arrived_at)
    yield utc(listed.changed_at)
    cancels = [e for _, e in found.journal if isinstance(read_body(e), InterceptionCancelled)]
    yield str(cancels[-1].head.at) if cancels else ""
    yield cancels[-1].head.actor if cancels else ""
    yield case.cancelled.reason if case and case.cancelled else ""


def _entry(arrival: int, entry: Entry, found: ExportedInterception) -> Iterator[str]:
    """The cells of `JOURNAL` after those that every table has."""
    head, body = entry.head, read_body(entry)
    yield str(head.seq)
    yield str(entry.hash)
    yield str(head.prev) if head.seq > 1 else ""
    yield head.kind
    yield str(head.at)
    yield str(head.clock)
    yield head.actor
    yield str(arrival)
    yield str(body.revision) if isinstance(body, InterceptionFinalised) else ""
    yield getattr(body, "reason", "")
    yield body.comment if isinstance(body, (InterceptionFinalised, InterceptionReviewed)) else ""
    current = found.case.current.entry if found.case else None
    yield "true" if entry.hash == current else "false"


def utc(millis: int) -> str:
    """Milliseconds since 1970 as ISO 8601 in UTC."""
    return str(Instant(millis, 0))


class _Columns:
    """Columns of a table, with one look at a block for all their values: there are a hundred, and
    most are empty.
    """

    def __init__(self, columns: tuple[ExportedColumn, ...]) -> None:
        self.columns = columns
        self.values: Callable[[Block], tuple[object, ...]] = attrgetter(
            *(column.name.removesuffix(LABEL) for column in columns)
        )


_INTERCEPTION, _GOODS_LINE, _PHOTO = map(_Columns, (INTERCEPTION, GOODS_LINE, PHOTO))


def _cell(
    value: object, column: ExportedColumn, pack: tuple[str, str], library: Library, language: str
) -> str:
    if type(value) is str and not column.label:
        return value
    items = items_of(value)
    if any(isinstance(item, Block) for item in items):
        return to_json(value).decode()
    if column.label:
        list_name = "posts" if column.field.name == "post" else column.field.list_name
        return JOIN.join(library.label(pack, list_name, str(item), language) for item in items)
    return JOIN.join(written(item) for item in items)
