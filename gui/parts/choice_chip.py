"""A chip that can be chosen. It is as wide as its label in bold, so that a choice moves no chip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton

from gui.look.tokens import GAP_4, TARGET

TEXT_CHIP = 13


class ChoiceChip(QPushButton):
    """A label that does not fit ends in dots; the tool tip has the whole text."""

    def __init__(self, text: str, bold: QFontMetrics) -> None:
        super().__init__(text.replace("&", "&&"))
        self._whole, self._bold = text, bold
        # Measured once, because layouts ask for it many times.
        self._wide = bold.horizontalAdvance(text)
        self.setProperty("look", "choice")
        self.setCheckable(True)
        self.setMinimumHeight(TARGET)

    def sizeHint(self) -> QSize:
        """Room for the words in bold."""
        return QSize(self._wide + 2 * GAP_4, TARGET)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the dots."""
        return QSize(TARGET, TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the new width."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * GAP_4
        text = self._whole
        if self._wide > room:
            text = self._bold.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))


def bold_metrics(font: QFont) -> QFontMetrics:
    """The font metrics of a chosen chip."""
    bold = QFont(font)
    bold.setBold(True)
    bold.setPixelSize(TEXT_CHIP)
    return QFontMetrics(bold)
