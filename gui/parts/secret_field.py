"""A field for a passphrase or a recovery key that exists: its letters are hidden."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from domain.document import JsonValue
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.words import Words


class SecretField(FieldBox):
    """`take` returns what was typed."""

    def __init__(self, title: str, words: Words) -> None:
        entry = LineEntry()
        line = entry.target()
        assert isinstance(line, QLineEdit)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(title, entry)
        self._missing, self._typed = words.say("is missing"), ""
        entry.typed.connect(self._keep)

    def _keep(self, text: JsonValue) -> None:
        self._typed = str(text or "")

    def take(self) -> str:
        """The secret; empty, with the fault below the field and the focus in it, without one."""
        if self._typed:
            self.say()
        else:
            self.say(self._missing, Mood.BAD)
            self.entry.target().setFocus()
        return self._typed

    def forget(self) -> None:
        """Empty the field."""
        self._typed = ""
        self.entry.put("")
