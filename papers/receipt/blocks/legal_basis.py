"""Block 8: the legal basis of the act."""

from __future__ import annotations

from domain.words import in_language
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section, space
from papers.typeset.style import SMALL, STRONG


def legal_basis(paper: ReceiptPaper) -> list[Piece]:
    """The name of each paragraph, with the text from the pack."""
    pieces: list[Piece] = []
    for code in paper.interception.legal.legal_basis:
        basis = next((b for b in paper.checklist.pack.legal_bases if b.code == code), None)
        if pieces:
            pieces.append(space(3))
        pieces += prose(paper.label("legal_bases", code), STRONG)
        text = in_language(basis.text, paper.language) if basis else ""
        pieces += prose(text, SMALL) if text else []
    return section(paper.word("legal_basis"), pieces)
