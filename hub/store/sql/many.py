"""Statements about many rows: `IN (?, ?, ...)`, in few lengths, so that they stay prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
LENGTHS = (1, 8, 64, 512)
"""How many values one statement names."""


def pieces(values: Iterable[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """The values, each once, in pieces; each with as many `?` as it has values.

    The last piece is filled up with its last value, which changes nothing in an `IN`.
    """
    rest = list(dict.fromkeys(values))
    while rest:
        piece, rest = rest[: LENGTHS[-1]], rest[LENGTHS[-1] :]
        length = next(each for each in LENGTHS if each >= len(piece))
        piece += piece[-1:] * (length - len(piece))
        yield ", ".join("?" * length), piece
