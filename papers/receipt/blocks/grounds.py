"""Block 9: the grounds, in the officer's own words, and the breach for each line."""

from __future__ import annotations

from domain.words import mark
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, prose, section, space
from papers.typeset.style import QUIET


def grounds(paper: ReceiptPaper) -> list[Piece]:
    """The reasons to believe, and the reasons of the checklist with the lines they apply to."""
    pieces: list[Piece] = []
    words = paper.interception.legal.grounds
    if words:
        pieces += prose(words)
    reasons = _reasons(paper)
    if pieces and reasons:
        pieces.append(space(4))
    for text in reasons:
        pieces += prose(text, QUIET)
    return section(paper.word("grounds"), pieces)


def _reasons(paper: ReceiptPaper) -> list[str]:
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(paper.interception.goods, start=1):
        for code in line.reasons:
            lines.setdefault(code, []).append(number)
    if len(paper.interception.goods) == 1:
        return [paper.label("reasons", code) for code in lines]
    form = mark("{reason} (line {lines})", "{reason} (lines {lines})", "count")
    return [
        paper.say(form, len(numbers)).format(
            reason=paper.label("reasons", code), lines=_spans(numbers)
        )
        for code, numbers in lines.items()
    ]


def _spans(numbers: list[int]) -> str:
    """`1–3, 7` for 1, 2, 3, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in spans)
