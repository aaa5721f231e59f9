"""The value that a cell holds for its column, or what is wrong with it.

A spreadsheet turns what looks like a number or a day into one: `0507.10` becomes 507.1. What may
have lost something by that is a fault with the way out.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from domain.pack.part import HS_PATTERN
from domain.pack.workbook.cells import Cell, CellKind
from domain.pack.workbook.items import items_in
from domain.pack.workbook.notes import SheetNotes, Spot
from domain.pack.workbook.shapes import Leaf, LeafKind
from domain.remark import Remark, remark
from domain.words import mark

Value = str | bool | int | list[str]
DIGITS = 15
"""The digits of a number that a spreadsheet keeps."""
AS_TEXT = mark("format the column as text and type it again")
FORMULA = mark("is a formula; copy the cell and insert its value alone")
NO_VALUE = mark("'{text}' is not a value that a pack can have; {way}")
TURNED = mark(
    "{text} is a number: a spreadsheet leaves out its first and last zeros; {way}{perhaps}"
)
TURNED_TO_DAY = mark("a spreadsheet made a day of it ({text}); {way}")
NUMBER_AS_TEXT = mark("the number {text} is taken as text; format the column as text")
DAY_NUMBER = mark("{text} is a spreadsheet's number of a day; write the day as text{perhaps}")
SPACES = mark("spaces before or after the text are left out")
NOT_YES_NO = mark("'{text}': yes or no is needed")
NOT_WHOLE = mark("'{text}' is not a whole number")
NOT_A_NUMBER = mark("'{text}' is not a number{perhaps}")
TOO_EXACT = mark("{text} has more digits than a spreadsheet keeps; {way}")
NOT_CLOSED = mark("a quotation mark is not closed")
PERHAPS = mark("; perhaps '{near}'")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_FIRST_DAY = date(1899, 12, 30)
_LINE_END = re.compile("_x000D_\n|\r\n|\r")
_THIS_CENTURY = range(1900, 2200)


def value_of(cell: Cell, leaf: Leaf, spot: Spot, notes: SheetNotes) -> Value | None:
    """The value as JSON has it; None when there is none, or a fault is told."""
    if cell.kind is CellKind.FORMULA:
        notes.fault(spot, FORMULA)
        return None
    if cell.kind is CellKind.OTHER:
        notes.fault(spot, NO_VALUE, text=cell.text, way=Remark(AS_TEXT))
        return None
    text = _LINE_END.sub("\n", cell.text)
    if text != text.strip():
        notes.remark(spot, SPACES)
    text = text.strip()
    return _value(Cell(cell.kind, text), leaf, spot, notes) if text else None


def _value(cell: Cell, leaf: Leaf, spot: Spot, notes: SheetNotes) -> Value | None:
    if leaf.kind is LeafKind.YES_NO:
        return _yes_no(cell, spot, notes)
    if leaf.kind is LeafKind.WHOLE:
        return _whole(cell, spot, notes)
    if leaf.kind is LeafKind.NUMBER:
        return _number(cell, spot, notes)
    text = _text(cell, leaf, spot, notes)
    if text is None or leaf.kind not in (LeafKind.CODES, LeafKind.TEXTS):
        return text
    items = items_in(text, spaced=leaf.kind is LeafKind.TEXTS)
    if items is None:
        notes.fault(spot, NOT_CLOSED)
    return items


def _text(cell: Cell, leaf: Leaf, spot: Spot, notes: SheetNotes) -> str | None:
    if cell.kind is CellKind.TEXT or (cell.kind is CellKind.DAY and leaf.kind is LeafKind.DAY):
        return cell.text
    if cell.kind is CellKind.DAY:
        notes.fault(spot, TURNED_TO_DAY, text=cell.text, way=Remark(AS_TEXT))
        return None
    if cell.kind is CellKind.YES_NO:
        notes.fault(spot, NO_VALUE, text=cell.text, way=Remark(AS_TEXT))
        return None
    whole = cell.text.isdigit()
    if leaf.kind is LeafKind.DAY and not (whole and int(cell.text) in _THIS_CENTURY):
        notes.fault(spot, DAY_NUMBER, text=cell.text, perhaps=_perhaps(_day(cell.text)))
        return None
    kept = re.search(leaf.pattern, cell.text) is not None if leaf.pattern else whole
    if not kept:
        near = _heading(cell.text) if leaf.pattern == HS_PATTERN else ""
        notes.fault(spot, TURNED, text=cell.text, way=Remark(AS_TEXT), perhaps=_perhaps(near))
        return None
    notes.remark(spot, NUMBER_AS_TEXT, text=cell.text)
    return cell.text


def _heading(number: str) -> str:
    """`0507.10` for 507.1: the shortest heading that a spreadsheet turns into this number."""
    chapter, dot, below = number.partition(".")
    if not (chapter.isdigit() and len(chapter) in (3, 4) and len(below) <= 2):
        return ""
    return f"{chapter:0>4}" + (f".{below:0<2}" if dot else "")


def _day(number: str) -> str:
    try:
        day = int(number)
        return (_FIRST_DAY + timedelta(days=day)).isoformat() if day > 366 else ""
    except (ValueError, OverflowError):
        return ""


def _perhaps(near: str) -> Remark | str:
    return remark(PERHAPS, near=near) if near else ""


def _yes_no(cell: Cell, spot: Spot, notes: SheetNotes) -> bool | None:
    found = _YES_NO.get(cell.text.casefold())
    if found is None:
        notes.fault(spot, NOT_YES_NO, text=cell.text)
    return found


def _whole(cell: Cell, spot: Spot, notes: SheetNotes) -> int | None:
    text = cell.text
    well = cell.kind in (CellKind.TEXT, CellKind.NUMBER) and text.isascii() and len(text) <= DIGITS
    if not (well and text.removeprefix("-").isdigit()):
        notes.fault(spot, NOT_WHOLE, text=text)
        return None
    return int(text)


def _number(cell: Cell, spot: Spot, notes: SheetNotes) -> str | None:
    """The number as text, so that no digit is lost."""
    number = _decimal(cell.text) if cell.kind in (CellKind.TEXT, CellKind.NUMBER) else None
    if number is None:
        with_point = cell.text.replace(",", ".")
        near = with_point if cell.kind is CellKind.TEXT and _decimal(with_point) else ""
        notes.fault(spot, NOT_A_NUMBER, text=cell.text, perhaps=_perhaps(near))
        return None
    if cell.kind is CellKind.NUMBER and len(number.normalize().as_tuple().digits) > DIGITS:
        notes.fault(spot, TOO_EXACT, text=cell.text, way=Remark(AS_TEXT))
        return None
    return cell.text


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
