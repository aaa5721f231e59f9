"""Air waybills.

Rule: IATA Resolution 600a, as the Australian Border Force publishes it: three digits for the
airline, seven for the serial, and the serial modulo 7 as check digit. The check digit does not
cover the airline's digits; it detects 93 % of single wrong digits.
"""

from __future__ import annotations

import re

from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

_SHAPE = re.compile(r"([0-9]{3})([0-9]{7})([0-9])")


def check_digit(serial: str) -> str:
    """The check digit for the seven digits of the serial."""
    return str(int(serial) % 7)


def check(text: str) -> NumberCheck:
    """The result of checking `text`; `values`: `airline`, the three digits of the carrier."""
    compact = tidy(text)
    found = _SHAPE.fullmatch(compact)
    if not found:
        return NumberCheck(CheckResult.SHAPE, compact)
    airline, serial, given = found.groups()
    expected = check_digit(serial)
    return NumberCheck(
        CheckResult.RIGHT if given == expected else CheckResult.CHECK_DIGIT,
        compact,
        says=(mark("air waybill"), mark("airline {airline}")),
        values={"airline": airline},
        expected=expected,
    )
