"""A line of text. Text that does not fit ends in dots while nobody types there."""

from __future__ import annotations

from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from gui.look.tokens import TARGET

EDGE = 2
"""Pixels that Qt leaves free at both ends of the text."""
AROUND = EDGE + 12
"""Pixels at each end with the frame and the padding of the style sheet."""


class TextLine(QLineEdit):
    """A field never cuts its text in the middle of a letter; the tool tip has all of it."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.setMinimumHeight(TARGET)
        self.setPlaceholderText(hint)
        self.textChanged.connect(self.setToolTip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text shortened, where it does not fit."""
        wide = self.fontMetrics().horizontalAdvance(self.text())
        if self.hasFocus() or wide <= self.width() - 2 * AROUND:
            super().paintEvent(event)
        else:
            self._paint_shortened(event, wide)

    def _paint_shortened(self, event: QPaintEvent, wide: int) -> None:
        # Asked of the module only here: PySide makes 560 enum members for the class, which no
        # start of the desk needs.
        style, metrics = QtWidgets.QStyle, self.fontMetrics()
        option = QtWidgets.QStyleOptionFrame()
        self.initStyleOption(option)
        part = style.SubElement.SE_LineEditContents
        room = self.style().subElementRect(part, option, self).adjusted(EDGE, 0, -EDGE, 0)
        if wide <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        panel = style.PrimitiveElement.PE_PanelLineEdit
        self.style().drawPrimitive(panel, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        align = style.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, shown)
