"""The content of each, and the second amount: in units of other dimensions than the count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.fault import Fault, FaultKind, FieldAt, Shape
from domain.interception.goods import GoodsLine
from domain.pack.second_amount import second_amount
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.words import mark

MEASURED_TWICE = FaultKind(
    "measured_twice",
    mark("measures the same as {field}, and would be added twice"),
    mark("Choose a unit of another kind, or leave one of them empty."),
    shape=Shape.PREDICATE,
)
AMOUNT_ZERO = FaultKind("amount_zero", mark("must be greater than zero"), shape=Shape.PREDICATE)
AMOUNT_NOT_WHOLE = FaultKind(
    "amount_not_whole",
    mark("is counted in whole numbers, in the unit {unit}"),
    mark("Choose another unit, or count again."),
    shape=Shape.PREDICATE,
)
NOT_AS_COMPUTED = FaultKind(
    "not_as_computed",
    mark("is not {computed} {unit}, which follows from the other fields"),
    mark("Empty it to take that amount, or correct the other fields."),
    shape=Shape.PREDICATE,
    warns=True,
)
_PAIRS = (("content", "content_unit"), ("measure", "measure_unit"))


def faults(situation: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    """Faults and remarks of a line's content and second amount."""
    before = {"unit": line.unit}
    for name, unit_name in _PAIRS:
        amount, unit_code = getattr(line, name), getattr(line, unit_name)
        if amount is None:
            continue
        yield from _amount(situation, prefix + name, amount, unit_code)
        if unit_code is None:
            yield from missing(line, unit_name, prefix)
            continue
        for other, other_code in before.items():
            if _alike(situation, unit_code, other_code):
                yield Fault(prefix + unit_name, MEASURED_TWICE, field=FieldAt(prefix + other))
        before[unit_name] = unit_code
    second = second_amount(line, situation.checklist)
    given = line.measured
    if second and given and second.unit == given.unit and second.value != given.value:
        unit = situation.listed("units", second.unit)
        yield Fault(f"{prefix}measure", NOT_AS_COMPUTED, computed=f"{second.value:f}", unit=unit)


def _amount(
    situation: Situation, path: str, amount: Decimal, unit_code: str | None
) -> Iterator[Fault]:
    if amount <= 0:
        yield Fault(path, AMOUNT_ZERO)
    unit = situation.checklist.unit(unit_code)
    if unit and unit.whole and amount != amount.to_integral_value():
        yield Fault(path, AMOUNT_NOT_WHOLE, unit=situation.listed("units", unit.code))


def _alike(situation: Situation, one: str, other: str | None) -> bool:
    """Whether two units measure the same: the same unit, or one of the same dimension."""
    first, second = situation.checklist.unit(one), situation.checklist.unit(other)
    return one == other or bool(first and second and first.dimension == second.dimension)
