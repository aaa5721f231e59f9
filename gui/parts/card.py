"""A card: a titled white box, with a chip and quiet buttons at the right of its title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.look.tokens import GAP_2, GAP_3, GAP_4
from gui.parts.mood import Mood
from gui.parts.text import chip, label, put_chip


class Card(QFrame):
    """`body` is the layout for the content; `rows`: the content is lines with their own margins."""

    def __init__(self, title: str = "", *, rows: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        out = GAP_2 if rows else 0
        side = GAP_4 - out
        outer.setContentsMargins(side, GAP_3, side, side if rows else GAP_4)
        outer.setSpacing(GAP_2)
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP_2)
        self._head.setContentsMargins(out, 0, out, 0)
        self._title = label(title, "section")
        if not title:
            self._title.hide()
        self._chip = chip()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._chip)
        outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(0 if rows else GAP_2)
        outer.addLayout(self.body)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_chip(self, text: str, mood: Mood = Mood.NONE) -> None:
        """Set the chip at the right of the title; an empty text hides it."""
        put_chip(self._chip, text, mood)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a button at the right of the title."""
        self._head.addWidget(widget)
