"""Finds the line of a position such as `$.units[3].code` in a JSON text, for error messages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def line_of(text: str, position: str) -> int | None:
    """The line (from 1) on which the value at `position` begins; None when there is no such value.

    `text` is valid JSON; when a key occurs twice, the later one counts.
    """
    found = None
    for here, offset in _values(text):
        if here == position:
            found = text.count("\n", 0, offset) + 1
    return found


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
