"""An option of a choice, and the search for options by typed text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Option:
    """`label` is shown, `detail` beside it in a lighter colour; `search` contains further search
    words.
    """

    code: str
    label: str
    detail: str = ""
    search: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Label, code and search words, folded for the search; made at the first search."""
        return tuple(fold(word) for word in (self.label, self.code, *self.search))

    @cached_property
    def whole(self) -> str:
        """All of that in one text: what is not in it matches nowhere."""
        return "\n".join(self.folded)

    @cached_property
    def words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of the label, and the search words: each as a whole and its words."""
        label, _, *others = self.folded
        found = (word for other in others for word in (other, *_words(other)))
        return tuple(_words(label)), tuple(found)


def fold(text: str) -> str:
    """`text` in one line, without case and accents, which are hard to type with gloves."""
    return bare(in_one_line(text))


def in_one_line(text: str) -> str:
    """`text` with spaces for line breaks."""
    return text.replace("\n", " ").replace("\r", " ")


def bare(text: str) -> str:
    """`text` without case and accents, in as many lines as it has."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    letters = unicodedata.normalize("NFKD", folded)
    for accent in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(accent, "")
    return letters


def find(options: Sequence[Option], text: str, limit: int = 50) -> list[Option]:
    """The options that match `text`, best first: code, beginning of the label, beginning of a word,
    other matches. Equal matches keep the order of `options`, in which likely ones come first.

    Each option is asked for itself; `OptionList.find` is quick with thousands.
    """
    asked = fold(text).strip()
    if not asked:
        return list(options[:limit])
    parts = asked.split()
    ranked = [
        (rank, index)
        for index, option in enumerate(options)
        if all(part in option.whole for part in parts) and (rank := _rank(option, asked, parts))
    ]
    return [options[index] for _, index in sorted(ranked)[:limit]]


def _rank(option: Option, asked: str, parts: Sequence[str]) -> int:
    label, code, *others = option.folded
    if asked == code:
        return 1
    if label.startswith(asked):
        return 2
    if all(begins_word(option, part) for part in parts):
        return 3
    _, other_words = option.words
    if code.startswith(asked) or any(word.startswith(asked) for word in other_words):
        return 4
    return 5 if asked in label or any(asked in other for other in others) else 0


def begins_word(option: Option, part: str) -> bool:
    """Whether a word of the label begins with `part`, which is folded."""
    return any(word.startswith(part) for word in option.words[0])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def matched(label: str, text: str) -> tuple[tuple[int, int], ...]:
    """The ranges (from, to) in `label` where the parts of `text` begin a word, in order, without
    overlap.
    """
    folded = fold(label)
    if len(folded) != len(label):
        # A letter that folds into two letters would shift the ranges, so nothing is marked.
        return ()
    spans: list[tuple[int, int]] = []
    for part in fold(text).split():
        found = re.search(rf"\b{re.escape(part)}", folded) or re.search(re.escape(part), folded)
        if found and all(found.end() <= a or found.start() >= b for a, b in spans):
            spans.append(found.span())
    return tuple(sorted(spans))
