"""Numbers as text. A number keeps the digits that the officer wrote: 12.50 kg, never 12.5 kg."""

from __future__ import annotations

from decimal import Context, Decimal

DIGITS_LIMIT = 18
"""Digits before or after the point; a longer number is shown as Python writes it (`1E+999`)."""
TEXT_LIMIT = 40
CALCULATED = Context(prec=64, traps=[])
"""Products of amounts are exact in it. What no officer can have counted (`1E+999999`, only another
program writes it) becomes infinite or no number, and is no error."""
_GROUPED_FROM = 5
"""A number with so many digits before the point, or more, is shown in groups of digits."""
_POINT = ("en", "zh")
"""Languages whose decimals follow a point; the others use a comma."""


def written(value: Decimal | int) -> str:
    """`value` in plain digits with a decimal point, not rounded, its last zeros kept.

    For lists, files and other programs; use `figure` for people.
    """
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > DIGITS_LIMIT:
        return str(value)[:TEXT_LIMIT]
    return f"{number:f}"


def without_zeros(value: Decimal) -> Decimal:
    """`value` without zeros at its end: for calculated values, whose zeros no officer wrote."""
    if not value.is_finite() or abs(value.adjusted()) > CALCULATED.prec:
        return value
    return Decimal(f"{value.normalize(CALCULATED):f}")


def shortest(value: Decimal) -> str:
    """`value` in plain digits without zeros at its end: for seals and calculated values."""
    return f"{value.normalize():f}"


def figure(value: Decimal | int, language: str) -> str:
    """`value` as written, for a reader of `language` (BCP 47).

    Digits are in groups of three with a narrow space from 10 000 on: a comma or a point between
    groups would be read as a decimal sign elsewhere.
    """
    whole, _, decimals = written(value).partition(".")
    if whole.isdecimal() and len(whole) >= _GROUPED_FROM:
        groups: list[str] = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        whole = "\u202f".join(groups)
    point = "." if language.partition("-")[0] in _POINT else ","
    return f"{whole}{point}{decimals}" if decimals else whole
