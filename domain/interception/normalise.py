"""What becomes final is written in one way: identifiers compact, product worked out, HS filled."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from domain.fields import fields_of
from domain.instant import ClockState
from domain.interception.base import Block
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.numbers import bag, check_number
from domain.pack.checklist import Checklist

B = TypeVar("B", bound=Block)


def normalise(interception: Interception, checklist: Checklist, clock: ClockState) -> Interception:
    """`interception` as it is signed: nothing is added that the officer did not see worked out.

    A right identifier and the number of a bag lose their spaces; quantity is packs times units
    where only those were given; the HS code comes from the category when the pack's edition has
    exactly one. `clock` is what was known of the clock when the interception was first recorded.
    An amendment passes that of the first revision, also when it changes the time of the seizure:
    what an officer types later does not come from the clock of that later moment.
    """
    occasion = msgspec.structs.replace(
        interception.occasion,
        clock_state=clock,
        detected_at=interception.occasion.detected_at or interception.occasion.seized_at,
    )
    return msgspec.structs.replace(
        _compact(interception),
        pack=checklist.ref,
        occasion=occasion,
        goods=tuple(_goods_line(line, checklist) for line in interception.goods),
    )


def hs_of(line: GoodsLine, checklist: Checklist) -> str | None:
    """The HS code of a line: as entered, or the one heading that the pack's edition names."""
    category = checklist.category(line.category)
    if line.hs_code or category is None:
        return line.hs_code
    codes = [hs.code for hs in category.hs if hs.edition == checklist.pack.hs_edition]
    return codes[0] if len(codes) == 1 else None


def _goods_line(line: GoodsLine, checklist: Checklist) -> GoodsLine:
    compact = _compact(line)
    return msgspec.structs.replace(
        compact,
        quantity=line.counted,
        hs_code=hs_of(line, checklist),
        bag_no=bag.canonical(line.bag_no) if line.bag_no else None,
    )


def _compact(block: B) -> B:
    changed: dict[str, object] = {}
    for name, field in fields_of(type(block)).items():
        value = getattr(block, name)
        if isinstance(value, Block):
            changed[name] = _compact(value)
        elif field.number and value:
            checked = check_number(field.number, value)
            changed[name] = checked.compact if checked.right else value
    return msgspec.structs.replace(block, **changed)
