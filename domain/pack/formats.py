"""The format of a pack: whether this program reads it, and whether the pack is written in it.

A wrong format makes a fault of nearly every line; so its fault stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.pack.finding import PackFinding, fault
from domain.pack.model import (
    FIRST_FORMAT,
    FORMAT,
    FORMATS,
    LIMITED_LISTS,
    ONLY_IN_FORMAT_2,
    Pack,
)
from domain.pack.part import PackPart
from domain.words import mark

OF_AN_ACT = ("title", "meaning", "claim_rule", "next_steps")
_HERE = "$.format"


def unknown_format(tree: object) -> PackFinding | None:
    """The fault of a JSON file in a format that this program does not read."""
    given = tree.get("format") if isinstance(tree, dict) else None
    if not isinstance(given, str) or given in FORMATS:
        return None
    what = mark("this program reads {format}; the pack is '{other}'")
    return fault(_HERE, what, format=" and ".join(FORMATS), other=given)


def other_format(pack: Pack) -> PackFinding | None:
    """The fault of a pack that is written in another format than it says."""
    if pack.format == FIRST_FORMAT:
        names = tuple(dict.fromkeys(_only_in_the_second(pack)))
        if names:
            what = mark("{names}: only {format} has that; write it here, or leave that out")
            return fault(_HERE, what, names=", ".join(names), format=FORMAT)
    elif pack.categories and all(each.group and not each.profile for each in pack.categories):
        what = mark(
            "the categories have group, as in {first}: write that here, or call it profile in all"
            " of them"
        )
        return fault(_HERE, what, first=FIRST_FORMAT)
    return None


def _only_in_the_second(pack: Pack) -> Iterator[str]:
    """The names of the fields that a pack of the first format cannot have."""
    for part in (pack, *pack.categories):
        yield from (name for name in ONLY_IN_FORMAT_2[type(part)] if getattr(part, name))
    for name in LIMITED_LISTS:
        if any(item.only_for for item in getattr(pack, name)):
            yield "for"
    for basis in pack.legal_bases:
        yield from _filled(basis, ("acts", *OF_AN_ACT))
    yield from _filled(pack.paper, ("acts", "words"))
    if pack.paper.claim_rule is not None:
        yield from _filled(pack.paper.claim_rule, ("working_days", "calendar"))


def _filled(part: PackPart, names: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if getattr(part, name))
