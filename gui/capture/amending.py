"""Asks why a record is amended: a reason from the list, and a comment."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.parts.card import Card
from gui.parts.choices import ChoicesEntry
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.option import Option
from gui.words import Words


class AmendingCard(Card):
    """`changed` carries the reason's code and the comment."""

    changed = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Why it is amended"))
        self._reason, self._comment = "", ""
        self._chips = ChoicesEntry((), many=False)
        self._line = LineEntry()
        self.body.addWidget(FieldBox(words.say("Reason"), self._chips))
        self.body.addWidget(FieldBox(words.say("Comment"), self._line))
        self._chips.typed.connect(self._take_reason)
        self._line.typed.connect(self._take_comment)
        self.hide()

    def ask(self, options: tuple[Option, ...], reason: str, comment: str) -> None:
        """Show these reasons; `reason` and `comment` are the present answers."""
        self._reason, self._comment = reason, comment
        self._chips.offer(options)
        self._chips.put(reason)
        self._line.put(comment)
        self.show()

    def _take_reason(self, code: str) -> None:
        self._reason = code
        self.changed.emit(self._reason, self._comment)

    def _take_comment(self, text: str) -> None:
        self._comment = text
        self.changed.emit(self._reason, self._comment)
