"""Block 3: the authority and the post, with address and contact."""

from __future__ import annotations

from domain.words import in_language
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, space
from papers.typeset.style import LEFT, LETTERHEAD, SEAL_SIDE, SMALL, WIDTH


def authority(paper: ReceiptPaper) -> list[Piece]:
    """The letterhead."""
    terms, width = paper.terms, WIDTH - SEAL_SIDE - 18
    code = paper.interception.post or ""
    post = paper.checklist.post(code)
    name = f"{in_language(post.name, paper.language)} ({code})" if post else code
    lines = (name, in_language(terms.address, paper.language), terms.contact)
    pieces = prose(in_language(terms.authority, paper.language), LETTERHEAD, LEFT, width)
    for text in lines:
        pieces += prose(text, SMALL, LEFT, width) if text else []
    return [*pieces, space(12)]
