"""One goods line as a row of the table, and its canonical form, which the seal covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papers.receipt.goods_line import BETWEEN, LineWords, all_words
from papers.receipt.model import ReceiptPaper
from papers.seal.canonical import canonical
from papers.typeset.style import DETAIL, MM, STRONG, Style
from papers.typeset.text import Line, set_lines

WHAT_WIDTH = 87 * MM
NARROW = 23 * MM
UNIT_WIDTH = 25 * MM
"""Width of the unit, right-aligned with the amount: enough for the longest unit of the packs."""


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """The lines of each cell; `flow` is the description and the details below it."""

    number: tuple[Line, ...]
    amount: tuple[Line, ...]
    unit: tuple[Line, ...]
    weights: tuple[Line, ...]
    bag: tuple[Line, ...]
    flow: tuple[tuple[Line, Style], ...]

    @property
    def canonical(self) -> str:
        """All printed text, cell by cell, each line from left to right, in canonical form."""
        cells = (self.number, self.amount, self.unit, self.weights, self.bag)
        lines = [line for cell in cells for line in cell] + [line for line, _ in self.flow]
        return canonical(run.text for line in lines for run in line.runs)


def rows_of(paper: ReceiptPaper) -> tuple[GoodsRow, ...]:
    """The rows of all goods lines, in order."""
    return tuple(_row(words) for words in all_words(paper))


def _row(words: LineWords) -> GoodsRow:
    flow = [(line, STRONG) for line in set_lines(words.description, STRONG.size, WHAT_WIDTH, True)]
    for text in words.details:
        for part in _broken(text):
            flow += [(line, DETAIL) for line in _lines(part)]
    return GoodsRow(
        number=_narrow(words.number, STRONG),
        amount=_narrow(words.amount, STRONG),
        unit=_narrow(words.unit, DETAIL, UNIT_WIDTH),
        weights=tuple(line for text in words.weights for line in _narrow(text, DETAIL)),
        bag=_narrow(words.bag, DETAIL),
        flow=tuple(flow),
    )


def _broken(text: str) -> Iterable[str]:
    """`text` with line breaks between facts where lines end, so that no line ends in a dot."""
    held, *facts = text.split(BETWEEN)
    for fact in facts:
        joined = f"{held}{BETWEEN}{fact}"
        if len(_lines(joined)) > len(_lines(held)):
            yield held
            joined = fact
        held = joined
    yield held


def _lines(text: str) -> tuple[Line, ...]:
    return set_lines(text, DETAIL.size, WHAT_WIDTH)


def _narrow(text: str, style: Style, width: float = NARROW) -> tuple[Line, ...]:
    return set_lines(text, style.size, width, style.bold) if text else ()
