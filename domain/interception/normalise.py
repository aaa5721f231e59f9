"""Gives the values of an interception their one written form before it is signed."""

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
from domain.pack.second_amount import second_amount

B = TypeVar("B", bound=Block)


def normalise(interception: Interception, checklist: Checklist, clock: ClockState) -> Interception:
    """`interception` as it is signed; the officer has seen every value that is added here.

    Spaces are removed from a correct identifier and from a bag number. An empty quantity becomes
    packs times units per pack, an empty second amount what the checklist computes of the first. An
    empty HS code is filled when the category has exactly one in the pack's edition. `clock` is the
    state of the clock when the interception was first recorded. An amendment passes the state of
    the first revision, also when it changes the time of the seizure, because an officer types that
    time and no clock gives it.
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
    """The HS code of a line: as entered, else the only one of its category in the edition."""
    category = checklist.category(line.category)
    if line.hs_code or category is None:
        return line.hs_code
    codes = [hs.code for hs in category.hs if hs.edition == checklist.pack.hs_edition]
    return codes[0] if len(codes) == 1 else None


def _goods_line(line: GoodsLine, checklist: Checklist) -> GoodsLine:
    compact = _compact(line)
    second = second_amount(line, checklist) if line.measure is None else line.measured
    return msgspec.structs.replace(
        compact,
        quantity=line.counted,
        measure=second.value if second else line.measure,
        measure_unit=second.unit if second else line.measure_unit,
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
