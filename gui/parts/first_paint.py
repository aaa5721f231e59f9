"""Says when a window is on the screen for the first time, so that other work may begin then."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

LONGEST = 2000
"""Milliseconds: a window that opens minimised, or behind others, is not painted."""


class FirstPaint(QObject):
    """Sends `painted` once, after the window was painted for the first time, or after `LONGEST`."""

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._watched: QWidget | None = window
        window.installEventFilter(self)
        QTimer.singleShot(LONGEST, self, self._send)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send it when the present event is done."""
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._send)
        return super().eventFilter(watched, event)

    def _send(self) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
            self.painted.emit()
