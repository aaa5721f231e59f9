"""Converts values to JSON and back; every room uses these functions."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from domain.document import Document
from domain.errors import Malformed
from domain.value import Value

T = TypeVar("T")


def _to_text(value: object) -> str:
    if isinstance(value, Value):
        return str(value)
    raise NotImplementedError(f"no text form for {type(value).__name__}")


def _from_text(kind: type, value: object) -> object:
    if isinstance(kind, type) and issubclass(kind, Value):
        if not isinstance(value, str):
            raise ValueError(f"{type(value).__name__} where text belongs")
        return kind.parse(value)
    raise NotImplementedError(f"no value of {kind} from {type(value).__name__}")


def to_json(value: object) -> bytes:
    """`value` as UTF-8 JSON; ids, instants and amounts as their text."""
    return msgspec.json.encode(value, enc_hook=_to_text)


def from_json(data: bytes, kind: type[T]) -> T:
    """The value of type `kind` in the JSON.

    Raises `msgspec.ValidationError` or `msgspec.DecodeError`.
    """
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_from_text)
    except Malformed as error:
        raise msgspec.ValidationError(str(error)) from error
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deeply") from error


def to_plain(value: msgspec.Struct) -> Document:
    """`value` as dictionaries, lists, text and numbers, as its JSON has them."""
    return msgspec.json.decode(to_json(value), type=dict)


def from_plain(value: object, kind: type[T]) -> T:
    """The value of type `kind` in plain dictionaries and lists.

    Raises `msgspec.ValidationError`.
    """
    return msgspec.convert(value, type=kind, dec_hook=_from_text)
