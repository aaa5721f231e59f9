"""Suggests the codes of a list that were probably meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from domain.pack.checklist import Checklist
from domain.pack.model import labels_of
from domain.words import in_language

SHORT_LIST = 12
"""A list of up to this length is shown completely."""
MOST = 4
MEANT = {"UK": "GB", "EL": "GR", "FX": "FR", "TP": "TL", "EU": "ZZ", "EN": "GB"}
"""Letters that people write for a country, and its code (ISO 3166-1 reserves UK, EL, FX, TP)."""


LONG_LIST = 1000
NEIGHBOURS = 100
"""Of a longer list only so many words before and behind a code, in the order of the alphabet, can
resemble it: to compare it with all of them takes too long for a key."""


@dataclass(frozen=True, slots=True)
class _Folded:
    """The codes of a list by some of their words, in small letters; and the words in order."""

    codes: dict[str, str]
    in_order: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[tuple[str, str]]) -> _Folded:
        codes = {word.casefold(): code for word, code in words}
        return cls(codes, tuple(sorted(codes)))

    def like(self, asked: str, cutoff: float) -> list[str]:
        """The codes with the words that resemble `asked` most, best first."""
        words = self.in_order
        if len(words) > LONG_LIST:
            at = bisect_left(words, asked)
            words = words[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]
        return [self.codes[near] for near in get_close_matches(asked, words, MOST, cutoff)]

    def with_part(self, asked: str) -> Iterator[str]:
        """The codes whose words hold `asked`."""
        return (code for word, code in self.codes.items() if asked in word)


_held: dict[str, tuple[Checklist, tuple[_Folded, _Folded]]] = {}
"""Of each list what was folded last: a draft asks with every key, of the same checklist."""


def nearest(checklist: Checklist, list_name: str, code: str) -> tuple[str, ...]:
    """Codes that resemble `code`, or whose English label does; of a short list all codes."""
    if list_name == "countries" and code.upper() in MEANT:
        return (MEANT[code.upper()],)
    codes, labels = _folded(checklist, list_name)
    if len(codes.codes) <= SHORT_LIST:
        return tuple(codes.codes.values())
    asked = code.casefold()[:80]
    if asked in labels.codes:
        return (labels.codes[asked],)
    found = [*codes.like(asked, 0.5), *labels.like(asked, 0.7)]
    if len(asked) > 2:
        found += islice(labels.with_part(asked), MOST + len(found))
    return tuple(dict.fromkeys(found))[:MOST]


def _folded(checklist: Checklist, list_name: str) -> tuple[_Folded, _Folded]:
    """The codes of a list by themselves and by their English labels."""
    held = _held.get(list_name)
    if held is not None and held[0] is checklist:
        return held[1]
    choices = checklist.choices(list_name)
    made = (
        _Folded.of((choice.code, choice.code) for choice in choices),
        _Folded.of((in_language(labels_of(choice), "en"), choice.code) for choice in choices),
    )
    _held[list_name] = checklist, made
    return made
