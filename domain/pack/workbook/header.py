"""The names of the columns of a sheet, as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.pack.contradictions import LANGUAGE, NOT_A_LANGUAGE
from domain.pack.finding import perhaps
from domain.pack.workbook.cells import Cell, CellKind, WorkbookSheet
from domain.pack.workbook.columns import KEY, Column, column_of
from domain.pack.workbook.notes import SheetAt, SheetNotes, Spot
from domain.pack.workbook.shapes import Keyed, Leaf, LeafKind, PartOf, Several, Shape
from domain.remark import Remark
from domain.words import mark

NO_SUCH_COLUMN = mark("there is no column '{name}' here{perhaps}")
NO_SUCH_NAME = mark("there is no setting '{name}' here{perhaps}")
NOT_HERE = mark("there is no column '{name}' here: {where}")
TWICE = mark("'{name}' stands here a second time")
NO_NAME = mark("the column has no name in row {row}")
NO_LANGUAGE = mark("'{name}' needs a language, as in {column}")
COLUMN_IS_MISSING = mark("the column {name} is missing")
TITLE_ABOVE = mark("the names of the columns stand in row {row}: delete what is above them")
ELSEWHERE = {
    "calculation": mark("nothing is computed in a pack"),
    "constraint": mark("what a value must be like is said in pattern, check, min and max"),
    "relevant": mark("conditions are said in rules"),
    "required": mark("what must be filled in is said in required of categories and profiles"),
}
"""What other columns of XLSForm are said by here."""
REMARKS = "#"
"""A column whose name begins with it is for the author alone, and is not read."""
ALIASES = {"name": "code", "type": "kind"}
"""Names that XLSForm has for columns of ours."""
_IN_BRACKETS = re.compile(r".*\(\s*([A-Za-z0-9-]+)\s*\)")


@dataclass(slots=True)
class Header:
    """The columns of a sheet by number. `meant` are names of fields that were meant by others."""

    row: int = 0
    columns: dict[int, Column] = field(default_factory=dict)
    meant: set[str] = field(default_factory=set)

    def rows(self, sheet: WorkbookSheet) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """The rows below with something in a column that has a name, each with its cells."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sheet.cells.items():
            if row > self.row and column in self.columns:
                rows.setdefault(row, {})[column] = cell
        return iter(sorted(rows.items()))

    def number_of(self, name: str) -> int:
        """The number of a column; 0 when there is none."""
        return next((n for n, column in self.columns.items() if column.name == name), 0)


def read_header(
    at: SheetAt, extra: Sequence[str], shape: Shape, languages: Sequence[str], notes: SheetNotes
) -> Header:
    """The columns of the sheet: those of the `shape`, and the `extra` names, which hold text."""
    cells = at.sheet.cells
    header = Header(row=_row_of_names(at, extra, shape, notes))
    known = [*extra, *usual_names(shape, languages)]
    for column in sorted({column for _, column in cells}):
        here = at.spot(header.row, column)
        cell = cells.get((header.row, column))
        name = plain_name(cell.text, extra, shape) if cell else ""
        if name.startswith(REMARKS):
            continue
        if cell is None or cell.kind is not CellKind.TEXT or not name:
            notes.fault(here, NO_NAME, row=header.row)
            continue
        is_extra = name in extra
        found = Column(name, (), Leaf(LeafKind.TEXT)) if is_extra else column_of(shape, name)
        if found is None:
            header.meant |= tell_unknown(here, name, known, NO_SUCH_COLUMN, notes)
        elif no_language(name):
            notes.fault(here, NOT_A_LANGUAGE, language=no_language(name))
            header.meant.add(field_of(name))
        elif header.number_of(found.name):
            notes.fault(here, TWICE, name=found.name)
        else:
            header.columns[column] = found
    return header


def _row_of_names(at: SheetAt, extra: Sequence[str], shape: Shape, notes: SheetNotes) -> int:
    """The first row with something in it; with a fault, the next one where that one is a title."""
    rows = sorted({row for row, _ in at.sheet.cells})[:2]

    def names(row: int) -> int:
        texts = [cell.text for (at_row, _), cell in at.sheet.cells.items() if at_row == row]
        plain = [plain_name(text, extra, shape) for text in texts]
        return sum(name in extra or column_of(shape, name) is not None for name in plain)

    if len(rows) > 1 and not names(rows[0]) and names(rows[1]) > 1:
        notes.fault(at.spot(rows[0], 1), TITLE_ABOVE, row=rows[1])
        return rows[1]
    return rows[0] if rows else 1


def tell_unknown(
    spot: Spot, name: str, known: Sequence[str], what: str, notes: SheetNotes
) -> set[str]:
    """A fault for a name that is none; returns the field that was meant, if one was."""
    if f"{name}{KEY}en" in known:
        notes.fault(spot, NO_LANGUAGE, name=name, column=f"{name}{KEY}en")
        return {name}
    if name in ELSEWHERE:
        notes.fault(spot, NOT_HERE, name=name, where=Remark(ELSEWHERE[name]))
        return set()
    near = perhaps(name, known)
    notes.fault(spot, what, name=name, perhaps=near)
    return {field_of(str(near.values[0][1]))} if isinstance(near, Remark) else set()


def no_language(name: str) -> str:
    """The word in place of a language (`english`) in the name of a column; empty without one."""
    key = f"{name}{KEY}".split(KEY)[1]
    return key if key.isalpha() and not LANGUAGE.fullmatch(key) else ""


def field_of(name: str) -> str:
    """The field that a column belongs to: `label` for `label::en`, `hs` for `hs.1.code`."""
    return re.split(r"::|\.", name, maxsplit=1)[0]


def plain_name(text: str, extra: Sequence[str], shape: Shape) -> str:
    """The name as the format has it: `label::en` for ` Label :: English (en)`."""
    if text.strip() in extra:
        return text.strip()
    first, *keys = (part.strip() for part in text.split(KEY))
    if not column_of(shape, text.strip()):
        first = re.sub(r"\s+", "_", first.lower())
        fields = shape.fields if isinstance(shape, PartOf) else ()
        if first not in fields and first not in extra and ALIASES.get(first) in fields:
            first = ALIASES[first]
    return KEY.join([first, *(_plain_key(key) for key in keys)])


def _plain_key(key: str) -> str:
    """The key that is meant: `en` for `English (en)` and for `EN`."""
    in_brackets = _IN_BRACKETS.fullmatch(key)
    key = in_brackets[1] if in_brackets else key
    return key.lower() if LANGUAGE.fullmatch(key.lower()) and len(key) == len("en") else key


def _names(shape: Shape, languages: Sequence[str], before: str = "") -> Iterator[str]:
    """The names of columns that a shape usually has, to find one that was meant."""
    if isinstance(shape, Leaf):
        yield before
    elif isinstance(shape, Keyed):
        yield from (f"{before}{KEY}{language}" for language in languages)
    elif isinstance(shape, PartOf):
        for name, inside in shape.fields.items():
            yield from _names(inside, languages, f"{before}.{name}" if before else name)
    elif isinstance(shape, Several) and not shape.keyed:
        yield from _names(shape.item, languages, f"{before}.1")


def usual_names(shape: Shape, languages: Sequence[str]) -> list[str]:
    """All names of columns that a shape usually has."""
    return list(_names(shape, languages))
