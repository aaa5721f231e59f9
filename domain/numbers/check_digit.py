"""Computes check digits; the only file that uses python-stdnum for them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class CheckRule(StrEnum):
    """A rule for a check digit, by the module of python-stdnum that has it."""

    CAS = "casrn"
    GTIN = "ean"
    IMO = "imo"
    ISO6346 = "iso6346"
    LUHN = "luhn"
    MOD_37_36 = "mod_37_36"
    MOD_97_10 = "mod_97_10"


def check_digit(rule: CheckRule, text: str) -> str:
    """The check digit, letter or digits of `text` by `rule`; `text` is compact and well shaped."""
    # python-stdnum loads ssl and pydoc, 70 ms: only when a number is judged
    from stdnum import casrn, ean, imo, iso6346, luhn
    from stdnum.iso7064 import mod_37_36, mod_97_10  # as above

    rules: dict[CheckRule, Callable[[str], str]] = {
        CheckRule.CAS: casrn.calc_check_digit,
        CheckRule.GTIN: ean.calc_check_digit,
        CheckRule.IMO: imo.calc_check_digit,
        CheckRule.ISO6346: iso6346.calc_check_digit,
        CheckRule.LUHN: luhn.calc_check_digit,
        CheckRule.MOD_37_36: mod_37_36.calc_check_digit,
        CheckRule.MOD_97_10: mod_97_10.calc_check_digits,
    }
    return rules[rule](text)
