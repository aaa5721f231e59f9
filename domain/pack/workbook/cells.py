"""The content of a workbook as plain values: sheets, cells, and where a cell is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from domain.remark import Remark

Address = tuple[int, int]
"""Row and column, both from 1."""


class CellKind(Enum):
    """What the file says a cell is."""

    TEXT = auto()
    NUMBER = auto()
    YES_NO = auto()
    DAY = auto()
    """A date without a time of day."""
    FORMULA = auto()
    OTHER = auto()
    """An error of the spreadsheet (`#N/A`), a time, a date with a time."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something, and its text: a number as short as it is exact, a day as
    `2026-11-23`, yes or no as `yes` or `no`, of a formula the formula.
    """

    kind: CellKind
    text: str


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet. `merged` are ranges like `A1:C1`; hidden rows and columns are those with content."""

    name: str
    cells: Mapping[Address, Cell]
    merged: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """The sheets of a file in their order; `refused` says why there are none."""

    sheets: tuple[WorkbookSheet, ...] = ()
    refused: Remark | None = None


def letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def number_of(column: str) -> int:
    """The number of the column that is called `column`, the reverse of `letters`; 0 for none."""
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def named(sheet: str, row: int, column: int) -> str:
    """`categories!F2`."""
    return f"{sheet}!{letters(column)}{row}"
