"""What a pack says of amounts: its own dimensions, and a second amount that follows from the first.

A bottle is counted, its pure alcohol is measured: 60 bottles of 0.7 litre at 40 % are 60 bottles
and 16.8 litres of pure alcohol, never 76.8 of anything.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from enum import StrEnum

from domain.amount import Amount
from domain.figures import CALCULATED, without_zeros
from domain.interception.goods import GoodsLine
from domain.pack.part import CodeText, PackPart
from domain.words import Labels

DECIMALS = Decimal("0.000001")
"""A computed amount has as many digits behind the point as one that is typed may have."""


class OwnDimension(PackPart, frozen=True, kw_only=True):
    """A dimension that the pack adds: cubic metres of timber, litres of pure alcohol."""

    code: CodeText
    label: Labels
    """The base unit in words."""


class MeasureOf(StrEnum):
    """What a second amount is computed from."""

    TYPED = ""
    """Nothing: the officer measures it."""
    QUANTITY = "quantity"
    CONTENT = "content"
    """Quantity times the content of each."""


class Measure(PackPart, frozen=True, kw_only=True):
    """The second amount of a line."""

    unit: CodeText
    of: str = ""
    """The code of a `MeasureOf`."""
    factor: Decimal = Decimal(1)
    """How many of `unit` one base unit of it is; for a quantity, one of what was counted."""
    percent: str = ""
    """A field of the line with the per cent of it that counts (`medicine.concentration_pct`)."""


def computed(
    line: GoodsLine, rule: Measure, percent: Decimal | None, base: Callable[[Amount], Decimal]
) -> Decimal | None:
    """The second amount of `line` by `rule`; None while something for it is not known.

    `percent` is the value of the field that the rule names; `base` gives an amount in the base unit
    of its dimension.
    """
    with localcontext(CALCULATED):
        value = _followed(line, rule, percent, base)
        if value is None:
            return None
        exact = without_zeros(value.quantize(DECIMALS))
    return exact if exact.is_finite() else None


def _followed(
    line: GoodsLine, rule: Measure, percent: Decimal | None, base: Callable[[Amount], Decimal]
) -> Decimal | None:
    if rule.of == MeasureOf.QUANTITY:
        value = line.counted
    else:
        value = base(line.contained) if rule.of == MeasureOf.CONTENT and line.contained else None
    if value is None or (rule.percent and percent is None):
        return None
    value *= rule.factor
    return value if percent is None else value * percent / 100
