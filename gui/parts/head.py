"""The head of a screen: its title, chips for its state, and a short text at the end."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.look.tokens import GAP_2, GAP_3, TARGET
from gui.parts.mood import Mood
from gui.parts.text import chip, label, put_chip


class ScreenHead(QWidget):
    """Each chip has a name, so that it can be changed alone."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self._chips: dict[str, QLabel] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_3)
        self.setMinimumHeight(TARGET)
        self._title = label(title, "title")
        self._row.addWidget(self._title)
        self._states = QHBoxLayout()
        self._states.setSpacing(GAP_2)
        self._row.addLayout(self._states)
        self._row.addStretch(1)
        self._aside = label("", "label")
        self._row.addWidget(self._aside)

    def put(self, title: str) -> None:
        """Set the title and remove all chips."""
        self._title.setText(title)
        for held in self._chips.values():
            put_chip(held, "", Mood.NONE)

    def chip(self, name: str, text: str, mood: Mood) -> None:
        """Set the text of a chip; an empty text removes it."""
        if name not in self._chips:
            self._chips[name] = chip()
            self._states.addWidget(self._chips[name])
        put_chip(self._chips[name], text, mood)

    def aside(self, text: str) -> None:
        """Set the text at the end of the head."""
        self._aside.setText(text)
