"""Identifiers with a check rule. `check_number(kind, text)` answers for all of them.

Each file has `check(text) -> NumberCheck`, with the source of its rule.
"""

from __future__ import annotations

from domain.numbers import awb, cas, case_number, general, gtin, imo, iso6346, mrn, s10
from domain.numbers.number_check import CheckResult, NumberCheck

_RULES = {
    "s10": s10.check,
    "awb": awb.check,
    "iso6346": iso6346.check,
    "mrn": mrn.check,
    "imo": imo.check,
    "cas": cas.check,
    "gtin": gtin.check,
    "case_number": case_number.check,
    "luhn": general.luhn,
    "mod97": general.mod97,
    "iso11784": general.iso11784,
}


def check_number(kind: str, text: str) -> NumberCheck:
    """The result of checking `text` by the rule `kind`. Raises `KeyError` for an unknown kind."""
    return _RULES[kind](text)


def kinds() -> tuple[str, ...]:
    """The kinds of identifier that have a rule."""
    return tuple(_RULES)


__all__ = ["CheckResult", "NumberCheck", "check_number", "kinds"]
