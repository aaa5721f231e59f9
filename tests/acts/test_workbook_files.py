"""A pack as a workbook, through the command that its author uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import main
from acts.errors import InputRefused
from acts.pack.write_workbook import workbook_of
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.pack.workbook.write import tables_of
from system.shipped import shipped_packs
from system.workbook import read_workbook, write_workbook
from tests.domain.filled_packs import every_field
from tests.domain.pack_files import as_file, category, small, unit
from tests.signing import Operation

SHIPPED = sorted(shipped_packs())
HEADINGS = category(
    hs=[{"edition": "2022", "code": "0507.10"}, {"edition": "2017", "code": "0507.10"}]
)
Change = Callable[[Any], object]


@cache
def gloves() -> bytes:
    return workbook_of(read_pack(as_file(HEADINGS), "gloves"), "gloves")


def pack(*words: str | Path) -> int:
    return main.main(["pack", *map(str, words)])


def edited(folder: Path, change: Change) -> Path:
    """The workbook after `change`, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(BytesIO(gloves()))
    change(book)
    file = folder / "gloves.xlsx"
    book.save(file)
    return file


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_comes_back_as_it_was(name: str) -> None:
    """`workbook_of` reads what it wrote again, and refuses what was lost."""
    assert workbook_of(read_pack(shipped_packs()[name], name), name)


def test_a_pack_becomes_a_workbook_and_the_same_pack_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, book, back = tmp_path / "a.json", tmp_path / "a.xlsx", tmp_path / "b.json"
    file.write_bytes(as_file(HEADINGS))
    assert pack("--to-workbook", file, book) == 0
    assert pack("--check", book) == 0
    assert pack("--from-workbook", book, back) == 0
    assert pack("--diff", file, back) == 0
    assert pack("--diff", book, file) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"wrote {book}",
        f"{book}: no faults, no remarks",
        f"wrote {back}",
        f"{back}: the same pack as {file}",
        f"{file}: the same pack as {book}",
    ]
    assert read_pack(back.read_bytes(), "b") == read_pack(file.read_bytes(), "a")


def test_a_signed_pack_is_taken_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    north = Operation.make(tmp_path, "NORTH-SEA", 1)
    file, book = tmp_path / "signed.json", tmp_path / "a.xlsx"
    file.write_bytes(north.signed(as_file(HEADINGS)))
    assert pack("--to-workbook", file, book) == 0
    assert pack("--diff", file, book) == 0
    assert capsys.readouterr().out.endswith(f"{book}: the same pack as {file}\n")


def test_every_field_of_the_model_goes_through_the_file() -> None:
    full = every_field()
    assert isinstance(full, Pack)
    content = read_workbook(write_workbook(["about"], "about", tables_of(full)))
    assert content.refused is None
    assert [(sheet.name, len(sheet.cells)) for sheet in content.sheets[1:]] == [
        (table.name, sum(bool(text) for row in (table.header, *table.rows) for text in row))
        for table in tables_of(full)
    ]


def test_everything_is_text_so_that_a_spreadsheet_leaves_it_as_it_is() -> None:
    looks_like = small(
        title={"en": "=1+1", "fr": "#N/A"},
        reasons=[{"code": "007", "label": {"en": "1/2", "fr": "-3"}}],
    )
    made = workbook_of(read_pack(as_file(looks_like), "odd"), "odd")
    book = openpyxl.load_workbook(BytesIO(made))
    assert book.sheetnames[0] == "about"
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    below = book["categories"].column_dimensions
    assert {below[letter].number_format for letter in "ABCDEFG"} == {"@"}
    assert read_pack(as_file(looks_like), "odd").title["en"] == "=1+1"


def test_the_first_sheet_is_in_the_language_that_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(as_file(small()))
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    for number, (wanted, begins) in enumerate((([], "La liste"), (["--language", "en-GB"], "The"))):
        target = tmp_path / f"{number}.xlsx"
        assert pack("--to-workbook", file, target, *wanted) == 0
        first = openpyxl.load_workbook(target)["about"]
        lines = [str(row[0].value) for row in first if row[0].value]
        assert lines[0].startswith(begins)
        assert any("label::en" in line for line in lines)
        assert ("texte" in "".join(lines)) == (begins == "La liste")
    assert pack("--to-workbook", file, tmp_path / "c.xlsx", "--language", "xx") == 2
    assert "--language is one of: en, fr" in capsys.readouterr().err


def test_what_a_workbook_cannot_hold_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, target = tmp_path / "a.json", tmp_path / "a.xlsx"
    for label, where in (("pair\x07", "$.units[0].label.en"), ("pair ", "$.units[0].label.en")):
        file.write_bytes(as_file(unit(label={"en": label, "fr": "paire"})))
        assert pack("--to-workbook", file, target) == 2
        assert f"a workbook cannot hold what is at {where}" in capsys.readouterr().err
    longest = small(title={"en": "a" * 40_000, "fr": "b"})
    with pytest.raises(InputRefused, match=r"\$\.title\.en"):
        workbook_of(read_pack(as_file(longest), "long"), "long")
    assert not target.exists()


def test_a_file_that_is_there_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, target = tmp_path / "a.xlsx", tmp_path / "a.json"
    book.write_bytes(gloves())
    target.write_text("mine")
    assert pack("--from-workbook", book, target) == 2
    assert "this file exists" in capsys.readouterr().err
    assert target.read_text() == "mine"


def test_options_that_do_not_go_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--diff", "a"], ["--to-workbook", "a"], ["a", "b"], ["--check", "a", "b"]):
        assert pack(*words) == 2
        assert "need two files, all else one" in capsys.readouterr().err


def cell_of(sheet: Any, name: str, row: int) -> Any:
    """The cell of the column of that name."""
    return sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == name))


def setting_of(book: Any, name: str) -> Any:
    """The cell with the value of that setting."""
    sheet = book["settings"]
    return next(sheet.cell(cell.row, 2) for cell in sheet["A"] if cell.value == name)


def what_a_spreadsheet_does(book: Any) -> None:
    """All at once: numbers, formulas, days, truths, merged and hidden cells."""
    heading = cell_of(book["categories"], "hs.1.code", 2)
    heading.value, heading.number_format = 507.1, "General"
    book["units"]["B2"] = '="pa"&"ir"'
    book["settings"]["B4"] = datetime(2003, 2, 1)
    setting_of(book, "valid_from").value = datetime(2026, 11, 1)
    book["posts"].merge_cells("A4:C4")
    book["posts"].row_dimensions[2].hidden = True
    book["posts"].column_dimensions["E"].hidden = True
    book["choices"].sheet_state = "hidden"
    cell_of(book["choices"], "other", 2).value = True
    book["legal_bases"]["BH1"] = "# asked of the lawyers"
    book["legal_bases"]["BH2"] = 0.1 + 0.2


def test_what_a_spreadsheet_makes_of_it_is_told_by_sheet_and_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = edited(tmp_path, what_a_spreadsheet_does)
    assert pack("--check", file) == 1
    lines = [line.removeprefix(f"{file}: ") for line in capsys.readouterr().out.splitlines()]
    heading = cell_of(openpyxl.load_workbook(file)["categories"], "hs.1.code", 2).coordinate
    assert lines == [
        "fault: settings!B4: a spreadsheet made a day of it (2003-02-01); format the column as text"
        " and type it again",
        "fault: posts!A4: the cells A4:C4 are merged; separate them",
        "fault: units!B2: is a formula; copy the cell and insert its value alone",
        f"fault: categories!{heading}: 507.1 is a number: a spreadsheet leaves out its first"
        " and last zeros; format the column as text and type it again; perhaps '0507.10'",
        "remark: posts!E1: the column is hidden; it is read all the same",
        "remark: posts!A2: the row is hidden; it is read all the same",
        "remark: choices: the sheet is hidden; it is read all the same",
        "4 faults, 3 remarks",
    ]
    target = tmp_path / "new.json"
    assert pack("--from-workbook", file, target) == 2
    said = capsys.readouterr()
    assert f"tidewaiter: {file}: units!B2: is a formula" in said.err
    assert said.err.splitlines()[-1] == f"tidewaiter: {file}: refused; nothing was written"
    assert not target.exists()


def test_a_workbook_is_not_adopted_and_the_way_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gloves.xlsx"
    file.write_bytes(gloves())
    with pytest.raises(Exception, match="--from-workbook") as caught:
        read_pack(file.read_bytes(), str(file))
    assert type(caught.value).__name__ == "PackRefused"
