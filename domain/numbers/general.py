"""Check rules that many kinds of number follow: a pack names one for a field that it adds.

Luhn: ISO/IEC 7812-1, annex B. Modulo 97: ISO/IEC 7064, MOD 97-10, as in an IBAN; letters count from
10 (A) on. Animal transponder: ISO 11784, 15 digits, a country (ISO 3166-1 numeric) or a maker (900
and more) and 12 digits; it has no check digit.
"""

from __future__ import annotations

import re

from domain.numbers.check_digit import CheckRule, check_digit
from domain.numbers.number_check import CheckResult, NumberCheck
from domain.numbers.tidy import tidy

_DIGITS = re.compile(r"[0-9]{2,40}")
_LETTERS_TOO = re.compile(r"[0-9A-Z]{1,40}[0-9]{2}")
_TRANSPONDER = re.compile(r"(?!000)[0-9]{15}")


def luhn(text: str) -> NumberCheck:
    """The result of checking `text`: digits, the last one a check digit."""
    compact = tidy(text)
    if not _DIGITS.fullmatch(compact):
        return NumberCheck(CheckResult.SHAPE, compact)
    return _ending(compact, check_digit(CheckRule.LUHN, compact[:-1]))


def mod97(text: str) -> NumberCheck:
    """The result of checking `text`: letters and digits, the last two check digits."""
    compact = tidy(text)
    if not _LETTERS_TOO.fullmatch(compact):
        return NumberCheck(CheckResult.SHAPE, compact)
    return _ending(compact, check_digit(CheckRule.MOD_97_10, compact[:-2]))


def iso11784(text: str) -> NumberCheck:
    """The result of checking `text`: 15 digits."""
    compact = tidy(text)
    right = bool(_TRANSPONDER.fullmatch(compact))
    return NumberCheck(CheckResult.RIGHT if right else CheckResult.SHAPE, compact)


def _ending(compact: str, expected: str) -> NumberCheck:
    right = compact.endswith(expected)
    result = CheckResult.RIGHT if right else CheckResult.CHECK_DIGIT
    return NumberCheck(result, compact, expected=expected)
