"""Which fields of a card stand in one row, and how many columns each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gui.form.layout import COLUMNS, Ask

NARROW_COLUMNS = 8
"""Columns of a narrow card."""
SPARES = 7
"""Columns of a field that can do with one fewer."""
Rows = list[list[tuple[Ask, int]]]
"""The fields of each row, each with its columns."""


def rows_of(asks: Sequence[Ask], *, narrow: bool, least: Mapping[str, int]) -> Rows:
    """The fields row by row, each with its columns; an almost full row is widened to full width.

    `least` are the columns that the label of a field needs, by path. Where one column is missing
    for a field, the widest one of its row gives it.
    """
    rows: Rows = [[]]
    room = columns = NARROW_COLUMNS if narrow else COLUMNS
    for ask in asks:
        span = max(2, (ask.span + 1) // 2) if narrow else ask.span
        span = min(columns, max(span, least.get(ask.path, 0)))
        if span == room + 1 and _narrow_widest(rows[-1], least):
            room += 1
        if span > room:
            _fill(rows[-1], room, columns)
            rows.append([])
            room = columns
        rows[-1].append((ask, span))
        room -= span
    _fill(rows[-1], room, columns)
    return rows


def _narrow_widest(row: list[tuple[Ask, int]], least: Mapping[str, int]) -> bool:
    """Take a column from the widest field of a row; whether it has one to spare."""
    if not row:
        return False
    place = max(range(len(row)), key=lambda place: row[place][1])
    ask, span = row[place]
    if span < SPARES or span <= least.get(ask.path, 0):
        return False
    row[place] = (ask, span - 1)
    return True


def _fill(row: list[tuple[Ask, int]], room: int, columns: int) -> None:
    if row and room <= columns // 3:
        for spare in range(room):
            ask, span = row[-1 - spare % len(row)]
            row[-1 - spare % len(row)] = (ask, span + 1)
