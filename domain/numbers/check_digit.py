"""Computes check digits; the only file that uses python-stdnum for them."""

from __future__ import annotations

from enum import StrEnum


class CheckRule(StrEnum):
    """A rule for a check digit, by the module of python-stdnum that has it."""

    CAS = "casrn"
    GTIN = "ean"
    IMO = "imo"
    ISO6346 = "iso6346"
    MOD_37_36 = "mod_37_36"


def check_digit(rule: CheckRule, text: str) -> str:
    """The check digit (or letter) of `text` by `rule`; `text` is compact and well shaped."""
    # python-stdnum loads ssl and pydoc, 70 ms: only when a number is judged
    from stdnum import casrn, ean, imo, iso6346
    from stdnum.iso7064 import mod_37_36  # as above

    rules = {
        CheckRule.CAS: casrn,
        CheckRule.GTIN: ean,
        CheckRule.IMO: imo,
        CheckRule.ISO6346: iso6346,
        CheckRule.MOD_37_36: mod_37_36,
    }
    digit: str = rules[rule].calc_check_digit(text)
    return digit
