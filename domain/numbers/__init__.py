"""Identifiers with a check rule. `judge(kind, text)` answers for all of them.

Each file has `judge(text) -> Judgement`, with the source of its rule.
"""

from __future__ import annotations

from domain.numbers import awb, cas, case_number, gtin, imo, iso6346, mrn, s10
from domain.numbers.judgement import Judgement, Verdict

_RULES = {
    "s10": s10.judge,
    "awb": awb.judge,
    "iso6346": iso6346.judge,
    "mrn": mrn.judge,
    "imo": imo.judge,
    "cas": cas.judge,
    "gtin": gtin.judge,
    "case_number": case_number.judge,
}


def judge(kind: str, text: str) -> Judgement:
    """What the rule `kind` says of `text`. Raises `KeyError` for a kind it does not know."""
    return _RULES[kind](text)


def kinds() -> tuple[str, ...]:
    """The kinds of identifier that have a rule."""
    return tuple(_RULES)


__all__ = ["Judgement", "Verdict", "judge", "kinds"]
