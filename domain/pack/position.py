"""Finds the lines of positions such as `$.units[3].code` in a JSON text, for error messages."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def lines_of(text: str, positions: Collection[str]) -> dict[str, int]:
    """The line (from 1) on which the value at each position begins.

    A position without a value has the line of the object or list that it would be in; the whole
    text has none. `text` is valid JSON; when a key occurs twice, the later one counts.
    """
    if not positions:
        return {}
    wanted = {position: tuple(above(position)) for position in positions}
    needed = {each for chain in wanted.values() for each in chain}
    found: dict[str, int] = {}
    line, counted = 1, 0
    for here, offset in _values(text):
        if here in needed:
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


def _values(text: str) -> Iterator[tuple[str, int]]:
    """Every value with its position and offset, in the order of the text."""
    steps: list[str | int] = []
    key: str | None = None
    for token in _TOKEN.finditer(text):
        mark, offset = token.group(), token.start()
        if mark == ",":
            if isinstance(steps[-1], int):
                steps[-1] += 1
            else:
                key = None
        elif mark in "}]":
            steps.pop()
        elif mark == ":":
            steps[-1] = key or ""
        elif steps and isinstance(steps[-1], str) and key is None:
            key = json.loads(mark)
        else:
            yield _written(steps), offset
            if mark in "{[":
                steps.append("" if mark == "{" else 0)
                key = None


def _written(steps: list[str | int]) -> str:
    return "$" + "".join(f"[{x}]" if isinstance(x, int) else f".{x}" for x in steps)
