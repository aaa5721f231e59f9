"""A button that looks like a line of text: it wraps, and leads to another part of the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.look.tokens import GAP_2, TARGET
from gui.parts.mood import Mood
from gui.parts.text import label, name_it

SIGN = 14
"""Pixels for the sign, so that the texts of all lines are aligned."""
ABOVE = 7
"""Pixels above and below the text: one line is as high as a button."""


class SignedLine(QWidget):
    """The same line without the button."""

    def __init__(self, sign: str, text: str, mood: Mood = Mood.NONE) -> None:
        super().__init__()
        _lay(self, sign, text, mood)


class LineButton(QPushButton):
    """A button with a sign and a text that wraps."""

    def __init__(self, sign: str, text: str, mood: Mood = Mood.NONE, key: str = "") -> None:
        """`key`, the name of a key, is only shown."""
        super().__init__()
        self.setProperty("look", "row")
        self.setAutoDefault(True)
        self._words = _lay(self, sign, text, mood)
        self._key = label(key, "label") if key else None
        if self._key is not None:
            row = self.layout()
            assert isinstance(row, QHBoxLayout)
            row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
        name_it(self, text)
        self.setAccessibleDescription(key)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Yes: its text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its text at that width."""
        key = self._key.sizeHint().width() + GAP_2 if self._key is not None else 0
        room = width - 3 * GAP_2 - SIGN - key
        return max(TARGET, self._words.heightForWidth(room) + 2 * ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its text at the present width."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))


def _lay(line: QWidget, sign: str, text: str, mood: Mood) -> QLabel:
    """Align the sign with the first line of the text."""
    row = QHBoxLayout(line)
    row.setContentsMargins(GAP_2, ABOVE, GAP_2, ABOVE)
    row.setSpacing(GAP_2)
    first = label(sign, mood=mood)
    first.setFixedWidth(SIGN)
    first.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    row.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
    words = label(text, wrap=True, mood=mood)
    row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
    return words
