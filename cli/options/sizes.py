"""Reads and prints sizes in bytes."""

from __future__ import annotations

import argparse
import re

UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


def size(text: str) -> int:
    """For `type=`: a number of bytes like 700M or 4G (units of 1,024)."""
    match = re.fullmatch(r"(\d{1,12})([KMGT]?)B?", text.strip().upper())
    if match is None or not int(match[1]):
        raise argparse.ArgumentTypeError("must be a size like 700M or 4G")
    return int(match[1]) * UNITS[match[2]]


def in_words(count: int) -> str:
    """`812 bytes`, `3.1 MB`: of 1,000 each, as sticks are sold."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} bytes"
