"""Suggests the codes of a list that were probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from domain.pack.checklist import Checklist

SHORT_LIST = 12
"""A list of up to this length is shown completely."""
MOST = 4
MEANT = {"UK": "GB", "EL": "GR", "FX": "FR", "TP": "TL", "EU": "ZZ", "EN": "GB"}
"""Letters that people write for a country, and its code (ISO 3166-1 reserves UK, EL, FX, TP)."""


LONG_LIST = 1000
"""In a longer list, what resembles a code begins with the same letter: all of it takes too long."""


Folded = tuple[dict[str, str], dict[str, str]]
_held: dict[str, tuple[Checklist, Folded]] = {}
"""Of each list what was folded last: a draft asks with every key, of the same checklist."""


def nearest(checklist: Checklist, list_name: str, code: str) -> tuple[str, ...]:
    """Codes that resemble `code`, or whose English label does; of a short list all codes."""
    if list_name == "countries" and code.upper() in MEANT:
        return (MEANT[code.upper()],)
    codes, labels = _folded(checklist, list_name)
    if len(codes) <= SHORT_LIST:
        return tuple(codes.values())
    asked = code.casefold()[:80]
    if asked in labels:
        return (labels[asked],)
    found = [codes[near] for near in get_close_matches(asked, _likely(codes, asked), MOST, 0.5)]
    found += [labels[near] for near in get_close_matches(asked, _likely(labels, asked), MOST, 0.7)]
    if len(asked) > 2:
        found += [held for text, held in labels.items() if asked in text]
    return tuple(dict.fromkeys(found))[:MOST]


def _folded(checklist: Checklist, list_name: str) -> Folded:
    """The codes of a list, by the code and by the English label, both in small letters."""
    held = _held.get(list_name)
    if held is not None and held[0] is checklist:
        return held[1]
    codes = [choice.code for choice in checklist.choices(list_name)]
    label = checklist.label
    made = (
        {code.casefold(): code for code in codes},
        {label(list_name, code, "en").casefold(): code for code in codes},
    )
    _held[list_name] = checklist, made
    return made


def _likely(words: dict[str, str], asked: str) -> Iterable[str]:
    if len(words) <= LONG_LIST:
        return words
    return [word for word in words if word[:1] == asked[:1]]
