"""A label of one line: words that do not fit end in dots, and the tool tip has all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from gui.parts.text import begin_at_its_side


class OneLineLabel(QLabel):
    """It never widens what it is in."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        begin_at_its_side(self)
        self._whole = ""

    def put(self, words: str) -> None:
        """Show these words."""
        if words != self._whole:
            self._whole = words
            self.setToolTip(words)
            self.setAccessibleName(words)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the dots."""
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
