"""A pack from the sheets of a workbook: its JSON, and the cell of each position in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.pack.model import Pack
from domain.pack.part import PackPart
from domain.pack.workbook.assemble import Assembly, FilledCell, is_list
from domain.pack.workbook.cells import Cell
from domain.pack.workbook.columns import column_of
from domain.pack.workbook.header import (
    COLUMN_IS_MISSING,
    NO_SUCH_NAME,
    REMARKS,
    TWICE,
    Header,
    field_of,
    plain_name,
    read_header,
    tell_unknown,
    usual_names,
)
from domain.pack.workbook.items import items_in
from domain.pack.workbook.notes import SheetAt, SheetNotes, Spot
from domain.pack.workbook.plan import (
    LIST_NAME,
    NAME,
    SETTINGS,
    VALUE,
    Layout,
    SheetPlan,
    sheets_of_a_pack,
)
from domain.pack.workbook.shapes import Keyed, Leaf, LeafKind, PartOf, Several, required
from domain.pack.workbook.values import value_of
from domain.words import mark

NAME_IS_MISSING = mark("the name is missing")
TEXT = Leaf(LeafKind.TEXT)
NOTHING = PartOf(PackPart)
"""The columns of a sheet of names and values are these two alone."""


class WorkbookPack:
    """The pack that the sheets hold. `whole` is false where a sheet or a column is missing: what
    the rest refers to may be there.
    """

    def __init__(self, sheets: Mapping[str, SheetAt], notes: SheetNotes) -> None:
        self.tree: dict[str, object] = {}
        self.whole = True
        self.assembly = Assembly(notes)
        self._notes = notes
        self._languages = _languages(sheets)
        for plan in sheets_of_a_pack():
            if plan.name in sheets:
                at = sheets[plan.name]
                self._sheet(plan, at)
                for name in (*plan.fields, plan.named):
                    self.assembly.spots.setdefault(f"$.{name}", at.spot())
            else:
                self.whole &= not plan.needed
        for name in required(Pack):
            if is_list(PartOf(Pack), name):
                self.tree.setdefault(name, [])

    def data(self) -> bytes:
        """The pack as the bytes of a JSON file."""
        names = [name for name in PartOf(Pack).fields if name in self.tree]
        tree = {name: self.tree[name] for name in names}
        return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()

    def _sheet(self, plan: SheetPlan, at: SheetAt) -> None:
        if plan.layout is Layout.VALUES:
            self._values(plan, at)
        elif plan.layout is Layout.WORDS:
            self._words(plan, at)
        else:
            self._rows(plan, at)

    def _header(self, at: SheetAt, extra: Sequence[str], shape: PartOf) -> Header:
        header = read_header(at, extra, shape, self._languages, self._notes)
        given = {field_of(column.name) for column in header.columns.values()}
        for name in (*extra, *(name for name in shape.fields if name in required(shape.part))):
            if name not in given | header.meant and not _may_be_empty(shape, name):
                wanted = f"{name}::en" if isinstance(shape.fields.get(name), Keyed) else name
                self._notes.fault(at.spot(header.row), COLUMN_IS_MISSING, name=wanted)
                self.whole = False
        self.whole &= not header.meant
        return header

    def _rows(self, plan: SheetPlan, at: SheetAt) -> None:
        """A part in each row; with names of lists, the parts of each list together."""
        listed = plan.layout is Layout.LISTS
        header = self._header(at, (LIST_NAME,) if listed else (), plan.part)
        column = header.number_of(LIST_NAME)
        for row, cells in header.rows(at.sheet):
            name = plan.fields[0] if plan.fields else ""
            if listed:
                name = self._name(cells.get(column), at.spot(row, column))
            if name:
                if name not in plan.fields:
                    self.assembly.spots.setdefault(f"$.{plan.named}.{name}", at.spot(row, column))
                self._row(plan, name, _entries(header, row, cells, at), at.spot(row))

    def _row(self, plan: SheetPlan, name: str, entries: Sequence[FilledCell], spot: Spot) -> None:
        if name in plan.fields:
            here, above = f"$.{name}", self.tree
        else:
            here, above = f"$.{plan.named}.{name}", self._named(plan)
        if plan.single:
            above[name] = self.assembly.part(plan.part, entries, here, spot)
            return
        parts = above.setdefault(name, [])
        assert isinstance(parts, list)
        parts.append(self.assembly.part(plan.part, entries, f"{here}[{len(parts)}]", spot))

    def _named(self, plan: SheetPlan) -> dict[str, object]:
        named = self.tree.setdefault(plan.named, {})
        assert isinstance(named, dict)
        return named

    def _name(self, cell: Cell | None, spot: Spot) -> str:
        """The name of a list or of a row; empty with a fault."""
        faults = self._notes.faults
        name = value_of(cell, TEXT, spot, self._notes) if cell else None
        if name is None and self._notes.faults == faults:
            self._notes.fault(spot, NAME_IS_MISSING)
        return name if isinstance(name, str) else ""

    def _words(self, plan: SheetPlan, at: SheetAt) -> None:
        """A name and its words in each row."""
        (name,) = plan.fields
        header = self._header(at, (NAME,), plan.part)
        column = header.number_of(NAME)
        words = self.tree.setdefault(name, {})
        assert isinstance(words, dict)
        for row, cells in header.rows(at.sheet):
            there = at.spot(row, column)
            key = self._name(cells.get(column), there)
            if key in words:
                self._notes.fault(there, TWICE, name=key)
            elif key:
                entries = [
                    FilledCell(
                        replace(each.column, steps=each.column.steps[1:]), each.spot, each.cell
                    )
                    for each in _entries(header, row, cells, at)
                ]
                words[key] = self.assembly.values(entries, f"$.{name}.{key}", there)

    def _values(self, plan: SheetPlan, at: SheetAt) -> None:
        """A name in each row, and its value beside it."""
        header = self._header(at, (NAME, VALUE), NOTHING)
        column, beside = header.number_of(NAME), header.number_of(VALUE)
        if not (column and beside):
            return
        of_pack = plan.name == SETTINGS
        fields = plan.fields if of_pack else plan.part.fields
        usual = [
            name for name in usual_names(plan.part, self._languages) if field_of(name) in fields
        ]
        entries: dict[str, FilledCell] = {}
        for row, cells in header.rows(at.sheet):
            there = at.spot(row, column)
            text = self._name(cells.get(column), there)
            name = plain_name(text, (), plan.part)
            if not text or name.startswith(REMARKS):
                continue
            found = column_of(plan.part, name) if field_of(name) in fields else None
            if found is None:
                self.whole &= not tell_unknown(there, name, usual, NO_SUCH_NAME, self._notes)
            elif name in entries:
                self._notes.fault(there, TWICE, name=name)
            else:
                entries[name] = FilledCell(found, at.spot(row, beside), cells.get(beside))
        if of_pack:
            self.tree |= self.assembly.values(list(entries.values()), "$", at.spot())
        else:
            here = f"$.{plan.fields[0]}"
            self.tree[plan.fields[0]] = self.assembly.part(
                plan.part, list(entries.values()), here, at.spot()
            )


def _entries(header: Header, row: int, cells: Mapping[int, Cell], at: SheetAt) -> list[FilledCell]:
    return [
        FilledCell(column, at.spot(row, number), cells.get(number))
        for number, column in header.columns.items()
        if column.steps
    ]


def _may_be_empty(part: PartOf, name: str) -> bool:
    """A list that a part needs may be empty: a sheet without its column has none."""
    return isinstance(part.fields.get(name), Several)


def _languages(sheets: Mapping[str, SheetAt]) -> tuple[str, ...]:
    """The languages that the settings name, to find columns that were meant."""
    if SETTINGS in sheets:
        cells = sheets[SETTINGS].sheet.cells
        for (row, column), cell in cells.items():
            beside = cells.get((row, column + 1))
            if cell.text.strip() == "languages" and beside is not None:
                return tuple(items_in(beside.text, spaced=False) or ("en",))
    return ("en",)
