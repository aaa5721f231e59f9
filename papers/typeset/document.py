"""A paper as any room of `papers/` gives it, and its PDF: the same values give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from papers.typeset.flow import Piece, spread
from papers.typeset.sheet import Sheet
from papers.typeset.style import BOTTOM, INK, MM, PAGE_HEIGHT, PAGE_WIDTH, STRONG, TOP, WHITE
from papers.typeset.text import set_line

# Streams stay binary: writing them as ASCII costs a quarter of the time and of the bytes.
rl_config.useA85 = 0

_RUNNING_HEAD = 22.0
_BAND = 8 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDocument:
    """What is drawn: pieces that flow down A4 pages, and what surrounds them on each page."""

    language: str
    """BCP 47."""
    title: str
    author: str
    subject: str
    pieces: Sequence[Piece]
    draw_first_head: Callable[[Sheet], None]
    """Draws beside the first pieces of the first page, for instance a seal."""
    draw_running_head: Callable[[Sheet], None]
    """Draws at the top of every later page."""
    draw_foot: Callable[[Sheet, int, int], None]
    """Draws below each page; given the number of the page and how many there are."""
    band: str = ""
    """Words in a striped band across the head of each page; empty for none."""


def draw_document(document: PaperDocument) -> bytes:
    """The PDF: A4, fonts embedded as subsets, no date of making in it.

    Raises `FontMissing`. A character that no font has is printed as `[U+4E2D]`.
    """
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang=document.language,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    canvas.setCreator("Tidewaiter")
    sheet = Sheet(canvas)
    pages = spread(document.pieces, TOP, TOP - _RUNNING_HEAD, BOTTOM)
    for number, placed in enumerate(pages, start=1):
        if document.band:
            _draw_band(sheet, document.band)
        if number == 1:
            document.draw_first_head(sheet)
        else:
            document.draw_running_head(sheet)
        for item in placed:
            item.piece.draw(sheet, item.top)
        with sheet.marked("TwFoot"):
            document.draw_foot(sheet, number, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_band(sheet: Sheet, text: str) -> None:
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
    line = set_line(text, STRONG.size, True)
    left = (PAGE_WIDTH - line.width) / 2
    sheet.box(left - 10, low + 3, line.width + 20, _BAND - 6, WHITE)
    sheet.line(left, low + _BAND / 2 + STRONG.leading / 2, line, STRONG)
