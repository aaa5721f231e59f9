"""The characters of a pack: none that is hidden, none that turns what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from domain.interception.read import HIDDEN, HIDDEN_CHARACTER
from domain.pack.finding import PackFindings, fault
from domain.pack.text import PackText, inside
from domain.words import mark

LINES = ("address", "authority", "claim_address", "hint", "next_steps", "safety", "text")
"""Fields whose words may have several lines."""
_BREAK = re.compile("[\t\n]")
_ANY = re.compile(f"{HIDDEN.pattern}|{_BREAK.pattern}")
_ESCAPED = re.compile(rb'\\[^"\\]')
"""In JSON that is written anew: a control character, but U+007F, which stands there as itself."""
_TURNING = re.compile(rb"\xe2(\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""In UTF-8: the characters of `HIDDEN` that turn the direction."""


def hidden_characters(text: PackText) -> PackFindings:
    """Faults for hidden characters, as in records, and for line breaks in words of one line."""
    for position, part in _parts(text.tree):
        if not _is_plain(part):
            yield from _in_part(position, part)


def _parts(tree: object) -> Iterator[tuple[str, object]]:
    """The fields of a pack, and of those that are lists each item; with their positions."""
    if not isinstance(tree, dict):
        yield "$", tree
        return
    for key, value in tree.items():
        if isinstance(value, list):
            yield from ((f"$.{key}[{number}]", item) for number, item in enumerate(value))
        else:
            yield f"$.{key}", value
    yield "$", dict.fromkeys(tree)


def _is_plain(value: object) -> bool:
    """Whether no text in the value has a character to look for: most have none, and to ask all of
    them at once takes a hundredth of the time.
    """
    try:
        written = msgspec.json.encode(value)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return False
    return not (_ESCAPED.search(written) or _TURNING.search(written) or b"\x7f" in written)


def _in_part(position: str, part: object) -> PackFindings:
    for here, value in inside(part, position):
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
