"""Places the pieces of the blocks on pages.

A piece is a strip over the full width. A piece that says `keep` stays on one page with the piece
after it; one that names a `head` gets it drawn above it when a page begins with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from papers.typeset.sheet import Sheet
from papers.typeset.style import (
    BLOCK,
    BODY,
    CONTENT,
    CONTENT_WIDTH,
    KEYS,
    LABELS,
    LEFT,
    QUIET,
    RULE,
    WIDTH,
    Style,
)
from papers.typeset.text import Line, set_lines

_WHOLE = 90.0
"""A block up to this height is never split between two pages."""

Draw = Callable[[Sheet, float], None]
"""Draws a piece at a top edge."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip of the page, `height` points high."""

    height: float
    draw: Draw
    keep: bool = False
    head: Piece | None = None
    blank: bool = False
    """Empty space: it is never the first piece of a page."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on its page, `top` points above the lower edge."""

    piece: Piece
    top: float


def spread(
    pieces: Sequence[Piece], first_top: float, top: float, bottom: float
) -> list[list[Placed]]:
    """The pages that `pieces` fill; the first begins at `first_top`, the others at `top`.

    A group of kept pieces that is higher than a page is broken like any other.
    """
    pages: list[list[Placed]] = [[]]
    here = first_top
    index = 0
    while index < len(pieces):
        group = _group(pieces, index)
        high = sum(piece.height for piece in group)
        if here - high < bottom and pages[-1]:
            if len(group) == 1 and group[0].blank:
                index += 1
                continue
            pages.append([])
            here = top
            head = group[0].head
            if head is not None:
                pages[-1].append(Placed(head, here))
                here -= head.height
        if here - high < bottom:
            group = group[:1]
        for piece in group:
            pages[-1].append(Placed(piece, here))
            here -= piece.height
        index += len(group)
    return pages


def _group(pieces: Sequence[Piece], start: int) -> Sequence[Piece]:
    end = start
    while end < len(pieces) - 1 and pieces[end].keep:
        end += 1
    return pieces[start : end + 1]


def space(height: float) -> Piece:
    """Empty space."""
    return Piece(height, lambda _sheet, _top: None, blank=True)


def section(title: str, pieces: Iterable[Piece]) -> list[Piece]:
    """A block: a hairline, its title in the left column, its pieces right of it.

    Without pieces there is no block, so that no empty frame is ever printed.
    """
    inner = list(pieces)
    if not inner:
        return []
    titles = set_lines(title, BLOCK.size, LABELS - 8, BLOCK.bold)
    first = inner[0]

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(LEFT, top, WIDTH, RULE)
        for index, line in enumerate(titles):
            sheet.line(LEFT, top - 6 - index * 11, line, BLOCK)
        first.draw(sheet, top - 6)

    high = max(first.height, BLOCK.leading + (len(titles) - 1) * 11 if len(inner) == 1 else 0)
    opening = Piece(high + 6, draw, keep=len(inner) > 1)
    rest = inner[1:]
    if sum(piece.height for piece in inner) <= _WHOLE:
        rest = [*(replace(piece, keep=True) for piece in rest[:-1]), *rest[-1:]]
    return [opening, *_unparted(rest), space(7)]


def _unparted(pieces: list[Piece]) -> list[Piece]:
    """`pieces` with the last two kept on one page: no single line begins a page."""
    if len(pieces) > 1:
        pieces[-2] = replace(pieces[-2], keep=True)
    return pieces


def prose(
    text: str, style: Style = BODY, x: float = CONTENT, width: float = CONTENT_WIDTH
) -> list[Piece]:
    """The lines of a text, each a piece, so that a long one breaks across pages."""
    return [_line(line, style, x) for line in set_lines(text, style.size, width, style.bold)]


def _line(line: Line, style: Style, x: float) -> Piece:
    return Piece(style.leading, lambda sheet, top: sheet.line(x, top, line, style))


def pair(name: str, text: str, style: Style = BODY, mark: str = "") -> list[Piece]:
    """A name in grey letters with its text beside it; no pieces when there is no text."""
    if not text:
        return []
    names = set_lines(name, QUIET.size, KEYS - 6)
    lines = set_lines(text, style.size, CONTENT_WIDTH - KEYS, style.bold)
    count = max(len(names), len(lines))
    pieces = []
    for index in range(count):
        label = names[index] if index < len(names) else None
        value = lines[index] if index < len(lines) else None
        pieces.append(_pair_line(label, value, style, mark, keep=index < len(names) - 1))
    return pieces


def _pair_line(
    label: Line | None, value: Line | None, style: Style, mark: str, *, keep: bool
) -> Piece:
    def draw(sheet: Sheet, top: float) -> None:
        if label is not None:
            sheet.line(CONTENT, top, label, QUIET)
        if value is not None and mark:
            with sheet.marked(mark):
                sheet.line(CONTENT + KEYS, top, value, style)
        elif value is not None:
            sheet.line(CONTENT + KEYS, top, value, style)

    return Piece(style.leading, draw, keep=keep)
