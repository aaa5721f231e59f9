"""Reads numbers on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from domain.words import Plural, filled


def at_least(least: int) -> Callable[[str], int]:
    """A function for `type=` that reads a whole number of at least `least`."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"must be {least} or more")
        return int(text)

    return read


def counted(number: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`: not translated, because the commands speak English."""
    return filled(Plural(f"{{count}} {one}", f"{{count}} {many}", "count"), {"count": number})


def entries(number: int) -> str:
    """`1 entry`, `2 entries`."""
    return counted(number, "entry", "entries")


def photos(number: int) -> str:
    """`1 photo`, `2 photos`."""
    return counted(number, "photo", "photos")


def papers(number: int) -> str:
    """`1 paper`, `2 papers`."""
    return counted(number, "paper", "papers")
