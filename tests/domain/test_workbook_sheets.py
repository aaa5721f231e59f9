"""Sheets, columns and names of a workbook as people leave them: told once, where they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.pack.workbook.cells import Cell, CellKind
from tests.domain.filled_packs import cells_named
from tests.domain.test_workbook import Sheets, check, gloves, text

Changed = Callable[[Sheets], Sheets]


def renamed(sheet: str, old: str, new: str) -> Changed:
    """The first cell with the text `old` has the text `new`."""

    def change(sheets: Sheets) -> Sheets:
        cells = dict(sheets[sheet].cells)
        at = next(key for key, cell in cells.items() if cell.text == old)
        return sheets | {sheet: replace(sheets[sheet], cells=cells | {at: text(new)})}

    return change


def without_column(sheet: str, name: str) -> Changed:
    """Without the column of that name."""

    def change(sheets: Sheets) -> Sheets:
        cells = sheets[sheet].cells
        gone = next(column for (_, column), cell in cells.items() if cell.text == name)
        left = {key: cell for key, cell in cells.items() if key[1] != gone}
        return sheets | {sheet: replace(sheets[sheet], cells=left)}

    return change


def without_sheet(name: str) -> Changed:
    """Without the sheet of that name."""
    return lambda sheets: {key: sheet for key, sheet in sheets.items() if key != name}


def also(sheet: str, row: int, column: int, words: str) -> Changed:
    """With one more cell."""
    return lambda sheets: (
        sheets
        | {sheet: replace(sheets[sheet], cells={**sheets[sheet].cells, (row, column): text(words)})}
    )


def with_sheet(name: str) -> Changed:
    """With one more sheet."""
    return lambda sheets: sheets | {name: replace(sheets["posts"], name=name)}


def with_feature(sheet: str, **what: object) -> Changed:
    """With something that a spreadsheet program does to a sheet."""
    return lambda sheets: sheets | {sheet: replace(sheets[sheet], **what)}  # type: ignore[arg-type]


def titled(sheet: str, sheets: Sheets) -> Sheets:
    """With a title in a row of its own above the names of the columns."""
    cells = {(row + 1, column): cell for (row, column), cell in sheets[sheet].cells.items()}
    return sheets | {sheet: replace(sheets[sheet], cells={(1, 1): text("Our posts"), **cells})}


FAULTS: dict[str, tuple[Changed, str]] = {
    "a column misspelt": (
        renamed("categories", "units", "unit"),
        "categories[units]1: there is no column 'unit' here; perhaps 'units'"),
    "words without their language": (
        renamed("units", "label::en", "label"),
        "units[label::en]1: 'label' needs a language, as in label::en"),
    "words in no language": (
        renamed("units", "label::en", "label::english"),
        "units[label::en]1: 'english' is not a language tag (BCP 47), like en or pt-BR"),
    "a title above the names": (
        lambda sheets: titled("posts", sheets),
        "posts!A1: the names of the columns stand in row 2: delete what is above them"),
    "a column that XLSForm has": (
        also("fields", 1, 60, "relevant"),
        "fields!BH1: there is no column 'relevant' here: conditions are said in rules"),
    "a column twice": (
        renamed("posts", "unlocode", "country"),
        "posts[unlocode]1: 'country' stands here a second time"),
    "a column without a name": (
        also("posts", 2, 60, "note"), "posts!BH1: the column has no name in row 1"),
    "a column that is needed": (
        without_column("units", "dimension"), "units!A1: the column dimension is missing"),
    "the column of the values": (
        without_column("settings", "value"), "settings!A1: the column value is missing"),
    "a setting misspelt": (
        renamed("settings", "version", "vresion"),
        "settings[version]A: there is no setting 'vresion' here; perhaps 'version'"),
    "a setting twice": (
        renamed("settings", "photos", "id"), "settings[photos]A: 'id' stands here a second time"),
    "a sheet that is needed": (without_sheet("units"), "units: the sheet is missing"),
    "a sheet misspelt": (
        lambda sheets: with_sheet("unitts")(without_sheet("units")(sheets)),
        "unitts: a pack has no sheet 'unitts'; perhaps 'units'"),
    "a sheet twice": (with_sheet("Posts "), "Posts : is the sheet 'posts' a second time"),
    "cells that are merged": (
        with_feature("posts", merged=("A2:C2",)),
        "posts!A2: the cells A2:C2 are merged; separate them"),
    "cells that are merged further to the right": (
        with_feature("posts", merged=("AB2:AB3",)),
        "posts!AB2: the cells AB2:AB3 are merged; separate them"),
    "a choice without its list": (
        also("choices", 9, 2, "X"), "choices!A9: the name is missing"),
    "both a plural and its categories": (
        lambda sheets: also("units", 2, 60, "pairs")(
            also("units", 1, 60, "plural::en::other")(sheets)),
        "units!BH2: one text is needed here, or one for each plural category: not both"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_sheet_or_column_is_told_once(change: Changed, told: str) -> None:
    """What follows from it in each row is not told."""
    found = check(*change(gloves()).values())
    assert [str(each) for each in found.faults] == [cells_named(told, gloves())]


REMARKS: dict[str, tuple[Changed, str]] = {
    "a sheet of one's own": (
        with_sheet("my notes"), "my notes: is no sheet of a pack, and is not read"),
    "a hidden sheet": (
        with_feature("posts", hidden=True), "posts: the sheet is hidden; it is read all the same"),
    "a hidden row": (
        with_feature("posts", hidden_rows=(2,)),
        "posts!A2: the row is hidden; it is read all the same"),
    "a hidden column": (
        with_feature("posts", hidden_columns=(3,)),
        "posts[name::fr]1: the column is hidden; it is read all the same"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "told"), REMARKS.values(), ids=REMARKS)
def test_what_may_be_meant_is_remarked_on(change: Changed, told: str) -> None:
    found = check(*change(gloves()).values())
    assert found.faults == ()
    assert cells_named(told, gloves()) in [str(each) for each in found.remarks]


def test_names_may_be_written_as_people_write_them() -> None:
    """As XLSForm has them, with another order of sheets, empty rows, notes of one's own."""
    sheets = gloves()
    for change in (
        renamed("units", "code", "name"),
        renamed("units", "label::en", "Label :: English (en)"),
        renamed("units", "label::fr", "label::French (fr)"),
        renamed("posts", "name::fr", "name::FR"),
        renamed("posts", "place_type", "Place Type"),
        also("posts", 1, 60, "# checked by"),
        also("posts", 2, 60, "somebody"),
    ):
        sheets = change(sheets)
    posts = sheets.pop("posts")
    cells = {(row + 3 * (row > 1), column): cell for (row, column), cell in posts.cells.items()}
    found = check(*reversed(sheets.values()), replace(posts, name="Posts", cells=cells))
    assert [str(each) for each in (*found.faults, *found.remarks)] == []
    assert found.pack is not None
    assert found.pack == check(*gloves().values()).pack


def test_one_cause_in_many_cells_of_a_column_is_told_once() -> None:
    sheets = gloves()
    for row in range(2, 12):
        cells = dict(sheets["posts"].cells) | {
            (row, 1): text(f"P{row}"), (row, 2): text(f"Post {row}"),
            (row, 3): text(f"Poste {row}"), (row, 4): Cell(CellKind.FORMULA, "=A1"),
        }  # fmt: skip
        sheets |= {"posts": replace(sheets["posts"], cells=cells)}
    listed = [str(each) for each in check(*sheets.values()).faults]
    told = "posts!D2: is a formula; copy the cell and insert its value alone; likewise 9 more cells"
    assert [line.startswith(told) for line in listed] == [True], listed
