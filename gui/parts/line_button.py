"""A button that is a line of text in the page: it wraps, and jumps somewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.look.tokens import GAP_2, TARGET
from gui.parts.mood import Mood
from gui.parts.text import label, name_it

SIGN = 14
"""Pixels for the sign, so that the words of all lines begin at the same place."""
ABOVE = 7
"""Pixels above and below the words: one line is as high as any target."""


class SignedLine(QWidget):
    """The same line, only to be read."""

    def __init__(self, sign: str, text: str, mood: Mood = Mood.NONE) -> None:
        super().__init__()
        _lay(self, sign, text, mood)


class LineButton(QPushButton):
    """A button with a sign and words that wrap."""

    def __init__(self, sign: str, text: str, mood: Mood = Mood.NONE) -> None:
        super().__init__()
        self.setProperty("look", "row")
        # It only jumps somewhere, so Enter may press it.
        self.setAutoDefault(True)
        self._words = _lay(self, sign, text, mood)
        name_it(self, text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its words at that width."""
        room = width - 3 * GAP_2 - SIGN
        return max(TARGET, self._words.heightForWidth(room) + 2 * ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its words at the width it has."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))


def _lay(line: QWidget, sign: str, text: str, mood: Mood) -> QLabel:
    """The sign stands at the first line of the words."""
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
