"""The document of a draft: nested JSON with the values as they were typed, and how it is read.

It has the shape of the blocks of an interception, but nothing in it is checked yet: any value may
stand at any path. The functions here give a caller one kind of value, and the empty one of that
kind where something else stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = (
    str | int | float | bool | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None
)
"""What JSON can say."""
Document: TypeAlias = dict[str, JsonValue]
"""One that the caller may change at its first level."""
DocumentPart: TypeAlias = Mapping[str, JsonValue]
"""A document, or an object in one (a line of goods, a person), that is only read."""


def value_at(document: JsonValue, path: str) -> JsonValue:
    """The value at `path` (`goods.0.medicine.lot`); None when there is none."""
    for part in path.split("."):
        if isinstance(document, dict):  # asked first: `Mapping`, which most are not, costs more
            document = document.get(part)
        elif isinstance(document, list):
            document = document[int(part)] if part.isdigit() and int(part) < len(document) else None
        elif document is not None and isinstance(document, Mapping):
            document = document.get(part)
        else:
            return None
    return document


def is_filled(document: JsonValue, path: str) -> bool:
    """Whether something stands at `path`: no empty text, and no empty list."""
    return value_at(document, path) not in (None, "", [])


def text_at(document: JsonValue, path: str) -> str:
    """The value at `path`, as text."""
    return str(value_at(document, path) or "")


def part_at(document: JsonValue, path: str) -> DocumentPart:
    """The object at `path`."""
    value = value_at(document, path)
    return value if isinstance(value, Mapping) else {}


def parts_at(document: JsonValue, path: str) -> tuple[DocumentPart, ...]:
    """The objects in the list at `path`; an item that is none counts as an empty one."""
    value = value_at(document, path)
    items = value if isinstance(value, list) else ()
    return tuple(item if isinstance(item, Mapping) else {} for item in items)


def texts_at(document: JsonValue, path: str) -> list[str]:
    """The codes in the list at `path`; a single one counts as a list of it."""
    value = value_at(document, path)
    if isinstance(value, list):
        return [str(code) for code in value]
    return [str(value)] if value else []
