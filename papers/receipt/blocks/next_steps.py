"""Block 10: what happens next, until when a claim can be made, and where it goes.

It is printed for acts that take goods from somebody: goods that were handed back or destroyed
cannot be claimed. For another act it is printed when the pack has a rule or steps for that act. A
date is printed only when the paper was served and the pack's calendar reaches to it; else the rule
is printed. Where legal bases have different periods, each is named with its law, the one that ends
first before the others.
"""

from __future__ import annotations

from dataclasses import replace

from domain.pack.law import ClaimRule
from domain.words import Say, in_language, mark
from papers.receipt.law import ClaimPeriod, claim_periods, is_claimed, steps
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, prose, section, space
from papers.typeset.style import QUIET, STRONG
from papers.typeset.words import day


def next_steps(paper: ReceiptPaper) -> list[Piece]:
    """The deadlines or their rules, the address for claims, then the words of the authority."""
    if not is_claimed(paper):
        return []
    periods, words = claim_periods(paper), steps(paper)
    pieces: list[Piece] = []
    if len(periods) > 1:
        pieces += prose(paper.word("several_periods"), QUIET)
    for period in periods:
        pieces += [*_named(period.bases), *_period(paper, period)]
    address = in_language(paper.terms.claim_address, paper.language)
    pieces += pair(paper.word("claims_go_to"), address)
    for text, bases in words:
        pieces += [space(4)] if pieces else []
        pieces += [*_named(bases), *prose(text)]
    return section(paper.word("next_steps"), pieces)


def _named(bases: tuple[str, ...]) -> list[Piece]:
    """The laws of what follows; no page ends between them and that."""
    pieces = [piece for basis in bases for piece in prose(basis, STRONG)]
    return [replace(piece, keep=True) for piece in pieces]


def _period(paper: ReceiptPaper, period: ClaimPeriod) -> list[Piece]:
    """The date, or the rule in words: for a paper that is not served."""
    if period.until is not None:
        return pair(paper.word("claim_until"), day(period.until, paper.say), STRONG)
    return _in_words(period.rule, paper.say)


def _in_words(rule: ClaimRule, say: Say) -> list[Piece]:
    last = "working_days" if rule.working_days else "days" if rule.days else "months"
    begins = say(mark("{n}, counted from the day after this paper is served"))
    texts = {
        name: (begins.format(n=number) if name == last else str(number)) if number else ""
        for name, number in (
            ("months", rule.months), ("days", rule.days), ("working_days", rule.working_days)
        )
    }  # fmt: skip
    return [
        *pair(say(mark("Months to claim")), texts["months"]),
        *pair(say(mark("Days to claim")), texts["days"]),
        *pair(say(mark("Working days")), texts["working_days"]),
    ]
