"""The receipt as a PDF: the same values give the same bytes."""

from __future__ import annotations

import hashlib

from domain.words import in_language, mark
from papers.receipt.blocks import ALWAYS, BLOCKS
from papers.receipt.blocks.title import copy_words, title_of
from papers.receipt.model import ReceiptPaper
from papers.typeset.document import PaperDocument, draw_document
from papers.typeset.flow import Piece, space
from papers.typeset.qr import draw_code
from papers.typeset.sheet import Sheet
from papers.typeset.style import (
    BOTTOM,
    CAUTION,
    LEFT,
    RULE,
    SEAL_SIDE,
    SMALL,
    STRONG,
    TINY,
    TOP,
    WIDTH,
)
from papers.typeset.text import set_line

_HEAD = SEAL_SIDE + 18
"""The first block below the numbers begins below the seal."""


def render(paper: ReceiptPaper) -> bytes:
    """The PDF of `paper`, as `draw_document` makes it. Raises `FontMissing`."""
    return draw_document(
        PaperDocument(
            language=paper.language,
            title=f"{title_of(paper)} {paper.receipt_no}",
            author=in_language(paper.terms.authority, paper.language),
            subject=paper.seizure_no,
            pieces=_pieces(paper),
            draw_first_head=lambda sheet: _seal(sheet, paper),
            draw_running_head=lambda sheet: _running_head(sheet, paper),
            draw_foot=lambda sheet, number, count: _foot(sheet, paper, number, count),
            band=paper.band,
        )
    )


def _pieces(paper: ReceiptPaper) -> list[Piece]:
    pieces: list[Piece] = []
    for name, block in BLOCKS.items():
        if name in ALWAYS or paper.prints(name):
            pieces += block(paper)
        if name == "numbers":
            pieces.append(space(max(0.0, _HEAD - sum(piece.height for piece in pieces))))
    return pieces


def _seal(sheet: Sheet, paper: ReceiptPaper) -> None:
    if not paper.seal:
        return
    x, y = LEFT + WIDTH - SEAL_SIDE, TOP - SEAL_SIDE
    draw_code(sheet, paper.seal, x, y, SEAL_SIDE)
    words = set_line(paper.word("seal"), TINY.size)
    sheet.line(x, y - 6, words, TINY)


def seal_fragment(seal: str) -> str:
    """The first 12 hexadecimal digits of the seal's SHA-256; they link each page to the seal."""
    digits = hashlib.sha256(seal.encode()).hexdigest()
    return " ".join(digits[start : start + 4] for start in (0, 4, 8))


def _running_head(sheet: Sheet, paper: ReceiptPaper) -> None:
    with sheet.marked("TwTitle"):
        sheet.text(LEFT, TOP, title_of(paper), SMALL)
    after = LEFT + set_line(f"{title_of(paper)}  ", SMALL.size).width
    with sheet.marked("TwReceipt"):
        sheet.text(after + 4, TOP + 1.2, paper.receipt_no, STRONG)
    with sheet.marked("TwCopy"):
        sheet.text_ending(LEFT + WIDTH, TOP, copy_words(paper), SMALL)


def _foot(sheet: Sheet, paper: ReceiptPaper, number: int, count: int) -> None:
    say = paper.say
    top = BOTTOM - 8
    sheet.rule(LEFT, top, WIDTH, RULE)
    witness = say(mark("Entry {seq} · {hash}"))
    parts = [witness.format(seq=paper.entry_seq, hash=paper.tip.short)]
    if paper.seal:
        parts.insert(0, say(mark("Seal {hash}")).format(hash=seal_fragment(paper.seal)))
    sheet.text(LEFT, top - 4, " · ".join([paper.receipt_no, *parts]), TINY)
    pages = say(mark("Page {n} of {m}")).format(n=number, m=count)
    sheet.text_ending(LEFT + WIDTH, top - 3.5, pages, SMALL)
    if paper.terms.sample:
        note = say(mark("SAMPLE text: its legal wording is an example and binds nobody."))
        sheet.text(LEFT, top - 15, note, CAUTION)
