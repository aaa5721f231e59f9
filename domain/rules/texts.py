"""Texts must have no hidden characters, and no line break where one line is expected.

This is checked here and not by the reader of documents, which must also read older signed records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.fault import Fault, FaultKind, Shape
from domain.fields import items_of
from domain.interception.read import HIDDEN_CHARACTER
from domain.rules.names import BADGES
from domain.rules.situation import RecordPart, Situation
from domain.words import mark

_BREAK = re.compile("[\t\n\x85\u2028\u2029]")
_HIDDEN = re.compile("[\x80-\x84\x86-\x9f\u200b\u2060\ufeff]")
"""Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F, U+061C) are part of how Arabic,
Persian and Indian words are written."""


LINE_BREAK = FaultKind(
    "line_break",
    mark("contains a line break or a tab"),
    mark("Write it on one line."),
    shape=Shape.PREDICATE,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault for each text with a hidden character, or with a line break in a one-line field."""
    yield from situation.in_parts(_in_part)


def _in_part(_situation: Situation, part: RecordPart) -> Iterator[Fault]:
    for path, field, value in part.filled:
        # Other types and badges have their own checks.
        if field.value_type is not str or path in BADGES:
            continue
        for index, text in enumerate(map(str, items_of(value))):
            here = f"{path}.{index}" if field.many else path
            hidden = _HIDDEN.search(text)
            if hidden:
                yield Fault(here, HIDDEN_CHARACTER, code=f"{ord(hidden.group()):04X}")
            elif not field.long and _BREAK.search(text):
                yield Fault(here, LINE_BREAK)
