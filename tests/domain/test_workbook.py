"""A pack as the sheets of a workbook: nothing is lost, and what is wrong is named by its cell."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings

from domain.pack.check import PackCheck
from domain.pack.law import WorkCalendar
from domain.pack.model import Pack
from domain.pack.part import PackPart
from domain.pack.read import read_pack
from domain.pack.workbook.cells import Cell, CellKind, WorkbookContent, WorkbookSheet, named
from domain.pack.workbook.check import check_workbook, pack_file_in
from domain.pack.workbook.plan import sheets_of_a_pack
from domain.pack.workbook.shapes import PartOf, Several, Shape
from domain.pack.workbook.write import tables_of
from system.shipped import program_lists
from tests.domain.filled_packs import as_sheet, every_field, packs
from tests.domain.pack_files import SMALLEST, TODAY, as_file

Sheets = dict[str, WorkbookSheet]
NUMBER, DAY, FORMULA = CellKind.NUMBER, CellKind.DAY, CellKind.FORMULA


def sheets_of(pack: Pack) -> Sheets:
    return {table.name: as_sheet(table) for table in tables_of(pack)}


def there_and_back(pack: Pack) -> Pack:
    data = pack_file_in(WorkbookContent(tuple(sheets_of(pack).values())))
    return msgspec.json.decode(data, type=Pack)


@settings(max_examples=30, deadline=None)
@given(packs())
def test_every_pack_comes_back_as_it_was(pack: Pack) -> None:
    assert there_and_back(pack) == pack


def test_words_for_each_plural_category_come_back() -> None:
    pack = every_field()
    assert isinstance(pack, Pack)
    words = {name: f"{name} boxes" for name in ("zero", "one", "few", "many", "other")}
    unit = msgspec.structs.replace(pack.units[0], plural={"en": words, "fr": "boîtes"})
    pack = msgspec.structs.replace(pack, units=(unit,))
    assert there_and_back(pack).units == (unit,)


def kinds_of_part(shape: Shape) -> set[type[PackPart]]:
    """The kinds of parts below."""
    if isinstance(shape, Several):
        return kinds_of_part(shape.item)
    if not isinstance(shape, PartOf):
        return set()
    inside = (kinds_of_part(below) for below in shape.fields.values())
    return {shape.part}.union(*inside)


def test_the_workbook_has_every_field_of_every_part_of_the_model() -> None:
    """A field that the model gets later is carried without a change of the workbook."""
    pack = every_field()
    assert isinstance(pack, Pack)
    for kind in kinds_of_part(PartOf(Pack)):
        made, defaults = every_field(kind), {f.name: f for f in msgspec.structs.fields(kind)}
        for name in kind.__struct_fields__:
            value, field = getattr(made, name), defaults[name]
            assert value not in ("", (), {}, None, field.default), (kind, name)
    assert there_and_back(pack) == pack
    placed = [name for plan in sheets_of_a_pack() for name in (*plan.fields, plan.named) if name]
    assert sorted(placed) == sorted(PartOf(Pack).fields)


class Typed(NamedTuple):
    """What somebody typed, and a word of what is told at this cell.

    `column` is the name of the column, or of the setting.
    """

    sheet: str
    column: str
    cell: Cell
    words: str
    warns: bool = False


HEADING = SMALLEST | {
    "paper": SMALLEST["paper"] | {"words": {"signatures": {"fr": "Signé"}}},
    "categories": [SMALLEST["categories"][0] | {"hs": [{"edition": "2022", "code": "0507.10"}]}],
}


def typed(kind: CellKind, text: str) -> Cell:
    return Cell(kind, text)


def text(words: str) -> Cell:
    return Cell(CellKind.TEXT, words)


def check(*sheets: WorkbookSheet) -> PackCheck:
    return check_workbook(WorkbookContent(sheets), program_lists(), TODAY).check


def gloves() -> Sheets:
    return sheets_of(read_pack(as_file(HEADING), "gloves"))


def with_cell(sheets: Sheets, sheet: str, address: tuple[int, int], cell: Cell | None) -> Sheets:
    old = sheets[sheet]
    cells = {key: held for key, held in old.cells.items() if key != address}
    cells |= {} if cell is None else {address: cell}
    return sheets | {sheet: WorkbookSheet(old.name, dict(sorted(cells.items())))}


def address_of(sheet: WorkbookSheet, column: str) -> tuple[int, int]:
    """The first cell below the column of that name, or the value beside that name."""
    at = next(key for key, cell in sheet.cells.items() if cell.text == column)
    return (at[0], 2) if (1, 2) in sheet.cells and sheet.cells[1, 2].text == "value" else (2, at[1])


TYPED = {
    "a heading that a spreadsheet shortened": Typed(
        "categories", "hs.1.code", typed(NUMBER, "507.1"), "perhaps '0507.10'"),
    "a heading without its first zero": Typed(
        "categories", "hs.1.code", typed(NUMBER, "507"), "perhaps '0507'"),
    "a heading that is a number and whole": Typed(
        "categories", "hs.1.code", typed(NUMBER, "4015.12"), "as text", True),
    "a formula": Typed(
        "units", "label::en", typed(FORMULA, '=A2&"s"'), "insert its value"),
    "a version that became a day": Typed(
        "settings", "version", typed(DAY, "2003-02-01"), "made a day of it"),
    "a day as the number of a day": Typed(
        "settings", "valid_to", typed(NUMBER, "46349"), "perhaps '2026-11-23'"),
    "an error of the spreadsheet": Typed(
        "posts", "country", typed(CellKind.OTHER, "#N/A"), "'#N/A' is not a value"),
    "spaces behind a code": Typed(
        "posts", "country", text("XA\u00a0 "), "spaces", True),
    "neither yes nor no": Typed(
        "units", "whole", text("maybe"), "yes or no is needed"),
    "a number with a comma": Typed(
        "units", "factor", text("0,5"), "perhaps '0.5'"),
    "a number with too many digits": Typed(
        "units", "factor", typed(NUMBER, "0.30000000000000004"), "more digits"),
    "a quotation mark that is left open": Typed(
        "categories", "search", text('latex; "a'), "not closed"),
    "the name of a list misspelt": Typed(
        "choices", "list_name", text("photo_rolse"), "perhaps 'photo_roles'"),
    "a truth for a text": Typed(
        "posts", "code", typed(CellKind.YES_NO, "yes"), "format the column as text"),
    "a unit that is none": Typed(
        "categories", "units", text("piar"), "perhaps 'pair'"),
    "a second code": Typed(
        "choices", "code", text("overview"), "first at choices!A4"),
    "an unknown setting": Typed(
        "settings", "form", text("shrt"), "perhaps 'short'"),
    "a word of the paper that is none": Typed(
        "paper", "words::signatures::fr", text("--"), "no words"),
    "a missing word": Typed("paper", "authority::fr", text(" "), "no words in 'fr'"),
}  # fmt: skip


@pytest.mark.parametrize("one", TYPED.values(), ids=TYPED)
def test_what_is_typed_wrong_is_told_at_its_cell(one: Typed) -> None:
    sheets = gloves()
    at = address_of(sheets[one.sheet], one.column)
    at = (5, at[1]) if one.sheet == "choices" else at
    found = check(*with_cell(sheets, one.sheet, at, one.cell).values())
    listed = found.remarks if one.warns else found.faults
    where = named(one.sheet, *at)
    assert [(each.position, one.words in str(each.what)) for each in listed] == [(where, True)], [
        str(each) for each in (*found.faults, *found.remarks)
    ]
    assert "$" not in str(listed[0])


def test_a_list_that_is_empty_on_purpose_comes_back_empty() -> None:
    always = WorkCalendar(weekend=(), holidays=("2026-12-25",))
    pack = msgspec.structs.replace(read_pack(as_file(SMALLEST), "x"), calendars={"post": always})
    assert there_and_back(pack) == pack


def test_days_of_a_calendar_stand_in_a_cell_as_codes_do() -> None:
    held = WorkCalendar(weekend=("fri",), holidays=("2026-12-25",), until="2027-03-01")
    pack = msgspec.structs.replace(read_pack(as_file(SMALLEST), "x"), calendars={"post": held})
    sheets = sheets_of(pack)
    for column, cell in {
        "weekend": text("fri, sat"),
        "holidays": text("2026-12-25 2027-01-01"),
        "until": typed(DAY, "2027-04-01"),
    }.items():
        at = address_of(sheets["calendars"], column)
        sheets = with_cell(sheets, "calendars", at, cell)
    found = check(*sheets.values())
    assert found.pack is not None, found.faults
    days = ("2026-12-25", "2027-01-01")
    typed_days = WorkCalendar(weekend=("fri", "sat"), holidays=days, until="2027-04-01")
    assert found.pack.calendars == {"post": typed_days}
