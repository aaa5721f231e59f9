"""Evidence bags: the printed number, in the form in which two bag numbers are compared.

Makers print letters and digits, often in groups (`XB 0100001`), and a barcode holds them without
the space. There is no check digit, so two numbers can only be compared.
"""

from __future__ import annotations

from domain.numbers.tidy import tidy


def canonical(text: str) -> str:
    """The bag number without separators, in capitals; equal numbers mean the same bag."""
    return tidy(text)
