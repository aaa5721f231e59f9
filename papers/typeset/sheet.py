"""A page to draw on: lines of text, rules and runs of rectangles, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from papers.typeset.style import Style
from papers.typeset.text import Line, set_line


@cache
def _fill(colour: Color) -> str:
    return f"{colour.red:.4f} {colour.green:.4f} {colour.blue:.4f} rg"


class Sheet:
    """Draws on the current page of a canvas. Lengths in points, `y` from the bottom edge."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def line(self, x: float, top: float, line: Line, style: Style) -> None:
        """Draw `line` from `x`, in a row of the style's leading that begins at `top`."""
        y = top - (style.leading + style.size * 0.72) / 2
        out = [_fill(style.colour), "BT"]
        for run in line.runs:
            out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            font = pdfmetrics.getFont(run.font)
            for subset, codes in font.splitString(run.drawn, self.canvas._doc):
                name = font.getSubsetInternalName(subset, self.canvas._doc)
                out.append(f"{name} {style.size:g} Tf <{codes.hex()}> Tj")
            x += run.width
        # The operators themselves: canvas.drawString takes three times as long for the same.
        self.canvas._code.append("\n".join([*out, "ET"]))

    def text(self, x: float, top: float, words: str, style: Style) -> None:
        """Draw `words` on one line from `x`."""
        self.line(x, top, set_line(words, style.size, style.bold), style)

    def text_ending(self, right: float, top: float, words: str, style: Style) -> None:
        """Draw `words` on one line that ends at `right`."""
        line = set_line(words, style.size, style.bold)
        self.line(right - line.width, top, line, style)

    def rule(self, x: float, y: float, width: float, colour: Color, weight: float = 0.5) -> None:
        """Draw a horizontal hairline."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y, x + width, y)

    def box(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        """Fill a rectangle whose lower left corner is at `x`, `y`."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    @contextmanager
    def marked(self, name: str) -> Iterator[None]:
        """Mark the text drawn in this block (ISO 32000-1, 14.6), so that it can be found."""
        # reportlab has no call for marked content; this is the list its own calls append to.
        self.canvas._code.append(f"/{name} BMC")
        yield
        self.canvas._code.append("EMC")
