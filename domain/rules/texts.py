"""Texts hold what they show: no hidden characters, and one line where one line belongs.

Judged here and not where a document is read: what was signed before stays as it was read then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.fault import Fault, FaultKind, Shape
from domain.fields import items_of, walk
from domain.interception.read import HIDDEN_CHARACTER
from domain.rules.names import BADGES
from domain.rules.situation import Situation
from domain.words import mark

_BREAK = re.compile("[\t\n\x85\u2028\u2029]")
_HIDDEN = re.compile("[\x80-\x84\x86-\x9f\u200b\u2060\ufeff]")
"""Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F, U+061C) are part of how Arabic,
Persian and Indian words are written."""


LINE_BREAK = FaultKind(
    "line_break",
    mark("holds a line break or a tab"),
    mark("Write it on one line."),
    shape=Shape.PREDICATE,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault for each text with a hidden character, or with a break in what is one line."""
    for path, field, value in walk(situation.interception):
        if field.value_type is not str or path in BADGES:  # those have a shape of their own
            continue
        for index, text in enumerate(map(str, items_of(value))):
            here = f"{path}.{index}" if field.many else path
            hidden = _HIDDEN.search(text)
            if hidden:
                yield Fault(here, HIDDEN_CHARACTER, code=f"{ord(hidden.group()):04X}")
            elif not field.long and _BREAK.search(text):
                yield Fault(here, LINE_BREAK)
