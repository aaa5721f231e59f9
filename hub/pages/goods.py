"""The goods of an interception as a table: one row a line, amounts in their own units, totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from domain.fields import FIELDS, label_of, walk
from domain.figures import shortest, written
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from hub.packs import Library
from hub.pages.words import in_words

BASES = {
    "mass": "kg",
    "volume": "litres",
    "dose": "dose units",
    "piece": "pieces",
    "package": "packages",
}
"""The base unit of each dimension; totals of unlike dimensions stand side by side."""
IN_COLUMNS = (
    "category", "category_other", "description", "quantity", "unit", "gross_weight_kg",
    "net_weight_kg", "value", "currency", "bag_no",
)  # fmt: skip
LARGEST = 18
"""Digits before the point; a number beyond is shown on its line and is in no total."""


class GoodsRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line in words; empty text where nothing was said."""

    name: str
    words: str
    amount: str
    unit: str
    net: str
    gross: str
    value: str
    bag: str
    facts: tuple[tuple[str, str], ...]
    """All other fields of the line, each a label and its words."""


def goods_rows(found: Interception, library: Library) -> tuple[GoodsRow, ...]:
    """The rows, in the order of the lines."""
    pack = (found.pack.id, found.pack.version)
    return tuple(_row(line, pack, library) for line in found.goods)


def _row(line: GoodsLine, pack: tuple[str, str], library: Library) -> GoodsRow:
    name = library.label(pack, "categories", line.category) if line.category else ""
    unit = library.unit_words(pack, line.unit, line.counted or Decimal()) if line.unit else ""
    return GoodsRow(
        name=name or label_of("goods"),
        words=" · ".join(filter(None, (line.category_other, line.description))),
        amount=_number(line.counted),
        unit=unit,
        net=_number(line.net_weight_kg),
        gross=_number(line.gross_weight_kg),
        value=" ".join(filter(None, (_number(line.value), line.currency))),
        bag=line.bag_no or "",
        facts=tuple(_facts(line, pack, library)),
    )


def _number(value: Decimal | None) -> str:
    return "" if value is None else written(value)


def _facts(line: GoodsLine, pack: tuple[str, str], library: Library) -> Iterator[tuple[str, str]]:
    for path, field, value in walk(line):
        if path not in IN_COLUMNS:
            yield field.heading(), in_words(value, field, pack, library)


def columns(rows: tuple[GoodsRow, ...]) -> tuple[tuple[str, str, bool], ...]:
    """The columns after unit that any row fills: attribute, heading, whether it holds numbers."""
    known = (
        ("net", "net_weight_kg", True),
        ("gross", "gross_weight_kg", True),
        ("value", "value", True),
        ("bag", "bag_no", False),
    )
    return tuple(
        (column, FIELDS[f"goods.{name}"].heading(), numeric)
        for column, name, numeric in known
        if any(getattr(row, column) for row in rows)
    )


class Total(msgspec.Struct, frozen=True):
    """How much of one dimension, in its base unit."""

    amount: str
    unit: str


def totals(found: Interception, library: Library) -> tuple[Total, ...]:
    """The counted amounts of each dimension; unlike ones are never added to one another."""
    pack = (found.pack.id, found.pack.version)
    sums: dict[str, Decimal] = {}
    for line in found.goods:
        unit = library.unit(pack, line.unit) if line.unit else None
        if unit is not None and _addable(line.counted):
            held = sums.get(unit.dimension, Decimal())
            sums[unit.dimension] = held + (line.counted or Decimal()) * unit.factor
    known = [dimension for dimension in BASES if dimension in sums]
    return tuple(Total(shortest(sums[name]), BASES[name]) for name in known)


def weights(found: Interception) -> tuple[str, str]:
    """Net and gross weight of all lines in kg, as weighed; empty when no line has one."""
    nets = [line.net_weight_kg for line in found.goods]
    grosses = [line.gross_weight_kg for line in found.goods]
    return _sum(nets), _sum(grosses)


def _sum(weighed: list[Decimal | None]) -> str:
    known = [value for value in weighed if value is not None and _addable(value)]
    return written(sum(known, Decimal())) if known else ""


def _addable(value: Decimal | None) -> bool:
    return value is not None and value.is_finite() and abs(value.adjusted()) <= LARGEST
