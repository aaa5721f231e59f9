"""A column that is as high as its content, so that a scroll area never makes it smaller."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class GrowingColumn(QWidget):
    """Its texts wrap, so its height depends on its width, which Qt's scroll area ignores."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "column")

    def event(self, event: QEvent) -> bool:
        """Adapt to a change of the content's height."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt to a change of the width."""
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
