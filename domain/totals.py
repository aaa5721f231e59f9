"""The totals of the goods of an interception: one rule for desk, paper, seal and the hub's pages.

Amounts are added as they were counted, by unit; nothing is converted, not even grams to kilograms,
so that the numbers on the paper appear unchanged on every screen (docs/decisions/0017). What was
counted, what that contains and what was measured besides are three sums: a line may measure in the
unit in which another line counts, and one number for both would be no amount of anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from domain.amount import Amount
from domain.figures import without_zeros
from domain.interception.goods import GoodsLine
from domain.words import mark

DIGITS_LIMIT = 24
"""Digits before or behind the point: packs and units per pack have 12 each. A longer number can
only come from another program; its line shows it, but no total includes it."""


CONTAINED = mark("Content in total")
MEASURED = mark("Also measured")


class Totals(msgspec.Struct, frozen=True):
    """The sums of each unit, in the order in which the units first appear, without zeros at their
    ends.
    """

    counted: tuple[Amount, ...]
    contained: tuple[Amount, ...]
    measured: tuple[Amount, ...]

    @property
    def named(self) -> tuple[tuple[str, tuple[Amount, ...]], ...]:
        """The sums beside the count that there are, each with its marked name."""
        others = ((CONTAINED, self.contained), (MEASURED, self.measured))
        return tuple((name, sums) for name, sums in others if sums)

    @property
    def all(self) -> tuple[Amount, ...]:
        """All sums, in the order of the paper; a unit stands in each of the three at most once."""
        return (*self.counted, *self.contained, *self.measured)


def by_unit(goods: Iterable[GoodsLine]) -> Totals:
    """The sums of `goods`."""
    lines = tuple(goods)
    return Totals(
        counted=_of_each_unit(line.amount for line in lines),
        contained=_of_each_unit(line.contained for line in lines),
        measured=_of_each_unit(line.measured for line in lines),
    )


def _of_each_unit(amounts: Iterable[Amount | None]) -> tuple[Amount, ...]:
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        if amount is not None and _can_be_added(amount.value):
            sums[amount.unit] = sums.get(amount.unit, Decimal()) + amount.value
    return tuple(Amount(without_zeros(value), unit) for unit, value in sums.items())


def net_weight_kg(goods: Iterable[GoodsLine]) -> Decimal | None:
    """The net weight of all lines that have one, in kilograms; None when none has."""
    return _sum(line.net_weight_kg for line in goods)


def gross_weight_kg(goods: Iterable[GoodsLine]) -> Decimal | None:
    """The gross weight of all lines that have one, in kilograms; None when none has."""
    return _sum(line.gross_weight_kg for line in goods)


def _sum(weights: Iterable[Decimal | None]) -> Decimal | None:
    known = [weight for weight in weights if weight is not None and _can_be_added(weight)]
    return without_zeros(sum(known, Decimal())) if known else None


def _can_be_added(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= DIGITS_LIMIT
