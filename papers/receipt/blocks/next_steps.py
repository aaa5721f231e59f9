"""Block 10: what happens next, until when a claim can be made, and where it goes.

It is printed only for acts that take goods from somebody: goods that were handed back or destroyed
cannot be claimed. The date is printed only when the paper was served; else the rule is printed.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.interception.codes import LegalAction
from domain.pack.model import ClaimRule
from domain.words import in_language, mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, pair, prose, section, space
from papers.typeset.style import STRONG
from papers.typeset.words import day

TAKING = (LegalAction.SEIZURE, LegalAction.DETENTION)
"""The acts after which the holder can claim the goods. Only these have texts in a pack."""


def next_steps(paper: ReceiptPaper) -> list[Piece]:
    """The deadline or its rule, the address for claims, then the words of the authority."""
    if paper.interception.legal.action not in TAKING:
        return []
    say, terms = paper.say, paper.terms
    pieces: list[Piece] = []
    if paper.claim_deadline:
        until = day(paper.claim_deadline, say)
        pieces += pair(say(mark("Claim until")), until, STRONG)
    elif terms.claim_rule:
        pieces += _period(say, terms.claim_rule)
    address = in_language(terms.claim_address, paper.language)
    pieces += pair(say(mark("Claims go to")), address)
    words = in_language(terms.next_steps, paper.language)
    if words:
        pieces += [space(4)] if pieces else []
        pieces += prose(words)
    return section(say(mark("What happens next")), pieces)


def _period(say: Callable[[str], str], rule: ClaimRule) -> list[Piece]:
    """The rule in words, for a paper that is not served."""
    months, days = str(rule.months or ""), str(rule.days or "")
    begins = say(mark("{n}, counted from the day after this paper is served"))
    if days:
        days = begins.format(n=days)
    else:
        months = begins.format(n=months)
    return [*pair(say(mark("Months to claim")), months), *pair(say(mark("Days to claim")), days)]
