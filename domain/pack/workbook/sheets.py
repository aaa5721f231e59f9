"""Which sheet of a workbook is which of a pack, and what a pack cannot be read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.pack.finding import near_to
from domain.pack.workbook.cells import WorkbookSheet, number_of
from domain.pack.workbook.notes import SheetAt, SheetNotes, Spot
from domain.pack.workbook.plan import ABOUT, sheets_of_a_pack
from domain.words import mark

SHEET_IS_MISSING = mark("the sheet is missing")
NO_SUCH_SHEET = mark("a pack has no sheet '{name}'; perhaps '{near}'")
PASSED_OVER = mark("is no sheet of a pack, and is not read")
SHEET_TWICE = mark("is the sheet '{name}' a second time")
MERGED = mark("the cells {range} are merged; separate them")
HIDDEN = mark("the sheet is hidden; it is read all the same")
HIDDEN_ROW = mark("the row is hidden; it is read all the same")
HIDDEN_COLUMN = mark("the column is hidden; it is read all the same")


def sheets_by_plan(sheets: Sequence[WorkbookSheet], notes: SheetNotes) -> dict[str, SheetAt]:
    """The sheets that a pack has, each with its number in the workbook."""
    found: dict[str, SheetAt] = {}
    plans = {plan.name: plan for plan in sheets_of_a_pack()}
    meant: set[str] = set()
    names = [_plain(sheet.name) for sheet in sheets]
    for rank, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        at = SheetAt(rank, sheet)
        if name == ABOUT:
            continue
        if name in found:
            notes.fault(at.spot(), SHEET_TWICE, name=name)
        elif name in plans:
            found[name] = at
            _odd(at, notes)
        elif near := near_to(name, [each for each in plans if each not in names]):
            notes.fault(at.spot(), NO_SUCH_SHEET, name=sheet.name, near=near)
            meant.add(near)
        elif sheet.cells:
            notes.remark(at.spot(), PASSED_OVER)
    for plan in plans.values():
        if plan.needed and plan.name not in {*found, *meant}:
            notes.fault(Spot(len(sheets), plan.name), SHEET_IS_MISSING)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _odd(at: SheetAt, notes: SheetNotes) -> None:
    for cells in at.sheet.merged:
        first = cells.partition(":")[0]
        row, column = int(re.sub(r"\D", "", first) or 1), number_of(re.sub(r"\d", "", first))
        notes.fault(at.spot(row, column), MERGED, range=cells)
    if at.sheet.hidden:
        notes.remark(at.spot(), HIDDEN)
    for row in at.sheet.hidden_rows:
        notes.remark(at.spot(row), HIDDEN_ROW)
    for column in at.sheet.hidden_columns:
        notes.remark(at.spot(1, column), HIDDEN_COLUMN)
