"""The columns of a part: `label::en`, `claim_rule.days`, `hs.1.code`.

`::` stands before a key (a language, a plural category), `.` before a field of a part, and parts in
a row are numbered from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.pack.part import PackPart
from domain.pack.workbook.items import joined_items
from domain.pack.workbook.shapes import (
    Keyed,
    Leaf,
    LeafKind,
    PartOf,
    Several,
    Shape,
    attributes,
)

NONE_OF_THEM = ";"
"""An empty list where an empty cell, a field that is left out, says something else."""
KEY = "::"
Step = str | int
"""A field or key, or the number of a part in its row, from 1."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its value in the part, and how the value is written."""

    name: str
    steps: tuple[Step, ...]
    leaf: Leaf


def column_of(shape: Shape, name: str) -> Column | None:
    """The column of that name in a part of this shape, if there is one."""
    found = _at(shape, name)
    return None if found is None else Column(name, *found)


def _at(shape: Shape, rest: str) -> tuple[tuple[Step, ...], Leaf] | None:
    """What `rest` names within a value of this shape; a leaf has no rest."""
    if isinstance(shape, Leaf):
        return None if rest else ((), shape)
    if isinstance(shape, PartOf):
        return _in_part(shape, rest)
    if isinstance(shape, Keyed):
        keys = rest.split(KEY)[1:]
        well = rest.startswith(KEY) and all(keys) and len(keys) <= 1 + shape.again
        return (tuple(keys), shape.item) if well else None
    if not rest.startswith("."):
        return None
    if not shape.keyed:
        number, dot, inside = rest[1:].partition(".")
        if not (dot and number.isascii() and number.isdigit() and int(number) > 0):
            return None
        return _after(int(number), shape.item, inside)
    return _by_key(shape, rest[1:])


def _in_part(shape: PartOf, rest: str) -> tuple[tuple[Step, ...], Leaf] | None:
    for name, inside in shape.fields.items():
        after = rest.removeprefix(name)
        if rest.startswith(name) and (not after or after.startswith((".", KEY))):
            nested = isinstance(inside, PartOf) and after.startswith(".")
            return _after(name, inside, after[1:] if nested else after)
    return None


def _by_key(shape: Several, rest: str) -> tuple[tuple[Step, ...], Leaf] | None:
    """A key may have dots itself: it ends where a field of the part begins."""
    end = rest.find(".")
    while end > 0:
        inside = rest[end:] if isinstance(shape.item, Several) else rest[end + 1 :]
        found = _after(rest[:end], shape.item, inside)
        if found is not None:
            return found
        end = rest.find(".", end + 1)
    return None


def _after(step: Step, shape: Shape, rest: str) -> tuple[tuple[Step, ...], Leaf] | None:
    found = _at(shape, rest)
    return None if found is None else ((step, *found[0]), found[1])


def texts_of(part: PackPart, *, leave_out: Iterable[str] = ()) -> dict[str, str]:
    """What stands in the columns of the part; a field that says what it says anyway is left out."""
    out: dict[str, str] = {}
    left_out = set(leave_out)
    for name, shape in PartOf(type(part)).fields.items():
        field = attributes(type(part))[name]
        value = getattr(part, field.name)
        if name not in left_out and (field.required or not _is_default(field, value)):
            out.update(_texts(shape, value, name))
            if value == () and not field.required:
                out[name] = NONE_OF_THEM
    return out


def _texts(shape: Shape, value: object, name: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if isinstance(shape, Leaf):
        yield name, _text(shape, value)
    elif isinstance(shape, PartOf) and isinstance(value, PackPart):
        inside = texts_of(value) or _every_leaf(value)
        yield from ((f"{name}.{below}", text) for below, text in inside.items())
    elif isinstance(shape, Keyed) and isinstance(value, Mapping):
        for key, item in value.items():
            again = isinstance(item, Mapping)
            below = shape if again else shape.item
            yield from _texts(below, item, f"{name}{KEY}{key}")
    elif isinstance(shape, Several):
        pairs = value.items() if isinstance(value, Mapping) else _numbered(value)
        for key, item in pairs:
            yield from _texts(shape.item, item, f"{name}.{key}")


def _numbered(value: object) -> Iterator[tuple[int, object]]:
    assert isinstance(value, Sequence)
    return enumerate(value, 1)


def _every_leaf(part: PackPart) -> dict[str, str]:
    """A part that says nothing new is there all the same: its plain values are written."""
    values = ((name, shape, getattr(part, attributes(type(part))[name].name))
              for name, shape in PartOf(type(part)).fields.items())  # fmt: skip
    return {
        name: _text(shape, value)
        for name, shape, value in values
        if isinstance(shape, Leaf) and value is not None
    }


def _is_default(field: object, value: object) -> bool:
    factory = getattr(field, "default_factory", None)
    default = factory() if callable(factory) else getattr(field, "default", None)
    return bool(value == default)


def _text(leaf: Leaf, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if leaf.kind in (LeafKind.CODES, LeafKind.TEXTS) and isinstance(value, Sequence):
        return joined_items([str(item) for item in value], spaced=leaf.kind is LeafKind.TEXTS)
    return f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else str(value)


def header_of(
    shape: PartOf, used: Iterable[str], languages: Sequence[str], *, leave_out: Iterable[str] = ()
) -> list[str]:
    """The columns of a sheet: all that a part can have, with a column for each language, and what
    is `used` beyond that, beside its like. Numbered columns, of which there may be many, are last.
    """
    names = [name for name in shape.fields if name not in set(leave_out)]
    names.sort(key=lambda name: isinstance(shape.fields[name], Several))
    given = list(dict.fromkeys(used))
    header: list[str] = []
    for name in names:
        mine = [each for each in given if each == name or each.startswith((f"{name}.", name + KEY))]
        usual = _usual(shape.fields[name], name, languages)
        header += _merged(usual, mine)
    return header


def _merged(usual: Sequence[str], used: Sequence[str]) -> list[str]:
    """The usual columns, then further ones; numbered ones stay together."""
    further = [name for name in used if name not in usual]
    return sorted([*usual, *further], key=_numbers)


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isascii() and part.isdigit())


def _usual(shape: Shape, name: str, languages: Sequence[str]) -> list[str]:
    if isinstance(shape, Leaf):
        return [name]
    if isinstance(shape, Keyed):
        plain = not shape.again or shape.either
        return [f"{name}{KEY}{language}" for language in languages] if plain else []
    if isinstance(shape, PartOf):
        return [
            column
            for below, inside in shape.fields.items()
            for column in _usual(inside, f"{name}.{below}", languages)
        ]
    return [] if shape.keyed else _usual(shape.item, f"{name}.1", languages)
