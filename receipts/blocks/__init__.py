"""The blocks of a receipt by name, in the order of the paper, one file each.

A block is a function from the paper to its pieces; no pieces means that the record fills nothing
of it. What is not drawn here is not on the paper: nothing about detection, concealment,
indicators, bulletins or other persons has a block.
"""

from __future__ import annotations

from collections.abc import Callable

from receipts.blocks.authority import authority
from receipts.blocks.goods import goods
from receipts.blocks.grounds import grounds
from receipts.blocks.identifiers import identifiers
from receipts.blocks.language_note import language_note
from receipts.blocks.legal_basis import legal_basis
from receipts.blocks.next_steps import next_steps
from receipts.blocks.occasion import occasion
from receipts.blocks.person import person
from receipts.blocks.photos import photos
from receipts.blocks.property_left import property_left
from receipts.blocks.signatures import signatures
from receipts.blocks.title import numbers, title
from receipts.flow import Piece
from receipts.model import ReceiptPaper

BLOCKS: dict[str, Callable[[ReceiptPaper], list[Piece]]] = {
    "authority": authority,
    "title": title,
    "numbers": numbers,
    "occasion": occasion,
    "person": person,
    "goods": goods,
    "identifiers": identifiers,
    "legal_basis": legal_basis,
    "grounds": grounds,
    "next_steps": next_steps,
    "property_left": property_left,
    "photos": photos,
    "language_note": language_note,
    "signatures": signatures,
}
ALWAYS = ("title", "numbers", "goods")
"""Blocks that no profile can switch off: without them the paper says nothing, and the seal vouches
for them."""
