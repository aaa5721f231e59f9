"""Block 10: what happens next, until when a claim can be made, and where it goes."""

from __future__ import annotations

from domain.pack.checklist import in_language
from domain.words import mark
from receipts.flow import Piece, pair, prose, section, space
from receipts.model import ReceiptPaper
from receipts.style import STRONG
from receipts.words import day


def next_steps(paper: ReceiptPaper) -> list[Piece]:
    """The deadline as a date, the address for claims, then the words of the authority."""
    say, terms = paper.say, paper.terms
    pieces: list[Piece] = []
    if paper.claim_deadline:
        until = day(paper.claim_deadline, say)
        pieces += pair(say(mark("Claim until")), until, STRONG)
    elif terms.claim_rule:
        runs = say(mark("The period begins on the day after this paper is served."))
        pieces += pair(say(mark("Claim until")), runs)
    address = in_language(terms.claim_address, paper.language)
    pieces += pair(say(mark("Claims go to")), address)
    words = in_language(terms.next_steps, paper.language)
    if words:
        pieces += [space(4)] if pieces else []
        pieces += prose(words)
    return section(say(mark("What happens next")), pieces)
