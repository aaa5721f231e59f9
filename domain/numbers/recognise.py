"""Recognises the kind of identifier in a scanned text, to fill the right field."""

from __future__ import annotations

import re

from domain.numbers import awb, cas, gs1, gtin, imo, iso6346, mrn, s10
from domain.numbers.number_check import CheckResult
from domain.numbers.tidy import tidy

_DISTINCT = (("s10", s10.check), ("iso6346", iso6346.check), ("mrn", mrn.check))
"""Kinds with letters and digits: recognised by shape, also when the check digit is wrong."""
_DIGITS_ONLY = (("gtin", gtin.check), ("awb", awb.check))
"""Kinds with digits alone: recognised only when the check digit is right."""


def recognise(text: str) -> tuple[str, ...]:
    """The kinds that `text` can be, the most certain first; () when no kind matches.

    `gs1` is a whole pack label (`gs1.read`); the others are kinds of `domain.numbers.check_number`.
    A ship needs `IMO` before its digits, a substance the hyphens of its number.
    """
    certain: list[str] = []
    perhaps: list[str] = []
    if gs1.read(text) is not None:
        certain.append("gs1")
    for kind, rule in _DISTINCT:
        verdict = rule(text).result
        if verdict is CheckResult.RIGHT:
            certain.append(kind)
        elif verdict is CheckResult.CHECK_DIGIT:
            perhaps.append(kind)
    if tidy(text).startswith("IMO"):
        verdict = imo.check(text).result
        if verdict is not CheckResult.SHAPE:
            (certain if verdict is CheckResult.RIGHT else perhaps).append("imo")
    if re.fullmatch(r"\s*(CAS\W{0,3})?[1-9][0-9]{1,6}-[0-9]{2}-[0-9]\s*", text, re.IGNORECASE):
        (certain if cas.check(text).right else perhaps).append("cas")
    certain += [kind for kind, rule in _DIGITS_ONLY if rule(text).right]
    return tuple(dict.fromkeys(certain + perhaps))
