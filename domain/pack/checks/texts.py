"""The characters of a pack: none that is hidden, none that turns what stands around it."""

from __future__ import annotations

import re

from domain.interception.read import HIDDEN, HIDDEN_CHARACTER
from domain.pack.finding import PackFindings, fault
from domain.pack.text import PackText, inside
from domain.words import mark

LINES = ("address", "authority", "claim_address", "hint", "next_steps", "safety", "text")
"""Fields whose words may have several lines."""
_BREAK = re.compile("[\t\n]")
_ANY = re.compile(f"{HIDDEN.pattern}|{_BREAK.pattern}")


def hidden_characters(text: PackText) -> PackFindings:
    """Faults for hidden characters, as in records, and for line breaks in words of one line."""
    # an escape (\u202e) hides one too; without either, the values need no look
    if "\\" not in text.text and not HIDDEN.search(text.text.replace("\r", "")):
        return
    for here, value in inside(text.tree, "$"):
        if isinstance(value, dict):
            for key in value:
                yield from _in_text(f"{here}.{key}", key, several=False)
        elif isinstance(value, str):
            several = any(f".{name}." in here for name in LINES)
            yield from _in_text(here, value, several=several)


def _in_text(position: str, text: str, *, several: bool) -> PackFindings:
    found = _ANY.search(text)
    if found is None:
        return
    hidden = HIDDEN.search(text)
    if hidden:
        yield fault(position, HIDDEN_CHARACTER.what, code=f"{ord(hidden.group()):04X}")
    elif not several:
        yield fault(position, mark("contains a line break or a tab; write it in one line"))
