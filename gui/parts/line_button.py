"""A button that is a line of text in the page: it wraps, and jumps somewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from gui.look.tokens import GAP_2, TARGET
from gui.parts.text import label, name_it


class LineButton(QPushButton):
    """A sign, then words that wrap."""

    def __init__(self, sign: str, text: str, mood: str = "") -> None:
        super().__init__()
        self.setProperty("look", "row")
        # It only jumps somewhere, so Enter may press it.
        self.setAutoDefault(True)
        colour = f"plain-{mood}" if mood else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_2, 0, GAP_2, 0)
        row.setSpacing(GAP_2)
        row.addWidget(label(sign, mood=colour), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words: QLabel = label(text, wrap=True, mood=colour)
        row.addWidget(self._words, 1)
        name_it(self, text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """High enough for all of them."""
        return max(TARGET, self._words.heightForWidth(width - 4 * GAP_2) + GAP_2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its words at the width it has."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))
