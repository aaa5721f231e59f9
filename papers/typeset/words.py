"""Figures, days and times as the paper writes them: fixed forms that need no system locale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.instant import Instant
from domain.words import Say, mark

MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip
_POINT = ("en", "zh")
"""Languages whose decimals follow a point; the others use a comma."""


def figure(value: Decimal | int, language: str) -> str:
    """`value` as written: no rounding, digits grouped by narrow spaces from 10 000 on."""
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    if len(whole) > 4:
        groups: list[str] = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        whole = "\u202f".join(groups)
    point = "." if language.partition("-")[0] in _POINT else ","
    return f"{whole}{point}{decimals}" if decimals else whole


def day(value: date, say: Say) -> str:
    """`23 November 2026`: a day that nobody reads as month and day the other way round."""
    form = say(mark("{day} {month} {year}"))
    return form.format(day=value.day, month=say(MONTHS[value.month - 1]), year=value.year)


def moment(value: Instant) -> str:
    """`2026-11-23 03:12 UTC+01:00`: the same in every language, so that papers can be compared."""
    local = value.local
    sign = "-" if value.offset_minutes < 0 else "+"
    hours, minutes = divmod(abs(value.offset_minutes), 60)
    return f"{local:%Y-%m-%d %H:%M} UTC{sign}{hours:02d}:{minutes:02d}"
