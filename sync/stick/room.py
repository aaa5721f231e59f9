"""How much a stick has room for."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from storage.exports import Bundle
from sync.stick.parts import LEAST, Part, file_limit
from system.stick import PART, as_stick, expect_writable

RESERVE = 1024**2
"""Bytes that are left free on a stick, for answers."""
NOT_KNOWN = 2**62
Planned = list[tuple[Bundle, Part]]


def room_on(folder: Path) -> int:
    """The bytes that bundles may take on the stick. Raises `StickFailed`, also for a stick that
    cannot be written.
    """
    expect_writable(folder)
    with as_stick(folder / PART):
        found = shutil.disk_usage(folder)
    # some drivers of FAT32 say that the disk has no bytes at all; it is full when a write fails
    return max(0, found.free - RESERVE) if found.total else NOT_KNOWN


def size_of_file(size: int, room: int) -> int:
    """The bytes of one file: at most `size`, and what the stick has room for.

    On a stick that is full nothing is written, so its room says nothing about the files.
    """
    return size if room < LEAST else min(size, room)


def is_divided_again(part: Part, limit: int) -> bool:
    """Whether a bundle that was planned for a larger stick gives some that fit into `limit`."""
    if file_limit(part.size) <= limit:
        return False
    return part.least < part.size and file_limit(part.least) <= limit


def choose(planned: Planned, room: int, is_there: Sequence[str]) -> tuple[Planned, Planned]:
    """Those that fit on the stick together, and the rest; bundles in `is_there` take no room."""
    fit: Planned = []
    rest: Planned = []
    for bundle, part in planned:
        needs = 0 if bundle.id in is_there else file_limit(part.size)
        if needs <= room:
            room -= needs
            fit.append((bundle, part))
        else:
            rest.append((bundle, part))
    return fit, rest
