"""Ships: the IMO number of seven digits, which a hull keeps for life.

Rule: IMO number scheme, by python-stdnum: digits times 7 to 2, the last digit of the sum. Finds
most single wrong digits. Real ships with a wrong check digit exist, so a caller warns and does not
refuse.
"""

from __future__ import annotations

import re

from domain.numbers.check_digit import CheckRule, check_digit
from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

_SHAPE = re.compile(r"(?:IMO(?:NO)?:?)?([0-9]{6})([0-9])")


def check(text: str) -> NumberCheck:
    """The result of checking `text`, with or without `IMO` before it; compact: only digits."""
    compact = tidy(text)
    found = _SHAPE.fullmatch(compact)
    if not found:
        return NumberCheck(CheckResult.SHAPE, compact)
    serial, given = found.groups()
    expected = check_digit(CheckRule.IMO, serial)
    return NumberCheck(
        CheckResult.RIGHT if given == expected else CheckResult.CHECK_DIGIT,
        serial + given,
        says=(mark("ship"),),
        expected=expected,
    )
