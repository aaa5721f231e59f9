"""The receipt as a PDF: the same values give the same bytes."""

from __future__ import annotations

import hashlib
import io

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from domain.pack.checklist import in_language
from domain.words import mark
from papers.receipt.blocks import ALWAYS, BLOCKS
from papers.receipt.blocks.title import copy_words, title_of
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, Placed, space, spread
from papers.typeset.qr import draw_code
from papers.typeset.sheet import Sheet
from papers.typeset.style import (
    BOTTOM,
    CAUTION,
    INK,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    SEAL_SIDE,
    SMALL,
    STRONG,
    TINY,
    TOP,
    WHITE,
    WIDTH,
)
from papers.typeset.text import set_line

# Streams stay binary: writing them as ASCII costs a quarter of the time and of the bytes.
rl_config.useA85 = 0

_RUNNING_HEAD = 22.0
_HEAD = SEAL_SIDE + 18
"""The first block below the numbers begins below the seal."""
_BAND = 8 * MM


def render(paper: ReceiptPaper) -> bytes:
    """The PDF of `paper`: A4, fonts embedded as subsets, no date of making in it.

    Raises `FontMissing`. A character that no font has is printed as `[U+4E2D]`.
    """
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang=paper.language,
    )
    canvas.setTitle(f"{title_of(paper)} {paper.receipt_no}")
    canvas.setAuthor(in_language(paper.terms.authority, paper.language))
    canvas.setSubject(paper.seizure_no)
    canvas.setCreator("Tidewaiter")
    sheet = Sheet(canvas)
    pages = spread(_pieces(paper), TOP, TOP - _RUNNING_HEAD, BOTTOM)
    for number, placed in enumerate(pages, start=1):
        _draw_page(sheet, paper, placed, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pieces(paper: ReceiptPaper) -> list[Piece]:
    pieces: list[Piece] = []
    for name, block in BLOCKS.items():
        if name in ALWAYS or paper.prints(name):
            pieces += block(paper)
        if name == "numbers":
            pieces.append(space(max(0.0, _HEAD - sum(piece.height for piece in pieces))))
    return pieces


def _draw_page(
    sheet: Sheet, paper: ReceiptPaper, placed: list[Placed], number: int, count: int
) -> None:
    if paper.practice:
        _band(sheet, paper)
    if number == 1:
        _seal(sheet, paper)
    else:
        _running_head(sheet, paper)
    for item in placed:
        item.piece.draw(sheet, item.top)
    with sheet.marked("TwFoot"):
        _foot(sheet, paper, number, count)


def _seal(sheet: Sheet, paper: ReceiptPaper) -> None:
    if not paper.seal:
        return
    x, y = LEFT + WIDTH - SEAL_SIDE, TOP - SEAL_SIDE
    draw_code(sheet, paper.seal, x, y, SEAL_SIDE)
    words = set_line(paper.say(mark("Electronic seal")), TINY.size)
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


def _band(sheet: Sheet, paper: ReceiptPaper) -> None:
    """Stripes across the head of the page: this paper is from an exercise."""
    canvas, low = sheet.canvas, PAGE_HEIGHT - _BAND
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(0, low, PAGE_WIDTH, _BAND)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(5)
    for index in range(-2, int(PAGE_WIDTH / 14) + 2):
        canvas.line(index * 14, low - 2, index * 14 + _BAND + 4, PAGE_HEIGHT + 2)
    canvas.restoreState()
    words = set_line(paper.say(mark("PRACTICE – not a valid paper")), STRONG.size, True)
    left = (PAGE_WIDTH - words.width) / 2
    sheet.box(left - 10, low + 3, words.width + 20, _BAND - 6, WHITE)
    sheet.line(left, low + _BAND / 2 + STRONG.leading / 2, words, STRONG)
