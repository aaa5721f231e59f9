"""The columns of the list, and the texts of their cells."""

from __future__ import annotations

from dataclasses import dataclass

from domain.fields import label_of
from domain.fold import Status
from domain.instant import Instant
from domain.pack.checklist import Checklist
from domain.words import mark
from gui.drafts import DRAFT_WORDS, DraftLine
from gui.goods_words import goods_words
from gui.parts.mood import Mood
from gui.words import Words
from storage.projections.records import RecordRow


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`needed`: 0 is always shown; in a narrow window the highest number is hidden first."""

    words: str
    needed: int = 0


COLUMNS = (
    ListColumn(mark("Number")),
    ListColumn(label_of("occasion.seized_at"), 1),
    ListColumn(label_of("goods")),
    ListColumn(label_of("route"), 2),
    ListColumn(mark("State")),
    ListColumn(mark("Hub"), 3),
)
NUMBER, GOODS = 0, 2
GOODS_LEAST = 190
"""Minimum pixels of the goods column; only its texts are shortened with dots."""

STATUS_WORDS = {
    Status.FINAL: (mark("final"), Mood.OK),
    Status.APPROVED: (mark("approved"), Mood.OK),
    Status.RETURNED: (mark("returned"), Mood.WARN),
    Status.AMENDED: (mark("amended"), Mood.ACCENT),
    Status.CANCELLED: (mark("cancelled"), Mood.BAD),
}


DRAFT = "draft"
"""The state of a draft, beside those of `Status`."""
ListedRow = RecordRow | DraftLine


def state_words(state: str) -> str:
    """The template for a state: `DRAFT`, or a value of `Status`."""
    return DRAFT_WORDS if state == DRAFT else STATUS_WORDS[Status(state)][0]


def cell(row: ListedRow, column: int, words: Words, checklist: Checklist | None) -> str:
    """The text of a cell."""
    if isinstance(row, DraftLine):
        return draft_cell(row, column, words)
    match column:
        case 0:
            return row.number
        case 1:
            return words.moment(row.seized_at)
        case 2:
            return goods_words(row, words, checklist)
        case 3:
            return row.route
        case 4:
            return words.say(STATUS_WORDS[row.status][0])
        case _:
            there = row.at_hub and row.photos_at_hub >= row.photos
            return "✓" if there else words.say("waits")


def draft_cell(line: DraftLine, column: int, words: Words) -> str:
    """The text of a draft's cell: it is named by what it holds."""
    match column:
        case 0:
            return words.say("amendment") if line.amends else "–"
        case 1:
            return words.moment(line.seized_at or line.saved_at)
        case 2:
            return line.title(words)
        case 3:
            return line.route
        case 4:
            return words.say(DRAFT_WORDS)
        case _:
            return ""


def longest(column: int, words: Words) -> tuple[str, ...]:
    """Texts that are at least as long as all texts of this column, its heading included."""
    head = words.say(COLUMNS[column].words)
    match column:
        case 0:
            return (head, "XA-MMM1-2026-00000-W")
        case 1:
            # Month names have different lengths; every time of day is as wide as midnight.
            days = (Instant.parse(f"2026-{month:02d}-28T00:00Z") for month in range(1, 13))
            return (head, *(words.moment(day) for day in days))
        case 3:
            return (head, "MM → WM")
        case 4:
            return (
                head,
                words.say(DRAFT_WORDS),
                *(words.say(text) for text, _ in STATUS_WORDS.values()),
            )
        case _:
            return (head, "✓", words.say("waits"))
