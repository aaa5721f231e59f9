"""Trade items: GTIN of 8, 12, 13 or 14 digits.

Rule: GS1 General Specifications, check digit modulo 10 with weights 3 and 1 from the right, by
python-stdnum. It finds every single wrong digit.
"""

from __future__ import annotations

import re

from domain.numbers.check_digit import CheckRule, check_digit
from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy
from domain.words import mark

_SHAPE = re.compile(r"[0-9]{8}|[0-9]{12,14}")


def check(text: str) -> NumberCheck:
    """The result of checking `text`; leading zeros are kept, since they are printed on the pack."""
    compact = tidy(text)
    if not _SHAPE.fullmatch(compact):
        return NumberCheck(CheckResult.SHAPE, compact)
    expected = check_digit(CheckRule.GTIN, compact[:-1])
    return NumberCheck(
        CheckResult.RIGHT if compact[-1] == expected else CheckResult.CHECK_DIGIT,
        compact,
        says=(mark("trade item, GTIN-{digits}"),),
        values={"digits": str(len(compact))},
        expected=expected,
    )
