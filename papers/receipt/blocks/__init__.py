"""The blocks of a receipt by name, in the order of the paper, one file each.

A block is a function that returns the pieces for a paper; it returns none when the record has no
data for it. There is no block for detection, concealment, indicators, bulletins or other persons,
so these are never printed.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.pack.checks.paper import PRINTED_ANYWAY
from domain.pack.model import PaperBlock
from papers.receipt.blocks.authority import authority
from papers.receipt.blocks.goods import goods
from papers.receipt.blocks.grounds import grounds
from papers.receipt.blocks.identifiers import identifiers
from papers.receipt.blocks.language_note import language_note
from papers.receipt.blocks.legal_basis import legal_basis
from papers.receipt.blocks.next_steps import next_steps
from papers.receipt.blocks.occasion import occasion
from papers.receipt.blocks.person import person
from papers.receipt.blocks.photos import photos
from papers.receipt.blocks.property_left import property_left
from papers.receipt.blocks.signatures import signatures
from papers.receipt.blocks.title import numbers, title
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece

BLOCKS: dict[PaperBlock, Callable[[ReceiptPaper], list[Piece]]] = {
    PaperBlock.AUTHORITY: authority,
    PaperBlock.TITLE: title,
    PaperBlock.NUMBERS: numbers,
    PaperBlock.OCCASION: occasion,
    PaperBlock.PERSON: person,
    PaperBlock.GOODS: goods,
    PaperBlock.IDENTIFIERS: identifiers,
    PaperBlock.LEGAL_BASIS: legal_basis,
    PaperBlock.GROUNDS: grounds,
    PaperBlock.NEXT_STEPS: next_steps,
    PaperBlock.PROPERTY_LEFT: property_left,
    PaperBlock.PHOTOS: photos,
    PaperBlock.LANGUAGE_NOTE: language_note,
    PaperBlock.SIGNATURES: signatures,
}
ALWAYS = PRINTED_ANYWAY
"""Blocks that a profile cannot switch off: the paper needs them, and the seal covers them."""
