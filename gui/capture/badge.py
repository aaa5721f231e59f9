"""Asks the officer for the badge number, in the page, before the record is signed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.fields import label_of
from gui.parts.card import Card
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.words import Words


class BadgeCard(Card):
    """`given` carries the badge number when Enter is pressed or the focus leaves the line."""

    given = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Say who you are"))
        self.setProperty("mood", Mood.WARN.value)
        self._typed = ""
        self._line = LineEntry()
        title = words.say(label_of("officer"))
        self._refusal = f"{title} {words.say(NO_BADGE)}. {words.say(NEVER_A_NAME)}"
        hint = words.say("every record contains it, and no name")
        self._box = FieldBox(title, self._line, hint=hint)
        self.body.addWidget(self._box)
        self._line.typed.connect(self._take)
        self._line.entered.connect(self._give)
        self._line.left.connect(self._give)
        self.hide()

    def ask(self) -> None:
        """Show the line and set the focus to it."""
        self.show()
        self._line.target().setFocus()

    def _take(self, text: str) -> None:
        self._typed = text.strip()

    def _give(self) -> None:
        badge = is_badge(self._typed)
        self._box.say("" if badge else self._refusal, Mood.NONE if badge else Mood.BAD)
        if badge and self._typed:
            self.given.emit(self._typed)
