"""Evidence bags: the number printed on the bag, in the one form in which two of them compare.

Makers print letters and digits, often in groups (`XB 0100001`), and a barcode holds them without
the space. There is no check digit, so equality is all that can be judged.
"""

from __future__ import annotations

from domain.numbers.tidy import tidy


def canonical(text: str) -> str:
    """The bag number without separators, in capitals; two bags are one when these are equal."""
    return tidy(text)
