"""Block 11: personal property that stays with the person."""

from __future__ import annotations

from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section


def property_left(paper: ReceiptPaper) -> list[Piece]:
    """The property that was not taken."""
    words = paper.interception.legal.property_left
    return section(paper.word("property_left"), prose(words) if words else [])
