"""What fields an interception has: read off the blocks once, for all who ask."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.interception.base import Block, Privacy


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a block.

    `kind` is its Python type, or for a list the type of one item; `list_name` the code list and
    `number` the check rule it follows; `many` whether it holds several; `month` whether a month may
    stand for the last day of it.
    """

    name: str
    kind: type[Any]
    many: bool
    list_name: str = ""
    number: str = ""
    privacy: Privacy | None = None
    long: bool = False
    month: bool = False

    @property
    def block(self) -> type[Block] | None:
        """The block the field holds, if it holds one."""
        return self.kind if issubclass(self.kind, Block) else None


def _field(name: str, hint: Any) -> Field:
    extra: dict[str, Any] = {}
    if get_origin(hint) is Annotated:
        hint, *metas = get_args(hint)
        for meta in metas:
            if isinstance(meta, msgspec.Meta) and meta.extra:
                extra.update(meta.extra)
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    many = get_origin(hint) is tuple
    return Field(
        name=name,
        kind=get_args(hint)[0] if many else hint,
        many=many,
        list_name=extra.get("list", ""),
        number=extra.get("number", ""),
        privacy=extra.get("privacy"),
        long=bool(extra.get("long")),
        month=bool(extra.get("month")),
    )


_cache: dict[type[Block], dict[str, Field]] = {}


def fields_of(block: type[Block]) -> dict[str, Field]:
    """The fields of `block` by name, in their written order."""
    if block not in _cache:
        hints = get_type_hints(block, include_extras=True)
        _cache[block] = {name: _field(name, hints[name]) for name in block.__struct_fields__}
    return _cache[block]


def walk(value: Block, path: str = "") -> Iterator[tuple[str, Field, Any]]:
    """Every field of `value` that is not empty, with its path (`goods.0.medicine.lot`).

    A list of codes is one field; blocks are walked into.
    """
    for name, field in fields_of(type(value)).items():
        here = f"{path}.{name}" if path else name
        held = getattr(value, name)
        if field.block is None:
            if held is not None and held != ():
                yield here, field, held
        elif field.many:
            for place, item in enumerate(held):
                yield from walk(item, f"{here}.{place}")
        else:
            yield from walk(held, here)


def field_at(block: type[Block], path: str) -> Field:
    """The field that `path` names below `block`. Raises `KeyError` when there is none."""
    name, *rest = path.split(".")
    field = fields_of(block)[name]
    if rest and field.many and rest[0].isdigit():
        rest = rest[1:]
    if not rest:
        return field
    if field.block is None:
        raise KeyError(path)
    return field_at(field.block, ".".join(rest))
