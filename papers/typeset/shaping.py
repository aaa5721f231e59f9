"""Letters that join become the characters that draw them, by HarfBuzz over our own fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import uharfbuzz

from papers.typeset import fonts
from papers.typeset.cluster_font import Cluster, ClusterFont, PlacedGlyph

Span = tuple[int, int]
"""First letter, and the one behind the last."""
JOINERS = "\u200c\u200d"
"""Zero width non-joiner and joiner: they change the letters beside them and are not drawn."""

_HIGHEST, _LOWEST, _BESIDE = 960, -500, 90
"""Units of the font above and below the line, and beside a letter, to which marks are moved at
most, however many stand on it: words and lines stay apart, and `papers.judge` takes none for
covered by the next."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """A stretch of letters from left to right."""

    drawn: str
    """Characters of the font."""
    reads: str
    """What a reader of the PDF finds; several letters of one glyph in the order of docs/seal.md."""
    width: float
    """In thousandths of the size."""


@lru_cache(maxsize=8192)
def shape(letters: str, bold: bool) -> Shaped:
    """Arabic `letters`, given in logical order, joined and with their marks placed."""
    font = fonts.arabic(bold).font
    clusters = list(_clusters(letters, bold, ()))
    if apart := [span for span, each in clusters if _loses_order(each.letters)]:
        clusters = list(_clusters(letters, bold, apart))
    drawn = [_character(each, font) for _, each in clusters]
    reads = ("".join(sorted(font.letters.get(ord(c), c))) for c in drawn)
    return Shaped("".join(drawn), "".join(reads), sum(font.face.charWidths[ord(c)] for c in drawn))


def _loses_order(letters: str) -> bool:
    """Whether the rule of docs/seal.md for letters that one glyph draws would reverse them."""
    drawn = [c for c in letters if unicodedata.category(c) != "Mn"]
    return drawn != sorted(drawn)


def _character(cluster: Cluster, font: ClusterFont) -> str:
    """The font's own character where it has one that means the same, else an added one."""
    [first, *others] = cluster.glyphs
    if not others and (first.right, first.up) == (0, 0):
        for code in font.face.glyphToChar.get(first.glyph, ()):
            if sorted(unicodedata.normalize("NFKC", chr(code))) == sorted(cluster.letters):
                return chr(code)
    return font.character(cluster)


@cache
def _harfbuzz(bold: bool) -> uharfbuzz.Font:
    data = fonts.arabic(bold).font.face._ttf_data
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))


def _clusters(letters: str, bold: bool, apart: Sequence[Span]) -> Iterator[tuple[Span, Cluster]]:
    """What HarfBuzz draws for `letters`, from left to right, and for which of them.

    In the spans of `apart` each letter has its own glyph, without the ligatures of the font.
    """
    font = _harfbuzz(bold)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(letters)
    # Nothing is guessed: the language of the machine would choose other forms of some letters.
    buffer.direction, buffer.script = "rtl", "Arab"
    buffer.flags = (
        uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        | uharfbuzz.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
    )
    # Without kerning each letter has the width of its character, and the lines of a copy break as
    # those of a paper that was drawn without HarfBuzz.
    features: dict[str, bool | list[tuple[int, int, bool]]] = {"kern": False}
    if apart:
        features["rlig"] = [(*span, False) for span in apart]
    uharfbuzz.shape(font, buffer, features)
    end, start = len(letters), len(letters)
    glyphs: list[PlacedGlyph] = []
    pen = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.cluster != start:
            if glyphs:
                yield (start, end), _cluster(font, glyphs, pen, letters[start:end])
                end = start
            glyphs, pen, start = [], 0, info.cluster
        glyphs.append(PlacedGlyph(info.codepoint, pen + position.x_offset, position.y_offset))
        pen += position.x_advance
    if glyphs:
        yield (start, end), _cluster(font, glyphs, pen, letters[start:end])


def _cluster(
    font: uharfbuzz.Font, glyphs: list[PlacedGlyph], advance: int, letters: str
) -> Cluster:
    placed, boxes = [], []
    for each in glyphs:
        extents = font.get_glyph_extents(each.glyph)
        top, bottom = extents.y_bearing, extents.y_bearing + extents.height
        right, up = each.right, each.up
        if (right, up) != (0, 0):
            up = max(min(up, _HIGHEST - top), _LOWEST - bottom)
            room = advance - extents.x_bearing - extents.width + _BESIDE
            right = max(min(right, room), -extents.x_bearing - _BESIDE)
        left = right + extents.x_bearing
        placed.append(PlacedGlyph(each.glyph, right, up))
        boxes.append((left, bottom + up, left + extents.width, top + up))
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = (min(lefts), min(bottoms), max(rights), max(tops))
    meant = "".join(unicodedata.normalize("NFKC", c) for c in letters if c not in JOINERS)
    # Readers take the letters of a glyph for letters from left to right, as they take glyphs.
    return Cluster(tuple(dict.fromkeys(placed)), advance, box, meant[::-1])
