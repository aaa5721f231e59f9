"""What only the second format has, inside parts that both formats have."""

from __future__ import annotations

from collections.abc import Iterator

from domain.pack.model import LIMITED_LISTS, Pack
from domain.pack.part import PackPart

OF_AN_ACT = ("title", "meaning", "claim_rule", "next_steps")


def inside(pack: Pack) -> Iterator[str]:
    """The positions of what a pack of the first format cannot have."""
    for name in LIMITED_LISTS:
        for number, item in enumerate(getattr(pack, name)):
            if item.only_for:
                yield f"$.{name}[{number}].for"
    for number, basis in enumerate(pack.legal_bases):
        yield from _law(f"$.legal_bases[{number}]", basis, ("acts", *OF_AN_ACT))
    yield from _law("$.paper", pack.paper, ("acts",))
    rule = pack.paper.claim_rule
    if rule is not None:
        yield from _law("$.paper.claim_rule", rule, ("working_days", "calendar"))


def _law(here: str, part: PackPart, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if getattr(part, name):
            yield f"{here}.{name}"
