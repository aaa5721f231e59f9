"""Block 14: which language version rules."""

from __future__ import annotations

from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section
from papers.typeset.style import QUIET

LANGUAGES = {
    "ar": mark("Arabic"),
    "en": mark("English"),
    "es": mark("Spanish"),
    "fr": mark("French"),
    "pt": mark("Portuguese"),
    "ru": mark("Russian"),
    "zh": mark("Chinese"),
}


def language_note(paper: ReceiptPaper) -> list[Piece]:
    """One sentence; the name of the language in the language of the paper."""
    code = paper.terms.ruling_language
    name = LANGUAGES.get(code.partition("-")[0])
    words = paper.say(
        mark("If versions in several languages differ, the one in this language rules: {language}.")
    )
    text = words.format(language=paper.say(name) if name else code)
    return section(paper.say(mark("Language")), prose(text, QUIET))
