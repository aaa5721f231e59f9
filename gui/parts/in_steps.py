"""Work that nobody waits for, in steps: between two steps a key comes first."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.parts.first_paint import FirstPaint

PAUSE = 100
"""Milliseconds before each step: a form that has just been painted gets its focus first."""


class InSteps(QObject):
    """Takes the steps of the work once `widget` was painted; the work ends with the widget."""

    def __init__(self, widget: QWidget, steps: Iterator[None]) -> None:
        super().__init__(widget)
        self._steps = steps
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._step)
        FirstPaint(widget).painted.connect(self._timer.start)

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
