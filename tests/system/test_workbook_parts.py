"""Files that are no workbook, or one that would cost too much: refused before they are read."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

import main
from domain.pack.workbook.cells import CellKind, letters
from domain.pack.workbook.write import Table
from system.workbook import LONGEST_TEXT, read_workbook, write_workbook
from system.workbook_parts import ELEMENTS_LIMIT, PIECE, SIZE_LIMIT

GOOD = write_workbook(["about"], "about", [Table("units", ("code",), (("pair",),))])
SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml."
CELL = b'<c r="A2" s="1" t="inlineStr"><is><t>pair</t></is></c>'
SHARED = b'<c r="A2" t="s"><v>%d</v></c>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'


def parts(data: bytes = GOOD) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


def altered(name: str, old: bytes, new: bytes) -> bytes:
    """A workbook one part of which is not as it was."""
    content = parts()
    assert old in content[name]
    return zipped(content | {name: content[name].replace(old, new, 1)})


def with_strings(first: bytes, cells: bytes) -> bytes:
    """A workbook whose texts are beside its sheets, as most programs write them."""
    content = parts()
    kind = b'<Override PartName="/%s" ContentType="%ssharedStrings+xml"/></Types>'
    types = content[TYPES].replace(b"</Types>", kind % (STRINGS.encode(), MAIN))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (space, first)
    sheet = content[SHEET].replace(CELL, cells)
    return zipped(content | {TYPES: types, STRINGS: strings, SHEET: sheet})


def declared_as(size: int) -> bytes:
    """A workbook whose directory says that a part has this size."""
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(data)


def damaged() -> bytes:
    at = GOOD.index(SHEET.encode()) + 90
    return GOOD[:at] + b"????" + GOOD[at + 4 :]


def encrypted() -> bytes:
    data = bytearray(GOOD)
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


BAD = {
    "text": (b"code,label\n", "not a workbook"),
    "nothing": (b"", "not a workbook"),
    "another zip file": (zipped({"a.txt": b"a"}), "not a workbook"),
    "a text document": (
        zipped({TYPES: b"<Types>wordprocessingml</Types>"}), "not a workbook"),
    "a workbook of LibreOffice": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "(spreadsheet)"),
    "a binary workbook": (
        zipped({TYPES: b"sheet.binary.macroEnabled"}), ".xlsb"),
    "an old workbook": (OLE + bytes(600), ".xls"),
    "a workbook with a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"), "a password; save it without"),
    "an encrypted part": (encrypted(), "a password"),
    "macros": (zipped(parts() | {"xl/vbaProject.bin": b"x"}), ".xlsm"),
    "macros by its kind": (
        altered(TYPES, b"sheet.main", b"sheet.macroEnabled.main"), ".xlsm"),
    "macros under another name": (
        altered(TYPES, b"</Types>", b"<Default ContentType='ms-office.vbaProject'/></Types>"),
        ".xlsm"),
    "cut short": (GOOD[: len(GOOD) // 2], "damaged"),
    "a part changed": (damaged(), "damaged"),
    "a gigabyte that is declared": (declared_as(1 << 30), "larger than 64 MB"),
    "more than is declared": (declared_as(100), "damaged"),
    "entities": (altered(SHEET, b"<worksheet", BOMB + b"<worksheet"), "defines entities"),
    "a part that is no XML": (altered(SHEET, b"</worksheet>", b""), "damaged"),
    "a text that is not there": (with_strings(b"pair", SHARED % 99), "cannot be read"),
    "too many cells": (
        altered(SHEET, b"<sheetData>", b"<sheetData>" + b"<row/>" * ELEMENTS_LIMIT),
        "too many cells"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), BAD.values(), ids=BAD)
def test_what_is_no_workbook_is_refused_with_the_way_out(data: bytes, told: str) -> None:
    content = read_workbook(data)
    assert content.sheets == ()
    assert told in str(content.refused)


def test_a_small_file_with_much_in_it_costs_little_memory() -> None:
    """The size that a zip file declares cannot be lower than what is read of it."""
    large = zipped(parts() | {SHEET: b" " * (SIZE_LIMIT + 1)})
    assert len(large) < PIECE
    tracemalloc.start()
    refused = read_workbook(large).refused
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "larger than 64 MB" in str(refused)
    assert most < 4 * PIECE


def test_a_refused_file_is_one_sentence_at_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "macros.xlsx"
    file.write_bytes(BAD["macros"][0])
    assert main.main(["pack", "--check", str(file)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{file}: fault: the file: the workbook has macros (.xlsm); save it as .xlsx, without",
        f"{file}: 1 fault, no remarks",
    ]
    assert main.main(["pack", "--from-workbook", str(file), str(tmp_path / "new.json")]) == 2
    assert "the workbook has macros" in capsys.readouterr().err


def test_a_cell_far_away_and_a_text_in_many_cells_cost_little() -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "far"
    file = BytesIO()
    book.save(file)
    (sheet,) = read_workbook(file.getvalue()).sheets
    assert list(sheet.cells) == [(1048576, 16384)]
    longest = b"x" * LONGEST_TEXT
    _, sheet = read_workbook(with_strings(longest, SHARED % 0)).sheets
    assert (sheet.cells[2, 1].kind, len(sheet.cells[2, 1].text)) == (CellKind.TEXT, LONGEST_TEXT)
    _, sheet = read_workbook(with_strings(longest + b"x", SHARED % 0)).sheets
    assert sheet.cells[2, 1].kind is CellKind.OTHER
    many = b"".join(b'<c r="%s2" t="s"><v>0</v></c>' % letters(n).encode() for n in range(1, 600))
    assert "larger than 16 MB" in str(read_workbook(with_strings(longest, many)).refused)
