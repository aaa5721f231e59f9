"""Finds the lines of positions such as `$.units[3].code` in a JSON text, for error messages."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Collection, Iterator

_SPACE = (" ", "\t", "\n", "\r")
_scan: Callable[[str, int], tuple[object, int]] = json.JSONDecoder().raw_decode
"""Reads the value at an offset; returns it and the offset behind it."""


def lines_of(text: str, positions: Collection[str]) -> dict[str, int]:
    """The line (from 1) on which the value at each position begins.

    A position without a value has the line of the object or list that it would be in; the whole
    text has none. `text` is valid JSON; when a key occurs twice, the later one counts.
    """
    if not positions or not text:
        return {}
    wanted = {position: tuple(above(position)) for position in positions}
    needed = {each for chain in wanted.values() for each in chain}
    offsets = dict(_values(text, needed))
    found: dict[str, int] = {}
    line, counted = 1, 0
    for here, offset in sorted(offsets.items(), key=lambda item: item[1]):
        line += text[counted:offset].count("\n")
        counted = offset
        found[here] = line
    lines = {}
    for position, chain in wanted.items():
        nearest = next((found[each] for each in chain if each in found), None)
        if nearest is not None:
            lines[position] = nearest
    return lines


def above(position: str) -> Iterator[str]:
    """The position, and every one that it is in but the first: `$.a[1].b`, `$.a[1]`, `$.a`."""
    while position not in ("", "$"):
        yield position
        position = position[: max(position.rfind("."), position.rfind("["), 0)]


def _values(text: str, needed: Collection[str]) -> Iterator[tuple[str, int]]:
    """Each value at one of these positions, with its offset; other values are read in one step."""
    holders = {"$"}.union(*([*above(position)][1:] for position in needed))
    around: list[tuple[str, Iterator[int] | None]] = []
    """The objects and lists around `here`; of a list, the numbers of the items that follow."""
    here, at = "$", _behind_space(text, 0)
    while True:
        if here in needed:
            yield here, at
        if here in holders and text[at] in "{[":
            around.append((here, itertools.count() if text[at] == "[" else None))
            at = _behind_space(text, at + 1)
        else:
            at = _behind_space(text, _scan(text, at)[1])
        while around and text[at] in "}]":
            around.pop()
            at = _behind_space(text, at + 1)
        if not around:
            return
        if text[at] == ",":
            at = _behind_space(text, at + 1)
        holder, numbers = around[-1]
        if numbers is not None:
            here = f"{holder}[{next(numbers)}]"
            continue
        key, at = _scan(text, at)
        here = f"{holder}.{key}"
        at = _behind_space(text, _behind_space(text, at) + 1)


def _behind_space(text: str, offset: int) -> int:
    while text[offset : offset + 1] in _SPACE:
        offset += 1
    return offset
