"""An amount: a decimal number that was counted or weighed, and its unit. It is never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Self

from domain.errors import Malformed
from domain.fault import FaultKind, Shape
from domain.figures import shortest
from domain.value import Value
from domain.words import mark

SHAPE = r"\d{1,12}([.,]\d{1,6})?"
THOUSAND_OR_ONE = FaultKind(
    "thousand_or_one", mark("one thousand or one?"), mark("Write 1000 or 1.000, with no comma.")
)
LESS_THAN_ZERO = FaultKind("less_than_zero", mark("must be zero or greater"), shape=Shape.PREDICATE)
TOO_MANY_DECIMALS = FaultKind(
    "too_many_decimals",
    mark("has more than 12 digits before the point, or more than 6 after it"),
    shape=Shape.PREDICATE,
)
NOT_A_NUMBER = FaultKind("not_a_number", mark("not a number"), mark("Write it like 12.5."))
AMOUNT_WITHOUT_UNIT = FaultKind("amount_without_unit", mark("an amount without its unit"))
UNITS_DIFFER = FaultKind("units_differ", mark("{a} and {b} cannot be added"), shape=Shape.SENTENCE)


def read_decimal(text: str) -> Decimal:
    """The number in `text`: digits with one decimal point or comma, zero or greater.

    It has at most 12 digits before the point and 6 after it. Raises `Malformed`; also for `1,000`,
    which means a thousand in one country and one in another.
    """
    text = text.strip().replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"\d{1,3},\d{3}", text) and not text.startswith("0,"):
        raise Malformed(THOUSAND_OR_ONE, about=text)
    if re.fullmatch(r"-\d+([.,]\d+)?", text):
        raise Malformed(LESS_THAN_ZERO, about=text[:80])
    if re.fullmatch(r"\d+([.,]\d+)?", text) and not re.fullmatch(SHAPE, text):
        raise Malformed(TOO_MANY_DECIMALS, about=text[:80])
    if not re.fullmatch(SHAPE, text):
        raise Malformed(NOT_A_NUMBER, about=text[:80])
    return Decimal(text.replace(",", "."))


class Amount(Value):
    """`value` counted in `unit` (a unit code of the pack).

    Amounts with different units cannot be added.
    """

    __slots__ = ("unit", "value")
    __match_args__ = ("value", "unit")
    value: Decimal
    unit: str

    def __init__(self, value: Decimal, unit: str) -> None:
        self._hold(value, unit)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The amount in `text` (`560 capsule`)."""
        number, _, unit = text.strip().partition(" ")
        if not unit:
            raise Malformed(AMOUNT_WITHOUT_UNIT, about=text[:80])
        return cls(read_decimal(number), unit.strip())

    def __str__(self) -> str:
        return f"{shortest(self.value)} {self.unit}"

    def __add__(self, other: Amount) -> Amount:
        if other.unit != self.unit:
            raise Malformed(UNITS_DIFFER, about="", a=self.unit, b=other.unit)
        return Amount(self.value + other.value, self.unit)
