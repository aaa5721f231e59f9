"""Movement reference numbers of customs declarations.

Rule: European Commission, paper DG XXI/0879/99: year, ISO country, thirteen characters that each
country lays out as it likes, and a check digit: the letters' values of ISO 6346, each place worth
twice the one before, modulo 11, where 10 becomes 0.
"""

from __future__ import annotations

import re

from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

_SHAPE = re.compile(r"([0-9]{2})([A-Z]{2})[A-Z0-9]{13}([0-9])")
_VALUES = {c: v for v, c in enumerate("0123456789A BCDEFGHIJK LMNOPQRSTU VWXYZ") if c != " "}
"""10 to 38 for the letters, without 11, 22 and 33."""


def check_digit(number: str) -> str:
    """The check digit for the first 17 characters."""
    return str(sum(_VALUES[c] << index for index, c in enumerate(number)) % 11 % 10)


def check(text: str) -> NumberCheck:
    """The result of checking `text`; `values`: `country` of the declaration, four-digit `year`."""
    compact = tidy(text)
    found = _SHAPE.fullmatch(compact)
    if not found:
        return NumberCheck(CheckResult.SHAPE, compact)
    year, country, given = found.groups()
    expected = check_digit(compact[:-1])
    return NumberCheck(
        CheckResult.RIGHT if given == expected else CheckResult.CHECK_DIGIT,
        compact,
        says=(mark("declaration of {year}"), mark("lodged in {country}")),
        values={"country": country, "year": f"20{year}"},
        expected=expected,
    )
