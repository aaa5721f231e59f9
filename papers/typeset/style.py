"""The one table of sizes, distances and colours of the paper. Points; origin bottom left."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT = 18 * MM
WIDTH = PAGE_WIDTH - 2 * LEFT
TOP = PAGE_HEIGHT - 15.5 * MM
BOTTOM = 23 * MM
LABELS = 33 * MM
"""Width of the column of block titles; the content of a block begins right of it."""
CONTENT = LEFT + LABELS
CONTENT_WIDTH = WIDTH - LABELS
KEYS = 34.5 * MM
"""Width of the column of names inside a block."""
SEAL_SIDE = 37 * MM

INK: Color = HexColor("#16202E")
MUTE: Color = HexColor("#566173")
RULE: Color = HexColor("#C3C9D3")
SOFT: Color = HexColor("#EFF1F5")
WARN: Color = HexColor("#8A5300")
WHITE: Color = HexColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and distance of lines in points."""

    size: float
    leading: float
    bold: bool = False
    colour: Color = INK


BODY = Style(9, 12.5)
STRONG = Style(9, 12.5, bold=True)
QUIET = Style(9, 12.5, colour=MUTE)
BLOCK = Style(8, 12.5, bold=True, colour=MUTE)
SMALL = Style(7.5, 10, colour=MUTE)
DETAIL = Style(8, 10.8)
TINY = Style(6.5, 9, colour=MUTE)
HASH = Style(7.2, 10)
HEAD = Style(7.5, 10, bold=True, colour=MUTE)
LETTERHEAD = Style(11, 14, bold=True)
TITLE = Style(21, 26, bold=True)
NUMBER = Style(11, 15, bold=True)
CAUTION = Style(7.5, 10, bold=True, colour=WARN)
