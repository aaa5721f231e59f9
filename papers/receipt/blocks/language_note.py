"""Block 14: which language version rules."""

from __future__ import annotations

from domain.languages import name_of
from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section
from papers.typeset.style import QUIET


def language_note(paper: ReceiptPaper) -> list[Piece]:
    """One sentence; the name of the language in the language of the paper."""
    ruling = paper.say(name_of(paper.terms.ruling_language))
    words = paper.say(
        mark("If versions in several languages differ, the one in this language rules: {language}.")
    )
    text = words.format(language=ruling)
    return section(paper.word("language_note"), prose(text, QUIET))
