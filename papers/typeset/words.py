"""Dates and times in the paper's fixed format, independent of the system locale."""

from __future__ import annotations

from datetime import date

from domain.instant import Instant
from domain.words import Say, mark

MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip


def day(value: date, say: Say) -> str:
    """`23 November 2026`: a format in which day and month cannot be confused."""
    form = say(mark("{day} {month} {year}"))
    return form.format(day=value.day, month=say(MONTHS[value.month - 1]), year=value.year)


def moment(value: Instant) -> str:
    """`2026-11-23 03:12 UTC+01:00`: the same in every language, so that papers can be compared."""
    local = value.local
    sign = "-" if value.offset_minutes < 0 else "+"
    hours, minutes = divmod(abs(value.offset_minutes), 60)
    return f"{local:%Y-%m-%d %H:%M} UTC{sign}{hours:02d}:{minutes:02d}"
