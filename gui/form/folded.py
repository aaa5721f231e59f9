"""An item of a repeated section in one line; pressed, it becomes a card."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from gui.look.tokens import GAP_4, TARGET
from gui.parts.text import name_it


class FoldedItem(QPushButton):
    """Words that do not fit end in dots; the tool tip has the whole text."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "fold")
        self.setAutoDefault(True)
        self.setFixedHeight(TARGET)
        self._whole = ""

    def say(self, text: str) -> None:
        """Show what the item holds."""
        if text != self._whole:
            self._whole = text
            name_it(self, text)
            self.setToolTip(text)
            self._fit()

    def sizeHint(self) -> QSize:
        """One line; its width is the column's."""
        return QSize(120, TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * GAP_4
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
