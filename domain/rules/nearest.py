"""Suggests the codes of a list that were probably meant."""

from __future__ import annotations

from difflib import get_close_matches

from domain.pack.checklist import Checklist

SHORT_LIST = 12
"""A list of up to this length is shown completely."""
MOST = 4
MEANT = {"UK": "GB", "EL": "GR", "FX": "FR", "TP": "TL", "EU": "ZZ", "EN": "GB"}
"""Letters that people write for a country, and its code (ISO 3166-1 reserves UK, EL, FX, TP)."""


def nearest(checklist: Checklist, list_name: str, code: str) -> tuple[str, ...]:
    """Codes that resemble `code`, or whose English label does; of a short list all codes."""
    words = {c.code: checklist.label(list_name, c.code, "en") for c in checklist.choices(list_name)}
    if list_name == "countries" and code.upper() in MEANT:
        return (MEANT[code.upper()],)
    if len(words) <= SHORT_LIST:
        return tuple(words)
    asked = code.casefold()[:80]
    by_word = {text.casefold(): held for held, text in words.items()}
    if asked in by_word:
        return (by_word[asked],)
    folded = {held.casefold(): held for held in words}
    found = [folded[near] for near in get_close_matches(asked, folded, MOST, 0.5)]
    found += [by_word[near] for near in get_close_matches(asked, by_word, MOST, 0.7)]
    if len(asked) > 2:
        found += [held for text, held in by_word.items() if asked in text]
    return tuple(dict.fromkeys(found))[:MOST]
