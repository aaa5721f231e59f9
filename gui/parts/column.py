"""A column that is as high as what it holds, so that a scroll area never squeezes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class GrowingColumn(QWidget):
    """Words wrap in it, so its height follows from its width; Qt's scroll area does not ask."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "column")

    def event(self, event: QEvent) -> bool:
        """Follow a change of the content's height."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow a change of the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wraps = layout.hasHeightForWidth()
        height = (
            layout.totalHeightForWidth(self.width()) if wraps else layout.totalSizeHint().height()
        )
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
