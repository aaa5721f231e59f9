"""The other records of one find, as a card lists them: interceptions, then drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from domain.document import text_at
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.words import mark
from gui.drafts import DRAFT_WORDS, DraftLine, draft_line
from gui.goods_words import goods_words
from gui.parts.card import Card
from gui.parts.layouts import empty
from gui.parts.line_button import LineButton
from gui.words import Words
from storage import drafts
from storage.projections import records
from storage.projections.records import RecordRow
from storage.workstation import Workstation

ANOTHER = mark("Another record of this find")
ANOTHER_KEY = "Ctrl+D"


@dataclass(frozen=True, slots=True)
class OfFind:
    """A record of a find; `checklist` has the words of an interception's goods."""

    row: RecordRow | DraftLine
    checklist: Checklist | None = None

    @property
    def record(self) -> RecordId:
        """Its record id."""
        return self.row.record

    @property
    def is_draft(self) -> bool:
        """Whether it is not final yet."""
        return isinstance(self.row, DraftLine)

    @property
    def case_id(self) -> str:
        """The id of its case, as the record has it."""
        row = self.row
        if isinstance(row, DraftLine):
            return text_at(row.document, "case") or str(row.record)
        return str(row.case_id)

    def name(self, words: Words) -> str:
        """Its number, or that it is a draft, and the goods in short."""
        row = self.row
        if isinstance(row, DraftLine):
            parts = (words.say(DRAFT_WORDS), row.title(words))
        else:
            parts = (row.number, goods_words(row, words, self.checklist))
        return " · ".join(part for part in parts if part)


def read_find(ws: Workstation, case_id: RecordId, besides: RecordId) -> tuple[OfFind, ...]:
    """The records of a case without `besides`, oldest first, the drafts last."""
    final = records.of_case(ws.db, case_id, besides=besides)
    written = drafts.of_case(ws.db, case_id, besides=besides)
    return (
        *(of_row(ws, row) for row in final),
        *(OfFind(draft_line(draft, ws)) for draft in written),
    )


def of_row(ws: Workstation, row: RecordRow) -> OfFind:
    """The interception of a row, with the checklist of its pack."""
    name, _, version = row.pack.partition(" ")
    return OfFind(row, ws.checklist(PackRef(id=name, version=version)))


class FindCard(Card):
    """`wanted` carries the `OfFind` whose line was pressed."""

    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Same find"), rows=True)
        self._words = words
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)

    def show_find(self, found: Sequence[OfFind]) -> None:
        """Show a line for each."""
        empty(self._lines)
        for one in found:
            button = LineButton("✎" if one.is_draft else "→", one.name(self._words))
            button.clicked.connect(lambda _=False, one=one: self.wanted.emit(one))
            self._lines.addWidget(button)
