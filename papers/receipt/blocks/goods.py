"""Block 6: the numbered lines of goods, in a table with its head on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.amount import Amount
from domain.figures import figure
from domain.totals import by_unit
from domain.words import mark
from papers.receipt.goods_row import GoodsRow, rows_of
from papers.receipt.model import ReceiptPaper
from papers.typeset.flow import Piece, space
from papers.typeset.sheet import Sheet
from papers.typeset.style import (
    BODY,
    DETAIL,
    HEAD,
    LEFT,
    MM,
    RULE,
    SOFT,
    STRONG,
    WIDTH,
    Style,
)
from papers.typeset.text import Line, set_lines

_NUMBER = LEFT + 4
_WHAT = LEFT + 11 * MM
_AMOUNT = LEFT + 124 * MM
"""Right edge of the column of amounts."""
_WEIGHT = LEFT + 149 * MM
_BAG = LEFT + 152.5 * MM


def goods(paper: ReceiptPaper) -> list[Piece]:
    """The table and the totals; nothing when there are no goods."""
    rows = rows_of(paper)
    if not rows:
        return []
    head = _head(paper)
    pieces = [replace(head, keep=True)]
    for number, row in enumerate(rows, start=1):
        pieces += [replace(piece, head=head) for piece in _row(number, row)]
    return [*pieces, _total(paper, head), space(10)]


def _head(paper: ReceiptPaper) -> Piece:
    say = paper.say
    what, bag = paper.word("goods"), paper.name("goods.bag_no")
    amount, weight = paper.name("goods.quantity"), say(mark("Weight"))

    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top - 17, WIDTH, 17, SOFT)
        with sheet.marked("TwHead"):
            sheet.text(_NUMBER, top - 3.5, say(mark("No.")), HEAD)
            sheet.text(_WHAT, top - 3.5, what, HEAD)
            sheet.text_ending(_AMOUNT, top - 3.5, amount, HEAD)
            sheet.text_ending(_WEIGHT, top - 3.5, weight, HEAD)
            sheet.text(_BAG, top - 3.5, bag, HEAD)

    return Piece(17, draw)


def _row(number: int, row: GoodsRow) -> list[Piece]:
    """The pieces of one line: the first has all narrow cells, the others continue the text."""
    tag, flow = f"TwLine{number}", row.flow
    tallest = max(
        len(row.amount) * STRONG.leading + len(row.unit) * DETAIL.leading,
        len(row.weights) * DETAIL.leading,
        len(row.bag) * DETAIL.leading,
    )
    first, used = 0, 0.0
    while first < len(flow) and (used < tallest or first < 3):
        used += flow[first][1].leading
        first += 1
    below = 9 if len(flow) == first else 4

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(LEFT, top, WIDTH, RULE)
        with sheet.marked(tag):
            _cells(sheet, top - 4, row)
            _flow(sheet, top - 4, flow[:first])

    pieces = [Piece(max(used, tallest) + below, draw)]
    for index, (line, style) in enumerate(flow[first:], start=first):
        last = index == len(flow) - 1
        pieces.append(_more(tag, line, style, 5 if last else 0, keep=index == len(flow) - 2))
    return pieces


def _cells(sheet: Sheet, top: float, row: GoodsRow) -> None:
    """Draw the narrow cells in the order of the canonical form."""
    under = top - len(row.amount) * STRONG.leading
    _stack(sheet, _NUMBER, top, row.number, STRONG, ending=False)
    _stack(sheet, _AMOUNT, top, row.amount, STRONG, ending=True)
    _stack(sheet, _AMOUNT, under, row.unit, DETAIL, ending=True)
    _stack(sheet, _WEIGHT, top, row.weights, DETAIL, ending=True)
    _stack(sheet, _BAG, top, row.bag, DETAIL, ending=False)


def _stack(
    sheet: Sheet, edge: float, top: float, lines: tuple[Line, ...], style: Style, *, ending: bool
) -> None:
    for line in lines:
        # The small letters of the narrow cells have the base line of the description.
        drop = (STRONG.leading - style.leading) / 2 + (STRONG.size - style.size) * 0.36
        sheet.line(edge - line.width if ending else edge, top - drop, line, style)
        top -= style.leading


def _flow(sheet: Sheet, top: float, lines: Sequence[tuple[Line, Style]]) -> None:
    for line, style in lines:
        sheet.line(_WHAT, top, line, style)
        top -= style.leading


def _more(tag: str, line: Line, style: Style, below: float, *, keep: bool) -> Piece:
    def draw(sheet: Sheet, top: float) -> None:
        with sheet.marked(tag):
            sheet.line(_WHAT, top, line, style)

    return Piece(style.leading + below, draw, keep=keep)


def _total(paper: ReceiptPaper, head: Piece) -> Piece:
    say, lines = paper.say, len(paper.interception.goods)
    sums = by_unit(paper.interception.goods)
    name = say(mark("Total of {n} line", "Total of {n} lines", "n"), lines)
    named = [(name.format(n=lines), sums.counted)]
    named += [(say(label), amounts) for label, amounts in sums.named]
    rows: list[tuple[str, Line]] = []
    for label, amounts in named:
        first, *others = _amounts(paper, amounts)
        rows += [(label, first), *(("", line) for line in others)]

    def draw(sheet: Sheet, top: float) -> None:
        sheet.rule(LEFT, top, WIDTH, RULE, 1)
        for index, (label, line) in enumerate(rows):
            below = top - 5 - index * STRONG.leading
            if label:
                sheet.text(_WHAT, below, label, BODY)
            with sheet.marked("TwTotal"):
                sheet.line(_AMOUNT - line.width, below, line, STRONG)

    return Piece(10 + len(rows) * STRONG.leading, draw, head=head)


def _amounts(paper: ReceiptPaper, amounts: tuple[Amount, ...]) -> tuple[Line, ...]:
    words = " · ".join(
        f"{figure(each.value, paper.language)} {paper.unit_words(each.unit, each.value)}"
        for each in amounts
    )
    return set_lines(words or "–", BODY.size, _AMOUNT - _WHAT - 40 * MM, True)
