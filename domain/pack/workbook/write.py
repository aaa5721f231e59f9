"""A pack as the tables of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.pack.added import AddedKind, AddedPrivacy
from domain.pack.model import Dimension, FormLength, Pack
from domain.pack.part import PackPart
from domain.pack.profile import Group
from domain.pack.workbook.columns import KEY, column_of, header_of, texts_of
from domain.pack.workbook.plan import (
    LABEL,
    LIST_NAME,
    NAME,
    VALUE,
    Layout,
    SheetPlan,
    sheets_of_a_pack,
)
from domain.pack.workbook.shapes import LeafKind, PartOf, attributes

OFFERED: Mapping[str, tuple[str, ...]] = {
    "dimension": tuple(Dimension),
    "form": tuple(FormLength),
    "kind": tuple(AddedKind),
    "like": tuple(Group),
    "privacy": tuple(AddedPrivacy),
}
"""Values of fields by name."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it is written: the header, and rows of texts as long as the header.

    `offers` are values to choose from: the row (0 for all rows below the header), the column, and
    the values; others may be typed.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    offers: tuple[tuple[int, int, tuple[str, ...]], ...] = ()


def tables_of(pack: Pack) -> tuple[Table, ...]:
    """The sheets of the pack. What a workbook cannot hold shows when it is read again."""
    return tuple(_table(plan, pack) for plan in sheets_of_a_pack())


def _table(plan: SheetPlan, pack: Pack) -> Table:
    if plan.layout is Layout.VALUES:
        return _values(plan, pack)
    if plan.layout is Layout.WORDS:
        return _words(plan, pack)
    if plan.layout is Layout.ROWS:
        rows = [texts_of(part) for part in _of(pack, plan.fields[0])]
        return _rows(plan, pack, rows)
    rows = []
    for name, parts in _lists(plan, pack):
        rows += [{LIST_NAME: name, **texts_of(part)} for part in parts]
    return _rows(plan, pack, rows, LIST_NAME)


def _lists(plan: SheetPlan, pack: Pack) -> list[tuple[str, Sequence[PackPart]]]:
    lists = [(name, _of(pack, name)) for name in plan.fields]
    named = _value(pack, plan.named) if plan.named else {}
    assert isinstance(named, Mapping)
    each = [(name, (got,) if isinstance(got, PackPart) else got) for name, got in named.items()]
    return [*lists, *each]


def _of(pack: Pack, name: str) -> Sequence[PackPart]:
    parts = _value(pack, name)
    assert isinstance(parts, tuple)
    return parts


def _value(pack: Pack, name: str) -> object:
    """The value of the field that has this name in the file."""
    return getattr(pack, attributes(Pack)[name].name)


def _rows(plan: SheetPlan, pack: Pack, rows: Sequence[Mapping[str, str]], *before: str) -> Table:
    used = [name for row in rows for name in row]
    header = [*before, *header_of(plan.part, used, pack.languages)]
    offers = ((0, column, _offered(plan, name)) for column, name in enumerate(header, 1))
    table = _filled_in(plan.name, header, rows)
    return replace(table, offers=tuple(each for each in offers if each[2]))


def _words(plan: SheetPlan, pack: Pack) -> Table:
    words = _value(pack, plan.fields[0])
    assert isinstance(words, Mapping)
    rows = [
        {NAME: key, **{f"{LABEL}{KEY}{tag}": text for tag, text in labels.items()}}
        for key, labels in words.items()
    ]
    usual = [NAME, *(f"{LABEL}{KEY}{language}" for language in pack.languages)]
    header = dict.fromkeys([*usual, *(name for row in rows for name in row)])
    return _filled_in(plan.name, list(header), rows)


def _values(plan: SheetPlan, pack: Pack) -> Table:
    if plan.part == PartOf(Pack):
        part: object = pack
        others = [name for name in plan.part.fields if name not in plan.fields]
    else:
        part, others = _value(pack, plan.fields[0]), []
    texts = texts_of(part, leave_out=others) if isinstance(part, PackPart) else {}
    header = header_of(plan.part, texts, pack.languages, leave_out=others)
    rows = tuple((name, texts.get(name, "")) for name in header)
    offers = ((row, 2, _offered(plan, name)) for row, name in enumerate(header, 2))
    return Table(plan.name, (NAME, VALUE), rows, tuple(each for each in offers if each[2]))


def _filled_in(name: str, header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Table:
    filled = tuple(tuple(row.get(column, "") for column in header) for row in rows)
    return Table(name, tuple(header), filled)


def _offered(plan: SheetPlan, name: str) -> tuple[str, ...]:
    """The values that a spreadsheet offers for a column."""
    column = column_of(plan.part, name)
    if column is None:
        return ()
    if column.leaf.kind is LeafKind.YES_NO:
        return ("yes", "no")
    return OFFERED.get(name, ())
