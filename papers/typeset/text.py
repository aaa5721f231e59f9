"""Turns text into lines to draw: cleaned, shaped, broken, ordered, each run with its font.

Words are measured as they are drawn and broken in logical order, then each line is put into visual
order (Unicode Annex 9), then its letters are joined. Numbers and Latin identifiers inside Arabic
text are isolated first, else `2026-000123` would be reversed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bidi import get_display

from papers.typeset import fonts
from papers.typeset.fonts import Face
from papers.typeset.shaping import JOINERS, Shaped, shape

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_TURNED_STRETCH = re.compile(
    f"{_RIGHT_TO_LEFT.pattern}(?:[^A-Za-z0-9\u00c0-\u024f]*{_RIGHT_TO_LEFT.pattern})?"
)
_WORD = r"[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f./:\-]*"
_PHRASE = re.compile(rf"\](?P<code>U\+[0-9A-F]{{4,6}})\[|{_WORD}(?: {_WORD})*")
"""Latin words in a mirrored line, or the code of a character without a glyph."""
_CODE = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
"""What `visible` writes for a character that no font draws."""
_LONGEST_CODE = len("[U+10FFFF]")
_LEFT, _RIGHT, _END = "\u2066", "\u2067", "\u2069"
_MIRROR = str.maketrans("()[]{}<>\u00ab\u00bb", ")(][}{><\u00bb\u00ab")
_UNSEEN = frozenset("CcCfCsCoCnZlZp"[i : i + 2] for i in range(0, 14, 2))
_JOINED = re.compile(
    "([\u0610-\u061a\u061e-\u065f\u066e-\u06dc\u06df-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
    f"\ufb50-\ufdff\ufe70-\ufefc{JOINERS}]+)"
)
"""Letters and marks that are drawn together: no figures, spaces and brackets."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws."""

    font: str
    text: str
    """What a reader of the PDF finds, from left to right."""
    width: float
    """In points."""
    drawn: str
    """The characters of the font: `text`, or others where letters are joined."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its runs from left to right."""

    runs: tuple[Run, ...]
    width: float


def clean(text: str) -> str:
    """`text` without control, override and other invisible characters.

    Line feeds stay, tabulators become spaces, letters and their marks are composed (NFC).
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        c for c in text if c == "\n" or c in JOINERS or unicodedata.category(c) not in _UNSEEN
    )


@lru_cache(maxsize=4096)
def set_lines(text: str, size: float, width: float, bold: bool = False) -> tuple[Line, ...]:
    """The lines of `text` at `size` points, none wider than `width` points; at least one."""
    lines: list[Line] = []
    for paragraph in clean(text).split("\n"):
        lines += _paragraph(paragraph.strip(), size, width, bold)
    return tuple(lines)


def set_line(text: str, size: float, bold: bool = False) -> Line:
    """`text` on one line, however long."""
    return set_lines(text.replace("\n", " "), size, float("inf"), bold)[0]


def _paragraph(text: str, size: float, width: float, bold: bool) -> list[Line]:
    turned = bool(_RIGHT_TO_LEFT.search(text))
    text = visible(text)
    broken = _break(text, size, width, bold)
    if turned:
        broken = [_in_eye_order(line, text) for line in broken]
    return [_runs(line, size, bold) for line in broken]


def visible(text: str) -> str:
    """`text` with each character that no font draws written as `[U+4E2D]`: never dropped."""
    known = fonts.latin(False).advances
    if all(ord(c) in known for c in text):
        return text
    also = fonts.arabic(False).advances
    return "".join(
        c if ord(c) in known or ord(c) in also or c == "\n" else f"[U+{ord(c):04X}]" for c in text
    )


def _break(text: str, size: float, width: float, bold: bool) -> list[str]:
    """`text` broken into lines at spaces, or inside a word that is longer than a line."""
    lines: list[str] = []
    line, used = "", 0.0
    space = _measure(" ", bold) * size
    for word in text.split(" "):
        wide = _measure(word, bold) * size
        if line and used + space + wide <= width:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        line, used = word, wide
        while used > width and len(line) > 1:
            fits = _fitting(line, size, width, bold)
            lines.append(line[:fits])
            line = line[fits:]
            used = _measure(line, bold) * size
    return [*lines, line]


def _fitting(word: str, size: float, width: float, bold: bool) -> int:
    """How many characters of `word`, which is wider than `width`, fit into it; at least one."""
    if _RIGHT_TO_LEFT.search(word):
        return _before_code(word, max(1, _joined_fitting(word, size, width, bold)))
    used = 0.0
    for index, character in enumerate(word):
        used += _measure(character, bold) * size
        if used > width:
            return _before_code(word, max(1, index))
    return len(word)


def _joined_fitting(word: str, size: float, width: float, bold: bool) -> int:
    """The same where a letter takes its width from the letters beside it, by halving."""
    fits, too_many = 0, len(word)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if _measure(word[:middle], bold) * size <= width:
            fits = middle
        else:
            too_many = middle
    return fits


def _before_code(word: str, index: int) -> int:
    """`index`, or the start of a code that `index` would cut, unless the code fills the line."""
    for found in _CODE.finditer(word, max(0, index - _LONGEST_CODE), index + _LONGEST_CODE):
        if found.start() < index < found.end():
            return found.start() or index
    return index


@lru_cache(maxsize=8192)
def _measure(text: str, bold: bool) -> float:
    """The width of `text` at size 1."""
    known = fonts.latin(bold).advances
    try:
        return sum([known[ord(c)] for c in text]) / 1000
    except KeyError:
        parts = _by_face(text, bold)
        return sum(_shaped(part, face, bold, visual=False).width for face, part in parts) / 1000


def _face(character: str, bold: bool) -> Face:
    face = fonts.latin(bold)
    return face if ord(character) in face.advances else fonts.arabic(bold)


def _runs(text: str, size: float, bold: bool) -> Line:
    face = fonts.latin(bold)
    if all(ord(c) in face.advances for c in text):
        wide = _measure(text, bold) * size
        return Line((Run(face.name, text, wide, text),) if text else (), wide)
    runs: list[Run] = []
    for each, part in _by_face(text, bold):
        shaped = _shaped(part, each, bold, visual=True)
        runs.append(Run(each.name, shaped.reads, shaped.width * size / 1000, shaped.drawn))
    return Line(tuple(runs), sum(run.width for run in runs))


def _by_face(text: str, bold: bool) -> Iterable[tuple[Face, str]]:
    face, part = _face(text[:1] or " ", bold), ""
    for character in text:
        here = face if character == " " or character in JOINERS else _face(character, bold)
        if here is not face and part:
            yield face, part
            part = ""
        face, part = here, part + character
    if part:
        yield face, part


def _shaped(part: str, face: Face, bold: bool, visual: bool) -> Shaped:
    """`part` as `face` draws it, with the letters of Arabic words joined.

    A `visual` part is in visual order: its words are reversed first, since letters join in
    logical order.
    """
    if face is not fonts.arabic(bold):
        return Shaped(part, part, sum(face.advances[ord(c)] for c in part))
    done = Shaped("", "", 0)
    for index, each in enumerate(_JOINED.split(part)):
        if index % 2:
            shaped = shape(each[::-1] if visual else each, bold)
        else:
            shaped = Shaped(each, each, sum(face.advances[ord(c)] for c in each))
        done = Shaped(
            done.drawn + shaped.drawn, done.reads + shaped.reads, done.width + shaped.width
        )
    return done


def _in_eye_order(line: str, paragraph: str) -> str:
    """`line` in visual order from left to right; python-bidi does not mirror brackets."""
    first = next((c for c in paragraph if unicodedata.bidirectional(c) in ("L", "R", "AL")), "a")
    if unicodedata.bidirectional(first) == "L":
        shown = get_display(_isolate_turned(line), base_dir="L")
    else:
        isolated = _PHRASE.sub(_isolate_phrase, line.translate(_MIRROR))
        shown = get_display(isolated, base_dir="R")
    return "".join(c for c in str(shown) if c not in (_LEFT, _RIGHT, _END))


def _isolate_phrase(found: re.Match[str]) -> str:
    words = f"[{found['code']}]" if found["code"] else found[0]
    return f"{_LEFT}{words}{_END}"


def _isolate_turned(line: str) -> str:
    """`line`, mostly Latin, with each stretch of right-to-left words isolated and mirrored."""
    done, start = "", 0
    for found in _TURNED_STRETCH.finditer(line):
        end = found.end()
        stretch = found[0]
        while line[end : end + 1] == ")" and stretch.count("(") > stretch.count(")"):
            stretch, end = stretch + ")", end + 1
        done += line[start : found.start()] + _RIGHT + stretch.translate(_MIRROR) + _END
        start = end
    return done + line[start:]
