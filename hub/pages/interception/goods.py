"""The goods of an interception as a table: one row a line, amounts in their own units, totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from domain.interception.fields import walk
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.totals import by_unit
from hub.packs import Library
from hub.pages.words import humanised, in_words
from hub.summary import in_digits

IN_COLUMNS = (
    "category", "category_other", "description", "quantity", "unit", "gross_weight_kg",
    "net_weight_kg", "value", "currency", "bag_no",
)  # fmt: skip


class GoodsTableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line in words; empty text where nothing was recorded."""

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


def goods_rows(found: Interception, library: Library) -> tuple[GoodsTableRow, ...]:
    """The rows, in the order of the lines."""
    pack = (found.pack.id, found.pack.version)
    return tuple(_row(line, pack, library) for line in found.goods)


def _row(line: GoodsLine, pack: tuple[str, str], library: Library) -> GoodsTableRow:
    name = library.label(pack, "categories", line.category) if line.category else ""
    unit = library.unit_words(pack, line.unit, line.counted or Decimal()) if line.unit else ""
    return GoodsTableRow(
        name=name or "Goods",
        words=" · ".join(filter(None, (line.category_other, line.description))),
        amount=in_digits(line.counted),
        unit=unit,
        net=in_digits(line.net_weight_kg),
        gross=in_digits(line.gross_weight_kg),
        value=" ".join(filter(None, (in_digits(line.value), line.currency))),
        bag=line.bag_no or "",
        facts=tuple(_facts(line, pack, library)),
    )


def _facts(line: GoodsLine, pack: tuple[str, str], library: Library) -> Iterator[tuple[str, str]]:
    for path, field, value in walk(line):
        if path not in IN_COLUMNS:
            name = path.rpartition(".")[2]
            yield humanised(name), in_words(value, field, pack, library)


def columns(rows: tuple[GoodsTableRow, ...]) -> tuple[tuple[str, str, bool], ...]:
    """The columns after unit that any row fills: attribute, heading, whether it holds numbers."""
    known = (
        ("net", "Net kg", True),
        ("gross", "Gross kg", True),
        ("value", "Value", True),
        ("bag", "Bag or seal", False),
    )
    return tuple(column for column in known if any(getattr(row, column[0]) for row in rows))


class Total(msgspec.Struct, frozen=True):
    """How much of one unit, in words."""

    amount: str
    unit: str


def totals(found: Interception, library: Library) -> tuple[Total, ...]:
    """The sum of each unit, as on the paper."""
    pack = (found.pack.id, found.pack.version)
    return tuple(
        Total(in_digits(amount.value), library.unit_words(pack, amount.unit, amount.value))
        for amount in by_unit(found.goods)
    )
