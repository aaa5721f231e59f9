"""The base class of small values that never change and are equal when their parts are equal.

They are not dataclasses: msgspec would encode a dataclass as an object, and these are encoded as
their text (`domain.encoding`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import total_ordering
from operator import attrgetter
from typing import Any, ClassVar, Self


@total_ordering
class Value:
    """Frozen, hashable, ordered by its slots in their order; equal only to its own type."""

    __slots__ = ()

    __match_args__: tuple[str, ...] = ()
    """The slots in the order of the constructor's parameters."""

    _read: ClassVar[Callable[[object], object]]
    """Reads the slots: the part itself where there is one, else a tuple. Values are made, compared
    and hashed by the ten thousand, so this and `_write` are made once for each class.
    """
    _write: ClassVar[tuple[Callable[[object, object], None], ...]]
    """Writes each slot, past `__setattr__`."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__match_args__:
            cls._read = attrgetter(*cls.__match_args__)
            cls._write = tuple(getattr(cls, name).__set__ for name in cls.__match_args__)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value in `text` (as `str` writes it). Raises `Malformed` for other text."""
        raise NotImplementedError

    def _hold(self, *parts: object) -> None:
        for write, part in zip(self._write, parts, strict=True):
            write(self, part)

    def _parts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__match_args__)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        cls = type(self)
        return cls is type(other) and bool(cls._read(self) == cls._read(other))

    def __lt__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return bool(self._parts() < other._parts())

    def __hash__(self) -> int:
        cls = type(self)
        return hash((cls, cls._read(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._parts()
