"""The striped band of practice mode, on every screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QWidget

from gui.look.tokens import Palette
from gui.parts.text import name_it

HEIGHT = 26
STRIPE = 16


class PracticeBand(QWidget):
    """Shows `words` between diagonal stripes."""

    def __init__(self, words: str, palette: Palette) -> None:
        super().__init__()
        self._words = words
        self._dark, self._light = QColor(palette.warn), QColor(palette.warn_soft)
        self.setFixedHeight(HEIGHT)
        name_it(self, words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stripes, and the words on a plain background in the middle."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._light)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._dark)
        for x in range(-HEIGHT, self.width(), 2 * STRIPE):
            corners = ((x, HEIGHT), (x + HEIGHT, 0), (x + HEIGHT + STRIPE, 0), (x + STRIPE, HEIGHT))
            painter.drawPolygon(QPolygon([QPoint(*corner) for corner in corners]))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self._words) + 48
        middle = QRect((self.width() - width) // 2, 0, width, HEIGHT)
        painter.fillRect(middle, self._light)
        painter.setPen(self._dark)
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, self._words)
