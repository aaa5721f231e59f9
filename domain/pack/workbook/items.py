"""Several texts in one cell, as people write them: `kg; g`, `latex; "a; b"`.

A text with a semicolon, a quotation mark or a line break stands in quotation marks, which are
doubled in it. Codes may also be parted by commas and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTED = r'"((?:[^"]|"")*)"'
_BY_SEMICOLON = re.compile(rf'\s*(?:{_QUOTED}|([^;\s"][^;\n]*)|)\s*(?:[;\n]|$)')
_BY_ANY = re.compile(rf'[\s,;]*(?:{_QUOTED}|([^\s,;"][^\s,;]*))(?=[\s,;]|$)')
_PLAIN_TEXT = re.compile(r'[^\s;"](?:[^;\n\r]*[^\s;])?')
_PLAIN_CODE = re.compile(r'[^\s,;"][^\s,;]*')


def joined_items(items: Sequence[str], *, spaced: bool) -> str:
    """The texts for one cell; `spaced`: a text may have spaces and commas."""
    plain = _PLAIN_TEXT if spaced else _PLAIN_CODE
    return "; ".join(item if plain.fullmatch(item) else _in_quotes(item) for item in items)


def _in_quotes(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'


def items_in(text: str, *, spaced: bool) -> list[str] | None:
    """The texts in a cell; None when a quotation mark is not closed."""
    pattern, at = _BY_SEMICOLON if spaced else _BY_ANY, 0
    found: list[str] = []
    text = text.strip()
    while at < len(text):
        match = pattern.match(text, at)
        if match is None or match.end() == at:
            rest = text[at:].strip(" \t\n\r,;\u00a0")
            return None if rest else found
        at = match.end()
        if match[1] is not None:
            found.append(match[1].replace('""', '"'))
        elif match[2]:
            found.append(match[2].strip())
    return found
