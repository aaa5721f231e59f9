"""Texts as names and numbers in them are compared: no case, no accents, nothing hidden."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

INVISIBLE = "Cf"
"""The category of soft hyphens, joiners, direction marks: they hide in a word and show nothing."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as it is compared, and as it is written."""

    folded: str
    written: str


def folded(text: str) -> str:
    """Without case, accents and invisible characters, so that `José` and `JOSE` are one name."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        char
        for char in plain
        if not unicodedata.combining(char) and unicodedata.category(char) != INVISIBLE
    )


def tokens(text: str) -> list[Token]:
    """The words of `text` in their order."""
    visible = (char for char in text if unicodedata.category(char) != INVISIBLE)
    found: list[Token] = []
    for chunk in unicodedata.normalize("NFC", "".join(visible)).split():
        words = _WORD.findall(folded(chunk))
        written = _WORD.findall(chunk)
        if len(words) != len(written):
            written = words
        found += map(Token, words, written)
    return found


def standing(sought: str, held: list[Token]) -> str | None:
    """The words that together are `sought`, as they are written; None when there are none.

    `tel5550101` holds the digits `5550101`: a letter beside a digit ends a word.
    """
    joined = "".join(token.folded for token in held)
    ends = {0}
    for token in held:
        ends.add(max(ends) + len(token.folded))
    if sought.isdecimal():
        pairs = pairwise(joined)
        ends |= {at for at, (one, two) in enumerate(pairs, 1) if one.isdigit() != two.isdigit()}
    at = joined.find(sought)
    while at >= 0:
        if at in ends and at + len(sought) in ends:
            return _written(held, at, at + len(sought))
        at = joined.find(sought, at + 1)
    return None


def _written(held: list[Token], start: int, end: int) -> str:
    words, at = [], 0
    for token in held:
        if at < end and at + len(token.folded) > start:
            words.append(token.written)
        at += len(token.folded)
    return " ".join(words)
