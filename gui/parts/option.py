"""A choice as the parts show it, and how typed text finds it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Option:
    """`label` is shown, `detail` beside it in a quieter colour; `search` are further words."""

    code: str
    label: str
    detail: str = ""
    search: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Label, code and further words, ready to be searched: made when first searched."""
        return tuple(fold(word) for word in (self.label, self.code, *self.search))


def fold(text: str) -> str:
    """`text` without case and accents: a gloved hand does not type them."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def find(options: Sequence[Option], text: str, limit: int = 50) -> list[Option]:
    """The options that `text` finds, best first: its code, labels that begin so, words, the rest.

    Among equals the order of `options` stays: the likely ones come first there.
    """
    asked = fold(text.strip())
    if not asked:
        return list(options[:limit])
    ranked = [
        (rank, index) for index, option in enumerate(options) if (rank := _rank(option, asked))
    ]
    return [options[index] for _, index in sorted(ranked)[:limit]]


def _rank(option: Option, asked: str) -> int:
    label, code, *others = option.folded
    if asked == code:
        return 1
    if label.startswith(asked):
        return 2
    words = _words(label)
    if all(any(word.startswith(part) for word in words) for part in asked.split()):
        return 3
    if code.startswith(asked) or any(
        word.startswith(asked) for other in others for word in (other, *_words(other))
    ):
        return 4
    return 5 if asked in label or any(asked in other for other in others) else 0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def matched(label: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where in `label` the parts of `text` begin a word: (from, to), in order, without overlap."""
    folded = fold(label)
    if len(folded) != len(label):
        # A letter that folds into two: the places would be wrong, so nothing is marked.
        return ()
    spans: list[tuple[int, int]] = []
    for part in fold(text).split():
        found = re.search(rf"\b{re.escape(part)}", folded) or re.search(re.escape(part), folded)
        if found and all(found.end() <= a or found.start() >= b for a, b in spans):
            spans.append(found.span())
    return tuple(sorted(spans))
