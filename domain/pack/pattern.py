"""How a pack says what a text looks like: `[A-Z]{2}[0-9]{6}`.

A small part of regular expressions, so that a spreadsheet person can write it, every program reads
it alike, and no text takes long to compare: characters, `.` for any character, sets in brackets,
`\\d` for a digit, and after each of these `?`, `{n}` or `{n,m}`. `|` between two whole shapes means
one of them. A character with another meaning is written with `\\` before it.
"""

from __future__ import annotations

import functools
import re

LONGEST = 200
"""Characters of a pattern, and times that `{n}` may repeat something."""
_ESCAPED = r"\\[^A-Za-z0-9]"
_SET = rf"\[(?:[^\]\\\[^-]|[A-Za-z0-9]-[A-Za-z0-9]|{_ESCAPED})+-?\]"
_ATOM = rf"{_ESCAPED}|\\d|{_SET}|[^\\()\[\]{{}}?*+|^$]"
_TIMES = r"\?|\{\d{1,3}\}|\{\d{1,3},\d{1,3}\}"
_SHAPE = re.compile(rf"(?:(?:{_ATOM})(?:{_TIMES})?)+(?:\|(?:(?:{_ATOM})(?:{_TIMES})?)+)*")
_NUMBER = re.compile(r"\{(\d+)(?:,(\d+))?\}")


def is_pattern(pattern: str) -> bool:
    """Whether `pattern` is written as this format has it."""
    if len(pattern) > LONGEST or not _SHAPE.fullmatch(pattern):
        return False
    for least, most in _NUMBER.findall(pattern):
        if int(most or least) > LONGEST or (most and int(most) < int(least)):
            return False
    return _compiled(pattern) is not None


def fits(pattern: str, text: str) -> bool:
    """Whether the whole `text` looks like `pattern`; a pattern that is none fits every text."""
    compiled = _compiled(pattern)
    return compiled is None or compiled.fullmatch(text) is not None


@functools.lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern, re.ASCII)
    except re.error:
        return None
