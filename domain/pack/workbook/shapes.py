"""What the fields of a pack hold, read from the model: the workbook has no list of its own.

A field that the model gets is carried by the workbook without a change here, as long as it holds
what another field holds already.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.pack.part import PackPart

DAYS = ("valid_from", "valid_to", "control_as_of", "until")
"""Fields that hold a day as text."""
CODES = (
    "required", "asked", "freed", "languages", "blocks", "dimensions", "for", "one_of", "weekend",
    "holidays",
)  # fmt: skip
"""Fields that hold several codes or days, which have no spaces in them."""


class LeafKind(Enum):
    """How one value is written."""

    TEXT = auto()
    DAY = auto()
    YES_NO = auto()
    WHOLE = auto()
    NUMBER = auto()
    CODES = auto()
    """Several texts without spaces."""
    TEXTS = auto()
    """Several texts."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value: one cell. `pattern`: how each text of it is written, if the model says so."""

    kind: LeafKind
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Values by key, like words by language; a value may be keyed `again`, or `either`."""

    item: Leaf
    again: bool = False
    either: bool = False


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part: a field for each of its names in the file."""

    part: type[PackPart]
    optional: bool = False

    @property
    def fields(self) -> Mapping[str, Shape]:
        """What each field holds, by its name in the file."""
        return _fields(self.part)


@dataclass(frozen=True, slots=True)
class Several:
    """Parts in a row, or parts by key."""

    item: PartOf | Several
    keyed: bool = False


Shape = Leaf | Keyed | PartOf | Several


@functools.cache
def _fields(part: type[PackPart]) -> Mapping[str, Shape]:
    hints = get_type_hints(part, include_extras=True)
    return {
        field.encode_name: _shape(hints[field.name], field.encode_name)
        for field in msgspec.structs.fields(part)
    }


@functools.cache
def attributes(part: type[PackPart]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The fields by their names in the file, each with its default."""
    return {field.encode_name: field for field in msgspec.structs.fields(part)}


def required(part: type[PackPart]) -> frozenset[str]:
    """The names of fields that must be there."""
    return frozenset(name for name, field in attributes(part).items() if field.required)


_LEAVES: Mapping[object, LeafKind] = {
    str: LeafKind.TEXT,
    bool: LeafKind.YES_NO,
    int: LeafKind.WHOLE,
    Decimal: LeafKind.NUMBER,
}


def _shape(hint: object, name: str) -> Shape:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Leaf(LeafKind.TEXT, inside[1].pattern)
    if origin in (Union, types.UnionType):
        return _of_either([_shape(each, name) for each in inside if each is not type(None)], name)
    if origin is tuple:
        item = _shape(inside[0], name)
        if isinstance(item, Leaf):
            coded = item.pattern or name in CODES
            return Leaf(LeafKind.CODES if coded else LeafKind.TEXTS, item.pattern)
        assert isinstance(item, PartOf), name
        return Several(item)
    if origin is dict:
        item = _shape(inside[1], name)
        if isinstance(item, Leaf):
            return Keyed(item)
        if isinstance(item, Keyed):
            return Keyed(item.item, again=True, either=item.either)
        return Several(item, keyed=True)
    if isinstance(hint, type) and issubclass(hint, PackPart):
        return PartOf(hint)
    kind = LeafKind.DAY if name in DAYS else _LEAVES[hint]
    return Leaf(kind)


def _of_either(held: list[Shape], name: str) -> Shape:
    """The shape of a union: a part or nothing, a value or nothing, words or words by category."""
    if len(held) == 1:
        (only,) = held
        return PartOf(only.part, optional=True) if isinstance(only, PartOf) else only
    keyed = [each for each in held if isinstance(each, Keyed)]
    assert (len(held), len(keyed)) == (2, 1), name
    return Keyed(keyed[0].item, again=True, either=True)
