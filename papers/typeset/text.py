"""Text becomes lines that can be drawn: cleaned, shaped, broken, ordered, each run with its font.

The order matters: letters are shaped first, then measured and broken in logical order, then each
line is put into the order of the eye (Unicode Annex 9). Numbers and Latin identifiers inside
Arabic text are isolated first, else `2026-000123` would be turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display

from papers.typeset import fonts
from papers.typeset.fonts import Face

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
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws."""

    font: str
    text: str
    width: float
    """In points."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its runs from left to right."""

    runs: tuple[Run, ...]
    width: float


def clean(text: str) -> str:
    """`text` without what no paper can show: control, override and other unseen characters.

    Line feeds stay, tabulators become spaces, letters and their marks are composed (NFC).
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        c for c in text if c == "\n" or c in _JOINERS or unicodedata.category(c) not in _UNSEEN
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
    if turned:
        text = _shape(text)
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
    """The pieces of `text` that fit, broken at spaces, inside a word only when it is too long."""
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
    used = 0.0
    for index, character in enumerate(word):
        used += _measure(character, bold) * size
        if used > width:
            return _before_code(word, max(1, index))
    return len(word)


def _before_code(word: str, index: int) -> int:
    """`index`, or the start of the code that it would cut; a code as wide as the line is cut."""
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
        return sum(_face(c, bold).advances[ord(c)] for c in text) / 1000


def _face(character: str, bold: bool) -> Face:
    face = fonts.latin(bold)
    return face if ord(character) in face.advances else fonts.arabic(bold)


def _runs(text: str, size: float, bold: bool) -> Line:
    face = fonts.latin(bold)
    if all(ord(c) in face.advances for c in text):
        wide = _measure(text, bold) * size
        return Line((Run(face.name, text, wide),) if text else (), wide)
    runs: list[Run] = []
    for name, part in _by_face(text, bold):
        runs.append(Run(name, part, _measure(part, bold) * size))
    return Line(tuple(runs), sum(run.width for run in runs))


def _by_face(text: str, bold: bool) -> Iterable[tuple[str, str]]:
    name, part = "", ""
    for character in text:
        here = name if character == " " and name else _face(character, bold).name
        if here != name and part:
            yield name, part
            part = ""
        name, part = here, part + character
    if part:
        yield name, part


@cache
def _shaper() -> ArabicReshaper:
    return ArabicReshaper(configuration={"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def _shape(text: str) -> str:
    shaped: str = _shaper().reshape(text)
    for joiner in _JOINERS:
        shaped = shaped.replace(joiner, "")
    known = fonts.arabic(False).advances
    return "".join(
        c if ord(c) in known or not "\ufb50" <= c <= "\ufeff" else unicodedata.normalize("NFKC", c)
        for c in shaped
    )


def _in_eye_order(line: str, paragraph: str) -> str:
    """`line` as the eye sees it from left to right; python-bidi leaves brackets to be turned."""
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
