"""All fields of one interception, in blocks for reading."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from domain.fields import NO_FIELDS, Field, items_of, label_of, title_of, walk
from domain.instant import Instant
from domain.interception.base import FieldKind
from gui.action import key_words
from gui.drafts import DELETE_KEY, DRAFT_WORDS, DraftLine
from gui.look.tokens import GAP_2, GAP_3, GAP_4
from gui.parts.card import Card
from gui.parts.column import GrowingColumn
from gui.parts.layouts import empty
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.records.columns import STATUS_WORDS
from gui.records.model import Chosen
from gui.same_find import FindCard
from gui.words import Words

LABEL_WIDTH = 150
SHOWN_APART = ("record_id", "case", "pack", "photos")
"""Fields that the blocks do not show: names that the program sets, the case, which has a card, and
photos, which have a strip.
"""


class Detail(GrowingColumn):
    """The blocks of one interception; `wanted` carries another record of its find."""

    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_3)

    def show_chosen(self, found: Chosen, photos: QWidget) -> None:
        """Show the interception; the widget `photos` is placed after the first block."""
        empty(self.column, keep=photos)
        self.column.addWidget(self._identity(found))
        if found.find:
            card = FindCard(self._words)
            card.show_find(found.find)
            card.wanted.connect(self.wanted)
            self.column.addWidget(card)
        self.column.addWidget(photos)
        for title, rows in self._blocks(found):
            self.column.addWidget(_card(title, rows))
        self.column.addWidget(self._story(found))
        self.column.addStretch(1)

    def show_nothing(self, photos: QWidget) -> None:
        """Nothing is chosen; the widget `photos` is kept for the next interception."""
        empty(self.column, keep=photos)
        text = self._words.say("Choose an interception in the list to read it here.")
        self.column.addWidget(label(text, "label", wrap=True))
        self.column.addStretch(1)

    def show_draft(self, line: DraftLine, photos: QWidget) -> None:
        """Show what a draft holds; the widget `photos` is kept for the next interception."""
        empty(self.column, keep=photos)
        say, words = self._words.say, self._words
        card = Card(say("Draft"))
        card.set_chip(say(DRAFT_WORDS))
        rows = [
            (say("Holds"), line.title(words) or say("nothing yet")),
            (say("Saved"), words.moment(line.saved_at)),
        ]
        _fill(card, rows)
        text = say(
            "Enter in the list opens it. {key} deletes it, with undo.",
            key=key_words(DELETE_KEY, words),
        )
        card.body.addWidget(label(text, "label", wrap=True))
        self.column.addWidget(card)
        self.column.addStretch(1)

    def _identity(self, found: Chosen) -> Card:
        case, words = found.case, self._words
        status, mood = STATUS_WORDS[case.status]
        card = Card(case.number)
        card.set_chip(words.say(status), mood)
        current = case.current
        rows = [
            (words.say("Revision"), words.number(current.body.revision)),
            (words.say("Signed"), words.moment(current.at)),
            (words.say("By"), words.say("officer {badge}", badge=current.actor)),
            (words.say("Journal entry"), words.number(current.seq)),
            (words.say("Its hash"), current.entry.short),
        ]
        if case.cancelled is not None:
            rows.append((words.say("Cancelled because"), case.cancelled.reason))
        _fill(card, rows)
        if not found.whole:
            text = words.say("Names and grounds of this record are not stored here.")
            card.body.addWidget(label(text, wrap=True, mood=Mood.BAD))
        if found.what.pack.unsigned:
            text = words.say("Recorded with a pack that nobody signed.")
            card.body.addWidget(label(text, wrap=True, mood=Mood.WARN))
        if case.rivals:
            text = words.say("Another revision supersedes the same one: the journal has branched.")
            card.body.addWidget(label(text, wrap=True, mood=Mood.BAD))
        return card

    def _blocks(self, found: Chosen) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        shown: dict[str, list[tuple[str, str]]] = {}
        for path, field, value in walk(
            found.what, added=found.checklist.added if found.checklist else NO_FIELDS
        ):
            if path.partition(".")[0] not in SHOWN_APART:
                row = (
                    field.heading(self._words.say, self._words.language),
                    self._value(field, value, found),
                )
                shown.setdefault(self._title(path), []).append(row)
        yield from shown.items()

    def _title(self, path: str) -> str:
        title, number = title_of(path)
        return f"{self._words.say(title)} {number}" if number else self._words.say(title)

    def _value(self, field: Field, value: object, found: Chosen) -> str:
        if field.many:
            return ", ".join(self._one(field, item, found) for item in items_of(value))
        return self._one(field, value, found)

    def _one(self, field: Field, value: object, found: Chosen) -> str:
        if field.list_name and found.checklist is not None:
            return self._words.label(found.checklist, field.list_name, str(value))
        if field.kind is FieldKind.FIELD:
            return self._words.say(label_of(str(value))) or str(value)
        if isinstance(value, bool):
            return self._words.say("yes") if value else self._words.say("no")
        if isinstance(value, Instant):
            return self._words.moment(value)
        if isinstance(value, (int, Decimal)):
            return self._words.number(value)
        return str(value)

    def _story(self, found: Chosen) -> Card:
        words, case = self._words, found.case
        card = Card(words.say("What happened"))
        rows = [
            (
                words.moment(revision.at),
                words.say("revision {number}, officer {badge}", number=revision.body.revision,
                          badge=revision.actor)
                + (f": {revision.body.comment}" if revision.body.comment else ""),
            )
            for revision in case.revisions
        ]  # fmt: skip
        for review in case.reviews:
            decision = words.say("approved") if review.body.approved else words.say("returned")
            parts = (decision, review.actor, review.body.comment)
            rows.append((words.moment(review.at), ", ".join(part for part in parts if part)))
        for receipt in case.receipts:
            copies = words.count("printed once", "printed {count} times", len(receipt.copies))
            rows.append(
                (words.moment(receipt.body.issued_at),
                 words.say("receipt {number}, {copies}", number=receipt.body.number, copies=copies))
            )  # fmt: skip
        _fill(card, rows)
        return card


def _card(title: str, rows: list[tuple[str, str]]) -> Card:
    card = Card(title)
    _fill(card, rows)
    return card


def _fill(card: Card, rows: list[tuple[str, str]]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP_4)
    grid.setVerticalSpacing(GAP_2)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    for index, (name, text) in enumerate(rows):
        head = label(name, "label", wrap=True)
        head.setFixedWidth(LABEL_WIDTH)
        grid.addWidget(head, index, 0)
        grid.addWidget(label(text, wrap=True), index, 1)
    card.body.addLayout(grid)
