"""The fonts of the paper, loaded once when first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from domain.words import mark
from papers.errors import FontMissing
from system.resources import RESOURCES

FOLDER = RESOURCES / "fonts"
LATIN = {False: "NotoSans-Regular", True: "NotoSans-Bold"}
ARABIC = {False: "NotoSansArabic-Regular", True: "NotoSansArabic-Bold"}


@dataclass(frozen=True, slots=True)
class Face:
    """A font by its name in the PDF; `advances` holds widths in thousandths of the size.

    A character that is not in `advances` has no glyph.
    """

    name: str
    advances: dict[int, float]


@cache
def face(name: str) -> Face:
    """The font of that file name in resources/fonts. Raises `FontMissing`."""
    path = FOLDER / f"{name}.ttf"
    try:
        font = TTFont(name, str(path))
    except (TTFError, OSError) as error:
        raise FontMissing(
            mark("the font cannot be read: {cause}"),
            about=str(path),
            hint=mark("Install the program again."),
            cause=error,
        ) from error
    pdfmetrics.registerFont(font)
    glyphs, widths = font.face.charToGlyph, font.face.charWidths
    return Face(name, {code: widths[code] for code in glyphs if code in widths and glyphs[code]})


def latin(bold: bool) -> Face:
    """Latin, Greek and Cyrillic; its figures are all of one width."""
    return face(LATIN[bold])


def arabic(bold: bool) -> Face:
    """Arabic script, with the shaped forms of its letters."""
    return face(ARABIC[bold])
