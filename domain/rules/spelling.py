"""The form of texts for comparison: without case, accents and hidden characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

INVISIBLE = "Cf"
"""The Unicode category of soft hyphens, joiners and direction marks, which are invisible."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its form for comparison, and its written form."""

    folded: str
    written: str


def folded(text: str) -> str:
    """`text` without case, accents and invisible characters: `José` and `JOSE` are equal."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        char
        for char in plain
        if not unicodedata.combining(char) and unicodedata.category(char) != INVISIBLE
    )


def tokens(text: str) -> list[Token]:
    """The words of `text` in their order."""
    if not text.isascii():
        visible = (char for char in text if unicodedata.category(char) != INVISIBLE)
        text = unicodedata.normalize("NFC", "".join(visible))
    found: list[Token] = []
    for chunk in text.split():
        words = _WORD.findall(folded(chunk))
        written = _WORD.findall(chunk)
        if len(words) != len(written):
            written = words
        found += map(Token, words, written)
    return found


def standing(sought: str, held: list[Token]) -> str | None:
    """The words that together equal `sought`, as written; None when there are none.

    `tel5550101` contains `5550101`: a word ends between a letter and a digit.
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
