"""Chemical substances: CAS Registry Numbers.

Rule: Chemical Abstracts Service, by python-stdnum: digits times their place from the right, the
last digit of the sum.
"""

from __future__ import annotations

import re

from domain.numbers.check_digit import CheckRule, check_digit
from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

_SHAPE = re.compile(r"(?:CAS(?:NO|RN)?:?)?([1-9][0-9]{1,6})([0-9]{2})([0-9])")


def check(text: str) -> NumberCheck:
    """The result of checking `text`, with or without hyphens; the compact form is `437-38-7`."""
    compact = tidy(text)
    found = _SHAPE.fullmatch(compact)
    if not found:
        return NumberCheck(CheckResult.SHAPE, compact)
    first, second, given = found.groups()
    expected = check_digit(CheckRule.CAS, first + second)
    return NumberCheck(
        CheckResult.RIGHT if given == expected else CheckResult.CHECK_DIGIT,
        f"{first}-{second}-{given}",
        says=(mark("chemical substance"),),
        expected=expected,
    )
