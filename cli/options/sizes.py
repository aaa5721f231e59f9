"""Reads and prints sizes in bytes."""

from __future__ import annotations

import argparse

from domain.sizes import size_of


def size(text: str) -> int:
    """For `type=`: a number of bytes like 700M or 4G (units of 1,024)."""
    found = size_of(text)
    if not found:
        raise argparse.ArgumentTypeError("must be a size like 700M or 4G")
    return found


def in_words(count: int) -> str:
    """`812 bytes`, `3.1 MB`: of 1,000 each, as sticks are sold."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} bytes"
