"""Which sheets a pack has, read from the model."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from domain.pack.model import Pack
from domain.pack.part import Code, PackPart
from domain.pack.workbook.shapes import Keyed, PartOf, Several, Shape, required
from domain.words import Labels

ABOUT = "about"
"""The first sheet, for people; it is not read."""
SETTINGS = "settings"
CHOICES = "choices"
LIST_NAME = "list_name"
NAME = "name"
VALUE = "value"
LABEL = "label"
_ORDER = (
    SETTINGS, "posts", "dimensions", "units", "categories", "fields", CHOICES, "profiles", "rules",
    "legal_bases", "headings", "paper",
)  # fmt: skip
"""The order of the sheets; what the model has beyond them follows."""


class NamedWords(PackPart, frozen=True, kw_only=True):
    """The words of a row of a sheet of words."""

    label: Labels


class Layout(Enum):
    """How a sheet is read."""

    VALUES = auto()
    """A name and its value in each row."""
    ROWS = auto()
    """A part in each row."""
    LISTS = auto()
    """A part in each row, with the name of its list."""
    WORDS = auto()
    """A name and its words in each row."""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet: `part` is what its rows, or its values, belong to. `fields` of the pack are in it.

    `named` is the field of the pack whose lists, or parts if `single`, have names of their own.
    """

    name: str
    layout: Layout
    part: PartOf
    fields: tuple[str, ...]
    named: str = ""
    single: bool = False
    needed: bool = True


@functools.cache
def sheets_of_a_pack() -> tuple[SheetPlan, ...]:
    """The sheets in their order."""
    shapes, needed = PartOf(Pack).fields, required(Pack)
    lists = [name for name, shape in shapes.items() if _holds_codes(shape)]
    named = [name for name, shape in shapes.items() if _holds_named_codes(shape)]
    plain = [name for name, shape in shapes.items() if _is_setting(shape)]
    found = [
        SheetPlan(SETTINGS, Layout.VALUES, PartOf(Pack), tuple(plain)),
        SheetPlan(CHOICES, Layout.LISTS, PartOf(Code), tuple(lists), "".join(named)),
    ]
    done = {*lists, *named, *plain}
    for name, shape in shapes.items():
        if name not in done:
            found.append(_own_sheet(name, shape, needed=name in needed))
    return tuple(sorted(found, key=_position))


def plans_by_name() -> Mapping[str, SheetPlan]:
    """The sheets by their names."""
    return {plan.name: plan for plan in sheets_of_a_pack()}


def _position(plan: SheetPlan) -> int:
    return _ORDER.index(plan.name) if plan.name in _ORDER else len(_ORDER)


def _own_sheet(name: str, shape: Shape, *, needed: bool) -> SheetPlan:
    if isinstance(shape, PartOf):
        return SheetPlan(name, Layout.VALUES, shape, (name,), needed=needed)
    if isinstance(shape, Keyed):
        return SheetPlan(name, Layout.WORDS, PartOf(NamedWords), (name,), needed=needed)
    assert isinstance(shape, Several), name
    inside = shape.item
    if not shape.keyed:
        assert isinstance(inside, PartOf), name
        return SheetPlan(name, Layout.ROWS, inside, (name,), needed=needed)
    single = isinstance(inside, PartOf)
    part = inside if isinstance(inside, PartOf) else inside.item
    assert isinstance(part, PartOf), name
    return SheetPlan(name, Layout.LISTS, part, (), name, single=single, needed=needed)


def _holds_codes(shape: Shape) -> bool:
    return isinstance(shape, Several) and not shape.keyed and shape.item == PartOf(Code)


def _holds_named_codes(shape: Shape) -> bool:
    return isinstance(shape, Several) and shape.keyed and shape.item == Several(PartOf(Code))


def _is_setting(shape: Shape) -> bool:
    if isinstance(shape, Keyed):
        return not shape.again
    return not isinstance(shape, (PartOf, Several))
