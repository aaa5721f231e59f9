"""Asks in the page for the reason of a deed; Enter performs the deed, Esc closes the question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from gui.action import key_words
from gui.look.tokens import GAP_2
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.own_keys import keeps_key
from gui.words import Words


class ReasonLine(Card):
    """Hidden until `ask` is called."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._then: Callable[[str], None] = lambda _text: None
        self._typed = ""
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        self._entry = LineEntry()
        self._entry.typed.connect(self._hear)
        self._box = FieldBox(words.say("Why"), self._entry)
        row.addWidget(self._box, 1)
        self._do = push_button("", "main", key_words("Return", words))
        self._do.clicked.connect(self._done)
        self._leave = push_button(words.say("Close"), "", key_words("Esc", words))
        self._leave.clicked.connect(self.leave)
        for button in (self._leave, self._do):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(row)
        self.hide()

    def ask(self, question: str, deed: str, then: Callable[[str], None]) -> None:
        """Ask `question`; calls `then(answer)` when the officer presses `deed` and the answer is
        not empty.
        """
        self.set_title(question)
        self._then, self._typed = then, ""
        self._entry.put("")
        self._box.say()
        self._do.setText(f"{deed}   {key_words('Return', self._words)}")
        self._do.setAccessibleName(deed)
        self.show()
        self._entry.target().setFocus()

    def leave(self) -> None:
        """Close the question without the deed."""
        self.hide()

    def _hear(self, text: str) -> None:
        self._typed = text

    def _done(self) -> None:
        if not self._typed.strip():
            self._box.say(self._words.say("Write the reason; it is kept in the journal."), Mood.BAD)
            self._entry.target().setFocus()
            return
        self.hide()
        self._then(self._typed.strip())

    def event(self, event: QEvent) -> bool:
        """While it is open, Enter and Esc do not trigger shortcuts of the page."""
        return keeps_key(event, lambda key: key.key() in _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter performs the deed, Esc closes the question."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _KEYS:
            self._done()
        else:
            super().keyPressEvent(event)


_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
