"""The capture screen without an open draft: the last finalised record, and the drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from gui.action import key_words
from gui.capture.model import CaptureModel
from gui.drafts import DraftLine
from gui.look.tokens import GAP_3
from gui.packs import title_of
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.column import GrowingColumn
from gui.parts.layouts import empty
from gui.parts.line_button import LineButton
from gui.parts.mood import Mood
from gui.parts.scroll import FollowingScroll
from gui.parts.text import label
from gui.same_find import ANOTHER, ANOTHER_KEY
from gui.words import Words

MOST = 12
OTHERS_KEY = "Ctrl+Shift+N"
"""Goes to the other checklists."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an interception can begin with: titles of adopted checklists, by the id of the pack."""

    chosen: str = ""
    """The title of the checklist that Ctrl+N begins with; empty while no pack is adopted."""
    others: tuple[tuple[str, str], ...] = ()


class EmptyPage(FollowingScroll):
    """Begins and opens interceptions. `receipt`, `another` and `pack_wanted` are sent by the
    buttons, `all_wanted` by the line below the drafts.
    """

    receipt = Signal()
    another = Signal()
    all_wanted = Signal()
    pack_wanted = Signal()

    def __init__(self, model: CaptureModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        inner = GrowingColumn()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        self.setWidget(inner)
        self._wanted: tuple[tuple[DraftLine, ...], str, Beginning] = ((), "", Beginning())
        self._at: object = None
        """The state on the page, which is made when the page is seen."""
        self._first: QWidget | None = None
        self._first_other: QWidget | None = None

    def refresh(self) -> None:
        """Show the last number, the drafts, and what a new interception can begin with."""
        packs, language = self._model.packs, self._words.language
        beginning = Beginning(
            title_of(packs.chosen, language),
            tuple((each.pack.id, title_of(each, language)) for each in packs.others),
        )
        self._wanted = (tuple(self._model.drafts.lines), self._model.last_number, beginning)
        if self.isVisible():
            self._make()

    def show_others(self) -> None:
        """Put the draft away, and set the focus to the first other checklist."""
        if self._model.sheet.record is not None:
            self._model.leave()
        self._to_others()

    def _begin_with(self, pack_id: str) -> None:
        self._model.packs.choose(pack_id)
        self._model.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page of the present state."""
        self._make()
        super().showEvent(event)

    def _make(self) -> None:
        if self._wanted == self._at:
            return
        drafts, number, beginning = self._at = self._wanted
        holder = QApplication.focusWidget()
        had_focus = holder is not None and self.isAncestorOf(holder)
        at_others = holder is not None and holder is self._first_other
        empty(self._column)
        self._first_other = None
        if number:
            self._column.addWidget(self._done(number))
        self._column.addWidget(self._begin(beginning))
        if drafts:
            self._column.addWidget(self._waiting(drafts))
        if beginning.others:
            self._column.addWidget(self._with_another(beginning.others))
        self._column.addStretch(1)
        if at_others:
            self._to_others()
        elif had_focus:
            self.take_focus()

    def _done(self, number: str) -> Card:
        say = self._words.say
        card = Card(say("It is final"))
        card.set_chip(say("✓ sealed"), Mood.OK)
        card.body.addWidget(label(number, "big"))
        card.body.addWidget(
            label(
                say("Sealed, chained and signed. It can no longer be changed, only amended."),
                wrap=True,
            )
        )
        row = QHBoxLayout()
        button = push_button(say("Receipt"), "", key_words("Ctrl+R", self._words))
        button.clicked.connect(self.receipt)
        row.addWidget(button)
        more = push_button(say(ANOTHER), "", key_words(ANOTHER_KEY, self._words))
        more.clicked.connect(self.another)
        row.addWidget(more)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _begin(self, beginning: Beginning) -> Card:
        say = self._words.say
        card = Card(say("Record an interception"))
        if beginning.others:
            card.set_chip(beginning.chosen)
        text = (
            say("Post, place, time and what you used last are filled in for you.")
            if beginning.chosen
            else say("No pack is adopted here, so that nothing can be recorded yet.")
        )
        card.body.addWidget(label(text, wrap=True))
        row = QHBoxLayout()
        if beginning.chosen:
            key = key_words("Ctrl+N", self._words)
            button = push_button(say("New interception"), "main", key)
            button.clicked.connect(lambda _checked: self._model.begin())
        else:
            button = push_button(say("Adopt a pack …"), "main")
            button.clicked.connect(self.pack_wanted)
        self._first = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _with_another(self, others: Sequence[tuple[str, str]]) -> Card:
        """A line for each other checklist. None has a digit as its key: a scan begins with one."""
        card = Card(self._words.say("Begin with another checklist"), rows=True)
        card.add_to_head(label(key_words(OTHERS_KEY, self._words), "label"))
        for pack_id, title in others:
            button = LineButton("→", title)
            button.clicked.connect(partial(self._begin_with, pack_id))
            card.body.addWidget(button)
            self._first_other = self._first_other or button
        return card

    def _waiting(self, drafts: Sequence[DraftLine]) -> Card:
        card = Card(self._words.say("Drafts"))
        card.set_chip(self._words.number(len(drafts)))
        for line in drafts[:MOST]:
            saved = self._words.say("saved {time}", time=self._words.moment(line.saved_at))
            parts = [line.title(self._words), saved]
            button = LineButton("✎", " · ".join(part for part in parts if part))
            button.clicked.connect(lambda _=False, record=line.record: self._model.open(record))
            card.body.addWidget(button)
        if len(drafts) > MOST:
            rest = self._words.count(
                "1 more: open it in Interceptions",
                "{count} more: open them in Interceptions",
                len(drafts) - MOST,
            )
            more = LineButton("…", rest)
            more.clicked.connect(self.all_wanted)
            card.body.addWidget(more)
        return card

    def take_focus(self) -> None:
        """Set the focus to the button for a new interception, while the page is shown."""
        if self._first is not None and self.isVisible():
            self._first.setFocus()

    def _to_others(self) -> None:
        if self._first_other is not None and self.isVisible():
            self._first_other.setFocus()
