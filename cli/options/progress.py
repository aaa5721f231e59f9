"""Progress of a long command: one line on standard error, written over at a terminal."""

from __future__ import annotations

import sys
from typing import Self

from cli.options.sizes import in_words
from system.installed import at_a_terminal

STEPS = 10
"""Lines for one thing where standard error is no terminal: one for each tenth."""


class Progress:
    """Shows how far something is."""

    def __init__(self) -> None:
        self._live = at_a_terminal(sys.stderr)
        self._last: tuple[str, int] = ("", -1)
        self._width = 0

    def show(self, what: str, done: int, total: int) -> None:
        """`what` is at `done` of `total` bytes."""
        self._print(what, done, total, f"{in_words(min(done, total))} of {in_words(total)}")

    def items(self, what: str, done: int, total: int) -> None:
        """`what` is at the item `done` of `total`."""
        self._print(what, done, total, f"{done} of {total}")

    def _print(self, what: str, done: int, total: int, text: str) -> None:
        parts = 100 if self._live else STEPS
        step = (what, done * parts // total if total else parts)
        if step == self._last:
            return
        self._last = step
        line = f"{what}: {text}"
        if self._live:
            print("\r" + line.ljust(self._width), end="", file=sys.stderr, flush=True)
            self._width = len(line)
        else:
            print(line, file=sys.stderr)

    def clear(self) -> None:
        """Remove the line."""
        if self._live and self._width:
            print("\r" + " " * self._width + "\r", end="", file=sys.stderr, flush=True)
            self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
