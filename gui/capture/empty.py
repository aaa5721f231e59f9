"""The capture screen without an open draft: the last finalised record, and the drafts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from gui.action import key_words
from gui.drafts import DraftLine
from gui.look.tokens import GAP_3
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


class EmptyPage(FollowingScroll):
    """`chosen` carries the draft to open; `begun`, `receipt`, `another` and `pack_wanted` are
    sent by the buttons, `all_wanted` by the line below the drafts.
    """

    chosen = Signal(object)
    begun = Signal()
    receipt = Signal()
    another = Signal()
    all_wanted = Signal()
    pack_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        inner = GrowingColumn()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_3)
        self.setWidget(inner)
        self._wanted: tuple[tuple[DraftLine, ...], str, bool] = ((), "", True)
        self._at: object = None
        """The state on the page, which is made when the page is seen."""
        self._first: QWidget | None = None

    def show_state(self, drafts: Sequence[DraftLine], number: str, *, has_pack: bool) -> None:
        """Show the last number, the drafts, and the button for a new interception."""
        self._wanted = (tuple(drafts), number, has_pack)
        if self.isVisible():
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the page of the present state."""
        self._make()
        super().showEvent(event)

    def _make(self) -> None:
        if self._wanted == self._at:
            return
        drafts, number, has_pack = self._at = self._wanted
        holder = QApplication.focusWidget()
        had_focus = holder is not None and self.isAncestorOf(holder)
        empty(self._column)
        if number:
            self._column.addWidget(self._done(number))
        self._column.addWidget(self._begin(has_pack=has_pack))
        if drafts:
            self._column.addWidget(self._waiting(drafts))
        self._column.addStretch(1)
        if had_focus:
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

    def _begin(self, *, has_pack: bool) -> Card:
        say = self._words.say
        card = Card(say("Record an interception"))
        text = (
            say("Post, place, time and what you used last are filled in for you.")
            if has_pack
            else say("No pack is adopted here, so that nothing can be recorded yet.")
        )
        card.body.addWidget(label(text, wrap=True))
        row = QHBoxLayout()
        key = key_words("Ctrl+N", self._words)
        if has_pack:
            button = push_button(say("New interception"), "main", key)
            button.clicked.connect(self.begun)
        else:
            button = push_button(say("Adopt a pack …"), "main")
            button.clicked.connect(self.pack_wanted)
        self._first = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _waiting(self, drafts: Sequence[DraftLine]) -> Card:
        card = Card(self._words.say("Drafts"))
        card.set_chip(self._words.number(len(drafts)))
        for line in drafts[:MOST]:
            saved = self._words.say("saved {time}", time=self._words.moment(line.saved_at))
            parts = [line.title(self._words), saved]
            button = LineButton("✎", " · ".join(part for part in parts if part))
            button.clicked.connect(lambda _=False, record=line.record: self.chosen.emit(record))
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
