"""The goods of an interception as a table: one row for each line, with amounts and totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from domain.fields import FIELDS, label_of, walk
from domain.figures import written
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.totals import by_unit
from hub.packs import Library
from hub.pages.words import in_words

IN_COLUMNS = (
    "category", "category_other", "description", "quantity", "unit", "gross_weight_kg",
    "net_weight_kg", "value", "currency", "bag_no",
)  # fmt: skip


class GoodsTableRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line in words; empty text means no value."""

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
    for path, field, value in walk(line, added=library.added(pack)):
        if path not in IN_COLUMNS:
            yield field.heading(), in_words(value, field, pack, library)


def columns(rows: tuple[GoodsTableRow, ...]) -> tuple[tuple[str, str, bool], ...]:
    """The columns after the unit in which any row has a value: attribute, heading, whether it has
    numbers.
    """
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
    """The total in one unit, in words; `name` is empty where that of the row above counts."""

    name: str
    amount: str
    unit: str


def totals(found: Interception, library: Library) -> tuple[Total, ...]:
    """The sum of each unit, as on the paper."""
    pack = (found.pack.id, found.pack.version)
    sums = by_unit(found.goods)
    return tuple(
        Total(
            "" if number else name,
            written(amount.value),
            library.unit_words(pack, amount.unit, amount.value),
        )
        for name, amounts in (("Totals by unit", sums.counted), *sums.named)
        for number, amount in enumerate(amounts)
    )
