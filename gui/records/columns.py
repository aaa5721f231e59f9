"""The columns of the list, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.amount import Amount
from domain.errors import Malformed
from domain.fold import Status
from domain.pack.checklist import Checklist, in_language
from domain.words import mark
from gui.words import Words
from storage.projections.records import Row


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in pixels; 0 takes what is left."""

    words: str
    width: int


COLUMNS = (
    Column(mark("Number"), 186),
    Column(mark("Seized"), 150),
    Column(mark("Goods"), 0),
    Column(mark("Route"), 78),
    Column(mark("State"), 84),
    Column(mark("Hub"), 60),
)

STATUS_WORDS = {
    Status.FINAL: (mark("final"), "ok"),
    Status.APPROVED: (mark("approved"), "ok"),
    Status.RETURNED: (mark("returned"), "warn"),
    Status.AMENDED: (mark("amended"), "accent"),
    Status.CANCELLED: (mark("cancelled"), "bad"),
}


def cell(row: Row, column: int, words: Words, checklist: Checklist | None) -> str:
    """What stands in a cell."""
    match column:
        case 0:
            return row.number
        case 1:
            return words.moment(row.seized_at)
        case 2:
            return goods(row, words, checklist)
        case 3:
            return row.route
        case 4:
            return words.say(STATUS_WORDS[row.status][0])
        case _:
            there = row.at_hub and row.photos_at_hub >= row.photos
            return "✓" if there else words.say("waits")


def goods(row: Row, words: Words, checklist: Checklist | None) -> str:
    """The main goods in words, with what was counted."""
    category = checklist.category(row.category) if checklist else None
    title = in_language(category.label, words.language) if category else row.title
    try:
        amount = words.amount(Amount.parse(row.amount), checklist) if checklist else row.amount
    except Malformed:
        amount = row.amount
    more = words.say("+{count} lines", count=row.lines - 1) if row.lines > 1 else ""
    return " · ".join(part for part in (title, amount, more) if part)
