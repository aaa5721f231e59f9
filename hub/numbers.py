"""The numbers of a record that must be unique: its seizure number, its bags, its postal item."""

from __future__ import annotations

from enum import StrEnum

from domain.fold import Case
from domain.numbers import bag
from domain.numbers.tidy import tidy
from hub.summary import short


class NumberKind(StrEnum):
    """What a number identifies."""

    SEIZURE = "seizure"
    """The seizure number; two workstations with the same number would give the same ones."""
    BAG = "bag"
    """An evidence bag, in the form of `domain.numbers.bag`."""
    ITEM = "item"
    """A postal item (UPU S10); it may be used again after twelve months."""


Used = frozenset[tuple[NumberKind, str]]


def numbers_of(case: Case) -> Used:
    """The numbers of the present revision, in a normal form for comparison."""
    found = case.interception
    item = found.consignment.postal_item_id
    named = [
        (NumberKind.SEIZURE, case.number.strip().upper()),
        (NumberKind.ITEM, tidy(item or "")),
        *((NumberKind.BAG, bag.canonical(line.bag_no or "")) for line in found.goods),
    ]
    return frozenset((kind, short(number)) for kind, number in named if number)
