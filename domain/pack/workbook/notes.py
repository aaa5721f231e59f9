"""Faults and remarks of a workbook, by sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.pack.finding import PackFinding, doubt, fault
from domain.pack.workbook.cells import WorkbookSheet, named
from domain.remark import Remark
from domain.words import mark

ALIKE_LIMIT = 5
"""Cells of a column that are named each for one cause; with more, the first stands for all."""
_AND_MORE = mark(
    "{what}; likewise {count} more cell of this column",
    "{what}; likewise {count} more cells of this column",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, a row (column 0), or a whole sheet (row 0). `rank` is the number of the sheet."""

    rank: int
    sheet: str
    row: int = 0
    column: int = 0

    @property
    def where(self) -> str:
        """`categories!F2`, the first cell of a row, or the name of the sheet."""
        return named(self.sheet, self.row, self.column or 1) if self.row else self.sheet

    @property
    def order(self) -> tuple[int, int, int]:
        """Sheets as they stand, rows from the top, cells from the left."""
        return self.rank, self.row, self.column


@dataclass(frozen=True, slots=True)
class SheetAt:
    """A sheet and its number in the workbook."""

    rank: int
    sheet: WorkbookSheet

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """A cell of it, a row, or all of it."""
        return Spot(self.rank, self.sheet.name, row, column)


@dataclass(slots=True)
class SheetNotes:
    """What was found so far, each with its spot; `faults` is the number of faults."""

    found: list[tuple[Spot, PackFinding]] = field(default_factory=list)
    faults: int = 0

    def fault(self, spot: Spot, what: str, **values: object) -> None:
        """What refuses the workbook; `what` is marked for translation."""
        self.found.append((spot, fault(spot.where, what, **values)))
        self.faults += 1

    def remark(self, spot: Spot, what: str, **values: object) -> None:
        """What only warns; `what` is marked for translation."""
        self.found.append((spot, doubt(spot.where, what, **values)))

    def listed(self) -> list[tuple[Spot, PackFinding]]:
        """The findings, those of one column for one cause together when they are many."""
        groups: dict[object, list[tuple[Spot, PackFinding]]] = {}
        for spot, found in self.found:
            cause = (spot.rank, spot.sheet, spot.column or -spot.row, found.what.what, found.warns)
            groups.setdefault(cause, []).append((spot, found))
        return [each for group in groups.values() for each in _together(group)]


def _together(group: list[tuple[Spot, PackFinding]]) -> Iterator[tuple[Spot, PackFinding]]:
    if len(group) <= ALIKE_LIMIT:
        yield from group
        return
    spot, first = min(group, key=lambda each: each[0].order)
    what = Remark(_AND_MORE, (("what", first.what), ("count", len(group) - 1)))
    yield spot, PackFinding(first.position, what, first.warns)
