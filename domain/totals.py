"""The totals of the goods of an interception: one rule for desk, paper, seal and the hub's pages.

Amounts are added as they were counted, by unit; nothing is converted, not even grams to kilograms,
so that the numbers on the paper appear unchanged on every screen (docs/decisions/0017). What a line
contains and its second amount are in other units than its count, so nothing is added twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from domain.amount import Amount
from domain.interception.goods import GoodsLine

DIGITS_LIMIT = 24
"""Digits before or behind the point: packs and units per pack have 12 each. A longer number can
only come from another program; its line shows it, but no total includes it."""


def by_unit(goods: Iterable[GoodsLine]) -> tuple[Amount, ...]:
    """The sum of each unit, in the order in which the units first appear."""
    sums: dict[str, Decimal] = {}
    for line in goods:
        for amount in (line.amount, line.contained, line.measured):
            if amount is not None and _can_be_added(amount.value):
                sums[amount.unit] = sums.get(amount.unit, Decimal()) + amount.value
    return tuple(Amount(value, unit) for unit, value in sums.items())


def net_weight_kg(goods: Iterable[GoodsLine]) -> Decimal | None:
    """The net weight of all lines that have one, in kilograms; None when none has."""
    return _sum(line.net_weight_kg for line in goods)


def gross_weight_kg(goods: Iterable[GoodsLine]) -> Decimal | None:
    """The gross weight of all lines that have one, in kilograms; None when none has."""
    return _sum(line.gross_weight_kg for line in goods)


def _sum(weights: Iterable[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None and _can_be_added(weight)]
    return sum(known, Decimal()) if known else None


def _can_be_added(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= DIGITS_LIMIT
