"""Asks the officer who they are: one line in the page, before anything is signed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.parts.card import Card
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.words import Words


class BadgeCard(Card):
    """`said` carries the badge number once Enter was pressed or the line was left."""

    said = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Say who you are"))
        self.setProperty("mood", "warn")
        self._typed = ""
        self._line = LineEntry()
        hint = words.say("it stands in every record; no name does")
        self.body.addWidget(FieldBox(words.say("Badge number"), self._line, hint=hint))
        self._line.typed.connect(self._take)
        self._line.entered.connect(self._say)
        self._line.left.connect(self._say)
        self.hide()

    def ask(self) -> None:
        """Show the line and put the focus there."""
        self.show()
        self._line.target().setFocus()

    def _take(self, text: str) -> None:
        self._typed = text.strip()

    def _say(self) -> None:
        if self._typed:
            self.said.emit(self._typed)
