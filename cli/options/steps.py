"""Shows on a terminal how far a long command is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hub.progress import WorkStep

EVERY_SECONDS = 0.2


@contextmanager
def shown_steps() -> Iterator[Callable[[WorkStep, int, int], None]]:
    """A function that shows how many are done, on one line of standard error.

    It shows nothing where standard error is no terminal, as under a timer.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    shown_at = 0.0

    def show(step: WorkStep, done: int, total: int) -> None:
        nonlocal shown_at
        now = time.monotonic()
        if now - shown_at < EVERY_SECONDS and done != total:
            return
        shown_at = now
        of = f" of {total:,}" if total else ""
        print(f"\r\x1b[K{step.value}: {done:,}{of}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
