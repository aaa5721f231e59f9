"""Reads and writes .xlsx files: what is in them as plain values, whatever it means.

A file from outside is unpacked with a limit, part by part, and looked at (`system.workbook_parts`)
before openpyxl sees it: a small file can hold a gigabyte, or entities that grow without end.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as FileCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import DimensionHolder
from openpyxl.worksheet.worksheet import Worksheet

from domain.pack.workbook.cells import Address, Cell, CellKind, WorkbookContent, WorkbookSheet
from domain.pack.workbook.write import Table
from domain.remark import remark
from domain.words import mark
from system.workbook_parts import TOO_LARGE, WorkbookRefused, parts_of

NOT_READ = mark(
    "the workbook cannot be read ({why}); save it anew as .xlsx from a spreadsheet program"
)
TEXT_LIMIT = 16 * 1024 * 1024
"""Characters of all cells together: one text can stand in many."""
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""
TEXT_FORMAT = "@"
ESCAPED = "_x005F_"
"""Stands in the file for `_` before what would be read as an escape (`_x000D_`)."""
HEADER = Font(bold=True)
SHADE = PatternFill("solid", fgColor="DDE6EE")
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDEST = 48
"""Characters of the width of a column, at most."""
SPARE_ROWS = 500
"""Rows below the table whose cells offer yes and no."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_KINDS = {"s": CellKind.TEXT, "n": CellKind.NUMBER, "b": CellKind.YES_NO, "f": CellKind.FORMULA}


def read_workbook(data: bytes) -> WorkbookContent:
    """The sheets of an .xlsx file, or why it has none that can be read."""
    try:
        parts = parts_of(data)
    except WorkbookRefused as refused:
        return WorkbookContent(refused=refused.why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not read: pictures, rules for colours
            book = openpyxl.load_workbook(BytesIO(parts), keep_links=False)
            sheets = tuple(_sheet(sheet) for sheet in book.worksheets)
    except Exception as error:  # openpyxl raises whatever a broken part makes it trip over
        return WorkbookContent(refused=remark(NOT_READ, why=_short(error)))
    size = sum(len(cell.text) for sheet in sheets for cell in sheet.cells.values())
    if size > TEXT_LIMIT:
        return WorkbookContent(refused=remark(TOO_LARGE, size=TEXT_LIMIT // 2**20))
    return WorkbookContent(sheets)


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]


def _sheet(sheet: Worksheet) -> WorkbookSheet:
    cells = {}
    # the sparse cells themselves: rows and columns would be filled up to the farthest one
    for address, cell in sorted(sheet._cells.items()):
        if cell.value is not None and (found := _cell(cell)).text:
            cells[address] = found
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return WorkbookSheet(
        name=sheet.title,
        cells=cells,
        merged=tuple(sorted(str(each) for each in sheet.merged_cells.ranges)),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=tuple(
            number for number, row in sheet.row_dimensions.items() if row.hidden and number in rows
        ),
        hidden_columns=tuple(sorted(_hidden(sheet.column_dimensions) & columns)),
    )


def _hidden(dimensions: DimensionHolder) -> set[int]:
    found: set[int] = set()
    for column in dimensions.values():
        if column.hidden:
            found |= set(range(column.min, column.max + 1))
    return found


def _cell(cell: FileCell) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Cell(CellKind.FORMULA, str(value) if isinstance(value, str) else "=")
    if isinstance(value, bool):
        return Cell(CellKind.YES_NO, "yes" if value else "no")
    if isinstance(value, datetime):
        if value.time() == time():
            return Cell(CellKind.DAY, value.date().isoformat())
        return Cell(CellKind.OTHER, value.isoformat(" "))
    if isinstance(value, date):
        return Cell(CellKind.DAY, value.isoformat())
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    text = str(value).replace(ESCAPED, "_")
    if len(text) > LONGEST_TEXT:
        return Cell(CellKind.OTHER, text[:80])
    return Cell(_KINDS.get(cell.data_type, CellKind.OTHER), text)


def write_workbook(about: Sequence[str], title: str, tables: Iterable[Table]) -> bytes:
    """The bytes of an .xlsx file: a first sheet of sentences, then a sheet for each table.

    Every cell is text, and so is what is typed below: a spreadsheet leaves it as it is.
    """
    book = openpyxl.Workbook()
    first = book.active
    first.title = title
    for row, line in enumerate(about, 1):
        _write(first, (row, 1), line)
    first.column_dimensions["A"].width = 110
    for table in tables:
        _write_table(book.create_sheet(table.name), table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_table(sheet: Worksheet, table: Table) -> None:
    for row, texts in enumerate((table.header, *table.rows), 1):
        for column, text in enumerate(texts, 1):
            if text:
                _write(sheet, (row, column), text)
    for column, texts in enumerate(zip(table.header, *table.rows, strict=True), 1):
        lines = (line for text in texts for line in text.split("\n"))
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = min(max(len(line) for line in lines) + 2, WIDEST)
        dimension.number_format = TEXT_FORMAT
        sheet.cell(1, column).font = HEADER
        sheet.cell(1, column).fill = SHADE
    sheet.freeze_panes = "B2"
    for row, column, texts in table.offers:
        name, last = get_column_letter(column), row or len(table.rows) + SPARE_ROWS
        offer = DataValidation(type="list", formula1=f'"{",".join(texts)}"', showErrorMessage=False)
        offer.add(f"{name}{row or 2}:{name}{last}")
        sheet.add_data_validation(offer)


def _write(sheet: Worksheet, address: Address, text: str) -> None:
    """Write a text as such: not as a formula, number or error, whatever it looks like."""
    text = _LIKE_ESCAPE.sub(ESCAPED, _NOT_IN_XML.sub("\ufffd", text))
    cell = sheet.cell(*address, text)
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = WRAPPED
