"""A number in the outbox with its title and a note below it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.parts.card import Card
from gui.parts.text import label


class Count(Card):
    """`small`: words instead of a number."""

    def __init__(self, title: str, *, small: bool = False) -> None:
        super().__init__(title)
        self._big = label("", "" if small else "big", wrap=True)
        self._note = label("", "label", wrap=True)
        self.body.addWidget(self._big)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)

    def put(self, text: str, note: str) -> None:
        """Show the number and the note."""
        self._big.setText(text)
        self._note.setText(note)
