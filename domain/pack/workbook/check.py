"""The check of a pack in a workbook: the one check of packs, with its positions told as cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.pack.check import PackCheck, ProgramLists, check_pack
from domain.pack.finding import PackFinding
from domain.pack.text import THE_FILE
from domain.pack.workbook.cells import WorkbookContent
from domain.pack.workbook.notes import SheetNotes, Spot
from domain.pack.workbook.read import WorkbookPack
from domain.pack.workbook.sheets import sheets_by_plan
from domain.remark import Remark

_POSITION = re.compile(r"\$(?:\.[^\s.\[\]]+|\[\d+\])+")
_Found = tuple[Spot, PackFinding]


@dataclass(frozen=True, slots=True)
class WorkbookCheck:
    """All findings in the order of the sheets, and the pack as JSON: None when it has faults."""

    data: bytes | None
    check: PackCheck


def check_workbook(content: WorkbookContent, program: ProgramLists, today: date) -> WorkbookCheck:
    """Check the pack in the workbook as a whole, like `check_pack`."""
    if content.refused is not None:
        return WorkbookCheck(None, PackCheck(None, (PackFinding(THE_FILE, content.refused),), ()))
    notes = SheetNotes()
    book = WorkbookPack(sheets_by_plan(content.sheets, notes), notes)
    data = book.data()
    pack = None
    if book.whole:
        checked = check_pack(data, program, today)
        pack = checked.pack
        for each in (*checked.faults, *checked.remarks):
            if book.assembly.is_judged(each.position):
                notes.found.append(_at_its_cell(each, book))
    found = sorted(notes.listed(), key=lambda each: each[0].order)
    faults = tuple(each for _, each in found if not each.warns)
    remarks = tuple(each for _, each in found if each.warns)
    check = PackCheck(None if faults else pack, faults, remarks)
    return WorkbookCheck(None if faults else data, check)


def pack_file_in(content: WorkbookContent) -> bytes:
    """The pack in the workbook as JSON, as far as it can be read."""
    notes = SheetNotes()
    return WorkbookPack(sheets_by_plan(content.sheets, notes), notes).data()


def _at_its_cell(found: PackFinding, book: WorkbookPack) -> _Found:
    language = dict(found.what.values).get("language", "")
    spot = book.assembly.spots.get(f"{found.position}.{language}")
    spot = spot or book.assembly.spot_of(found.position)
    what = _with_cells(found.what, book)
    if spot is None:
        return Spot(-1, ""), replace(found, what=what, line=None)
    return spot, PackFinding(spot.where, what, found.warns)


def _with_cells(what: Remark, book: WorkbookPack) -> Remark:
    """The words with cells where they name positions."""
    return Remark(what.what, tuple((name, _cells(value, book)) for name, value in what.values))


def _cells(value: object, book: WorkbookPack) -> object:
    if isinstance(value, Remark):
        return _with_cells(value, book)
    if not isinstance(value, str):
        return value
    return _POSITION.sub(lambda match: _cell(match.group(), book), value)


def _cell(position: str, book: WorkbookPack) -> str:
    spot = book.assembly.spot_of(position)
    return position if spot is None else spot.where
