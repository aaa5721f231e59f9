"""Blocks 1 and 2: the title of the paper, and its numbers."""

from __future__ import annotations

from domain.interception.codes import LegalAction
from domain.words import mark
from papers.receipt.law import meanings, own_title
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, space
from papers.typeset.sheet import Sheet
from papers.typeset.style import (
    CAUTION,
    LEFT,
    NUMBER,
    QUIET,
    SEAL_SIDE,
    SMALL,
    STRONG,
    TITLE,
    WIDTH,
    Style,
)
from papers.typeset.words import moment

TITLES: dict[str, str] = {
    LegalAction.SEIZURE: mark("Seizure receipt"),
    LegalAction.DETENTION: mark("Detention notice"),
    LegalAction.SAMPLE: mark("Receipt for samples"),
    LegalAction.RELEASE: mark("Release receipt"),
    LegalAction.ABANDONMENT: mark("Receipt for abandoned goods"),
    LegalAction.DESTROYED: mark("Record of destruction"),
}
MEANINGS: dict[str, str] = {
    LegalAction.SEIZURE: mark("The goods listed below were seized and are held by the authority."),
    LegalAction.DETENTION: mark(
        "The goods listed below are detained until the authority has decided."
    ),
    LegalAction.SAMPLE: mark("Samples of the goods listed below were taken for examination."),
    LegalAction.RELEASE: mark("The goods listed below were handed back."),
    LegalAction.ABANDONMENT: mark(
        "The goods listed below were given up to the authority by their holder."
    ),
    LegalAction.DESTROYED: mark(
        "The goods listed below were destroyed under the authority's control."
    ),
}
GENERAL = mark("General receipt")
GENERAL_MEANING = mark("The goods listed below were taken over by the authority.")
NOT_SIGNED = mark("Recorded with a checklist that its operation did not sign.")
_ROOM = WIDTH - SEAL_SIDE - 18


def title_of(paper: ReceiptPaper) -> str:
    """The title of the paper: of the pack, else of the program."""
    return own_title(paper) or paper.say(TITLES.get(paper.interception.legal.action or "", GENERAL))


def title(paper: ReceiptPaper) -> list[Piece]:
    """The title, and a sentence that explains the act."""
    words = MEANINGS.get(paper.interception.legal.action or "", GENERAL_MEANING)
    pieces = prose(title_of(paper), TITLE, LEFT, _ROOM)
    for text in meanings(paper, paper.say(words)):
        pieces += prose(text, QUIET, LEFT, _ROOM)
    return [*pieces, space(8)]


def numbers(paper: ReceiptPaper) -> list[Piece]:
    """Receipt number, seizure number with revision, time of issue, and number of the copy."""
    say = paper.say
    seizure = paper.word("seizure_no")
    if paper.revision > 1:
        seizure += " · " + say(mark("revision {n}")).format(n=paper.revision)
    return [
        _cells(
            (paper.word("receipt_no"), paper.receipt_no, "TwReceipt"),
            (seizure, paper.seizure_no, "TwSeizure"),
            NUMBER,
        ),
        _cells(
            (paper.word("issued"), moment(paper.issued_at), "TwTime"),
            (paper.word("this_paper"), copy_words(paper), ""),
            STRONG,
        ),
        *(prose(say(NOT_SIGNED), CAUTION, LEFT, _ROOM) if _is_unsigned(paper) else ()),
        space(6),
    ]


def _is_unsigned(paper: ReceiptPaper) -> bool:
    """Whether the interception was recorded with a pack that nobody signed."""
    return bool(paper.interception.pack.unsigned)


def _cells(left: tuple[str, str, str], right: tuple[str, str, str], style: Style) -> Piece:
    def draw(sheet: Sheet, top: float) -> None:
        for x, (name, words, tag) in ((LEFT, left), (LEFT + _ROOM / 2, right)):
            sheet.text(x, top, name, SMALL)
            with sheet.marked(tag or "TwCopy"):
                sheet.text(x, top - SMALL.leading, words, style)

    return Piece(SMALL.leading + style.leading + 4, draw)


def copy_words(paper: ReceiptPaper) -> str:
    """`ORIGINAL`, or `COPY 2`."""
    if paper.copy == 1:
        return paper.word("original")
    return paper.say(mark("COPY {n}")).format(n=paper.copy)
