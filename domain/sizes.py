"""Reads sizes in bytes as people write them."""

from __future__ import annotations

import re

UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}


def size_of(text: str) -> int | None:
    """The number of bytes in a text like `700M` or `4 GB` (units of 1,024); None for another."""
    match = re.fullmatch(r"(\d{1,12})\s*([KMGT]?)B?", text.strip().upper())
    return int(match[1]) * UNITS[match[2]] if match else None
