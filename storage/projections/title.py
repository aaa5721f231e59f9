"""The goods of an interception in one line, as lists show them."""

from __future__ import annotations

import re

from domain.figures import shortest
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from domain.words import in_language

NAMED_LIMIT = 48
"""Characters; a longer text would leave no room for the amount."""


def named(line: GoodsLine) -> str:
    """The officer's words for the goods: description of a catch-all category, then the brand."""
    words = ", ".join(part for part in (line.category_other, line.brand) if part)
    return words if len(words) <= NAMED_LIMIT else f"{words[: NAMED_LIMIT - 1].rstrip()}…"


def goods_name(checklist: Checklist | None, code: str, words: str, language: str) -> str:
    """`Pregabalin · Lyrica`: the category in `language`, then the officer's own words.

    A category that this checklist does not have is shown as its code.
    """
    category = checklist.category(code) if checklist else None
    name = in_language(category.label, language) if category else code
    if category and category.other and words:
        # "Other medicine (name it)" asks for the words that follow.
        name = re.sub(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]$", "", name)
    return " · ".join(part for part in (name, words) if part)


def title_of(interception: Interception, checklist: Checklist | None) -> str:
    """The first goods line in English: category, words, amount, and how many lines follow."""
    if not interception.goods:
        return ""
    line = interception.goods[0]
    parts = [goods_name(checklist, line.category or "", named(line), "en")]
    if line.amount and checklist:
        unit = checklist.unit_words(line.amount.unit, line.amount.value, "en")
        parts.append(f"{shortest(line.amount.value)} {unit}")
    more = f" +{len(interception.goods) - 1}" if len(interception.goods) > 1 else ""
    title = " · ".join(part for part in parts if part) + more
    return " ".join(title.split())  # a line break would look like another interception
