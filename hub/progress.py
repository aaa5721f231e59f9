"""How far long work on all rows and photos of a hub is."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias


class WorkStep(StrEnum):
    """A part of such work; the value is its name on the command line, which speaks English."""

    ROWS = "rows"
    ENTRIES = "entries"
    PHOTOS = "photos"
    RECORDS = "records"


Progress: TypeAlias = Callable[[WorkStep, int, int], None]
"""Told the step, how many are done, and how many there are (0: not known).

It may raise an error, for example `KeyboardInterrupt`, to end the work.
"""


def unheard(_step: WorkStep, _done: int, _total: int) -> None:
    """Nobody wants to know."""
