"""The check digit that a rule gives: one door to python-stdnum."""

from __future__ import annotations

from enum import StrEnum


class CheckRule(StrEnum):
    """A way to work a check digit out, by the module of python-stdnum that knows it."""

    CAS = "casrn"
    GTIN = "ean"
    IMO = "imo"
    ISO6346 = "iso6346"
    MOD_37_36 = "mod_37_36"


def check_digit(rule: CheckRule, text: str) -> str:
    """The digit (or letter) that belongs behind `text` by `rule`; `text` is compact and fits it."""
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
