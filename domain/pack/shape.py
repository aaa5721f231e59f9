"""Compares a pack's JSON with the format: which fields there are, and how each value is written.

`msgspec` reads a pack quicker and stops at the first fault; this names all of them, in words for
who writes the pack, and builds what can be built so that the other rules can be checked too.
"""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.pack import part
from domain.pack.finding import PackFinding, fault, perhaps
from domain.pack.model import Pack
from domain.pack.part import PackPart
from domain.remark import Remark
from domain.words import mark

NO_SUCH_FIELD = mark("the format has no field '{field}' here{perhaps}")
FIELD_IS_MISSING = mark("is missing")
_NEEDED = {
    "words": mark('words by language are needed, like {{"en": "pair"}}; found {found}'),
    "lists": mark("lists by name are needed, in braces {{ }}; found {found}"),
    "parts": mark("parts by name are needed, in braces {{ }}; found {found}"),
    "object": mark("fields in braces {{ }} are needed; found {found}"),
    "list": mark("a list in brackets [ ] is needed; found {found}"),
    "text": mark("text in quotation marks is needed; found {found}"),
    "whole": mark("a whole number is needed; found {found}"),
    "number": mark('a number as text is needed, like "0.001"; found {found}'),
    "yes_no": mark("true or false is needed, without quotation marks; found {found}"),
}
_WRITTEN = {
    part.CODE_PATTERN: mark(
        "'{text}' is not a code: 1 to 40 letters, digits, dots, hyphens or underscores; a letter"
        " or digit first"
    ),
    part.HS_PATTERN: mark(
        "'{text}' is not a heading of the Harmonized System: write it like 3004, 3004.90 or"
        " 3004.90.10"
    ),
    part.POST_PATTERN: mark("'{text}' is not the code of a post: 2 to 6 capitals or digits"),
    part.COUNTRY_PATTERN: mark("'{text}' is not a country: two capitals of ISO 3166-1, like FR"),
    part.ID_PATTERN: mark("'{text}' is not the id of a pack: 2 to 40 capitals, digits or hyphens"),
    part.FIELD_PATTERN: mark(
        "'{text}' is not the code of a field: small letters, digits or underscores; a letter first"
    ),
    part.VERSION_PATTERN: mark("'{text}' is not a version: three numbers, like 1.4.0"),
}
_FOUND = {
    dict: mark("fields in braces"),
    list: mark("a list"),
    bool: mark("true or false"),
    type(None): mark("nothing (null)"),
    int: mark("a number"),
    float: mark("a number"),
    str: mark("text"),
}
_LISTS_AND_PARTS = ("object", "list", "lists", "parts")
_BY_NAME = ("words", "lists", "parts")
_LEAVES: dict[object, str] = {str: "text", bool: "yes_no", int: "whole", Decimal: "number"}
_NOTHING: dict[str, object] = {"list": (), "words": {}, "lists": {}, "parts": {}}
_EMPTY: dict[str, object] = {"text": "", "yes_no": False, "whole": 1, "number": Decimal(1)}


@dataclass(frozen=True, slots=True)
class _Held:
    """What a field holds: a key of `_NEEDED`, and what is inside.

    `pattern`: how a text is written. `part`: of an object. `item`: of each item of a list, of the
    words of each language. `or_less`: null does for an object, text alone for words.
    """

    needed: str
    pattern: str = ""
    part: type[PackPart] | None = None
    item: _Held | None = None
    or_less: bool = False


class PackShape:
    """What could be built of a pack, and the faults of its shape.

    `unjudged` are the positions of values that are not what the pack means. `whole` is false where
    a list or a part is missing: what refers to its content is not judged.
    """

    def __init__(self, tree: object) -> None:
        self.faults: list[PackFinding] = []
        self.unjudged: set[str] = set()
        self.whole = True
        pack = self._part(Pack, tree, "$")
        assert isinstance(pack, Pack)
        self.pack = pack

    def _part(self, kind: type[PackPart], value: object, here: str) -> PackPart:
        """The part with what could be read; what has a fault is empty, or as it is written."""
        built: dict[str, object] = {}
        there = isinstance(value, Mapping)
        if not there:
            self._wrong("object", value, here)
        given: Mapping[str, object] = value if isinstance(value, Mapping) else {}
        required = _required(kind)
        meant = self._unknown(given, _fields(kind), here)
        for name, held in _fields(kind).items():
            if name in given:
                built[name] = self._value(held, given[name], f"{here}.{name}")
            elif name in required:
                self.unjudged.add(f"{here}.{name}")
                if there and name not in meant:
                    self.faults.append(fault(f"{here}.{name}", FIELD_IS_MISSING))
                self.whole &= held.needed not in _LISTS_AND_PARTS
                built[name] = _empty(held)
        return _built(kind, built)

    def _unknown(self, given: Collection[str], fields: Collection[str], here: str) -> set[str]:
        """Faults for fields that the format does not know; returns the fields that were meant."""
        meant: set[str] = set()
        for name in given:
            if name not in fields:
                near = perhaps(name, fields)
                found = fault(f"{here}.{name}", NO_SUCH_FIELD, field=name, perhaps=near)
                self.faults.append(found)
                if isinstance(near, Remark):
                    meant.update(str(field) for _, field in near.values)
        return meant

    def _value(self, held: _Held, value: object, here: str) -> object:
        if held.or_less and value is None and held.needed != "words":
            return None
        if held.part is not None:
            return self._part(held.part, value, here)
        if held.item is not None:
            if held.needed == "list" and isinstance(value, list):
                return tuple(
                    self._value(held.item, item, f"{here}[{number}]")
                    for number, item in enumerate(value)
                )
            if held.needed in _BY_NAME and isinstance(value, Mapping):
                return {
                    key: self._value(held.item, item, f"{here}.{key}")
                    for key, item in value.items()
                }
            if held.or_less and isinstance(value, str):
                return value
        elif (found := _leaf(held.needed, value)) is not None:
            if held.pattern and not re.search(held.pattern, str(found)):
                self.faults.append(fault(here, _WRITTEN[held.pattern], text=value))
            return found
        self._wrong(held.needed, value, here)
        return _empty(held)

    def _wrong(self, needed: str, value: object, here: str) -> None:
        found = f"'{value}'" if isinstance(value, str) else Remark(_FOUND[type(value)])
        self.faults.append(fault(here, _NEEDED[needed], found=found))
        self.whole &= needed not in _LISTS_AND_PARTS


def _leaf(needed: str, value: object) -> object:
    """The value when it is what is needed, else None."""
    if isinstance(value, bool):
        return value if needed == "yes_no" else None
    if needed == "number" and isinstance(value, int | float | str):
        try:
            return Decimal(str(value))  # a number is told by `domain.pack.checks.units`
        except InvalidOperation:
            return None
    wanted = {"text": str, "whole": int}.get(needed)
    return value if wanted is not None and isinstance(value, wanted) else None


def _built(kind: type[PackPart], values: Mapping[str, object]) -> PackPart:
    """The part with these values, by the names that the fields have in the file."""
    names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
    return kind(**{names[name]: value for name, value in values.items()})


@functools.cache
def _fields(kind: type[PackPart]) -> Mapping[str, _Held]:
    """What each field holds, by the name that it has in the file."""
    hints = get_type_hints(kind, include_extras=True)
    return {f.encode_name: _held(hints[f.name]) for f in msgspec.structs.fields(kind)}


@functools.cache
def _required(kind: type[PackPart]) -> frozenset[str]:
    return frozenset(field.encode_name for field in msgspec.structs.fields(kind) if field.required)


def _held(hint: object) -> _Held:
    """What a field of this type holds, as the annotations of `domain.pack.model` are written."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _Held("text", pattern=inside[1].pattern)
    if origin in (Union, types.UnionType):
        (held,) = (_held(part) for part in inside if part not in (str, type(None)))
        return replace(held, or_less=True)
    if origin is tuple:
        return _Held("list", item=_held(inside[0]))
    if origin is dict:
        item = _held(inside[1])
        needed = {"list": "lists", "object": "parts"}.get(item.needed, "words")
        return _Held("words" if item.or_less else needed, item=item)
    if isinstance(hint, type) and issubclass(hint, PackPart):
        return _Held("object", part=hint)
    return _Held(_LEAVES[hint])


def _empty(held: _Held) -> object:
    if held.part is None:
        return _NOTHING.get(held.needed, _EMPTY.get(held.needed))
    fields, required = _fields(held.part), _required(held.part)
    return _built(held.part, {name: _empty(fields[name]) for name in required})
