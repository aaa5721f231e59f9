"""The fonts of the paper, loaded once when first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from domain.words import mark
from papers.errors import FontMissing
from papers.typeset.cluster_font import ClusterFont
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
    font: ClusterFont


@cache
def face(name: str) -> Face:
    """The font of that file name in resources/fonts. Raises `FontMissing`."""
    path = FOLDER / f"{name}.ttf"
    try:
        font = ClusterFont(name, str(path))
    except (TTFError, OSError) as error:
        raise FontMissing(
            mark("the font cannot be read: {cause}"),
            about=str(path),
            hint=mark("Install the program again."),
            cause=error,
        ) from error
    pdfmetrics.registerFont(font)
    glyphs, widths = font.face.charToGlyph, font.face.charWidths
    advances = {code: widths[code] for code in glyphs if code in widths and glyphs[code]}
    return Face(name, advances, font)


def latin(bold: bool) -> Face:
    """Latin, Greek and Cyrillic; its figures are all of one width."""
    return face(LATIN[bold])


def arabic(bold: bool) -> Face:
    """Arabic script; `papers.typeset.shaping` joins its letters."""
    return face(ARABIC[bold])
