"""Categories of one kind, which differ in their words alone, are asked about as one."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from domain.pack.finding import PackFindings
from domain.pack.model import Category, Pack

OF_A_KIND = (
    "group", "profile", "fields", "units", "dimensions", "contents", "measure", "photos",
    "required", "asked", "other",
)  # fmt: skip
"""What a category says of its goods; a test asks that it is all but words and headings."""


def of_each_kind(pack: Pack, check: Callable[[str, Category], PackFindings]) -> PackFindings:
    """The findings of `check` for all categories, each with its position.

    `check` looks only at `OF_A_KIND`: where it finds nothing, it would find nothing of the others
    of that kind. A pack of thousands of categories has a few dozen kinds.
    """
    kind_of = attrgetter(*OF_A_KIND)
    without: set[object] = set()
    for number, category in enumerate(pack.categories):
        kind = kind_of(category)
        if kind in without:
            continue
        found = list(check(f"$.categories[{number}]", category))
        if not found:
            without.add(kind)
        yield from found
