"""Python's garbage collector runs on the window's thread only, between two events.

Python runs it in whichever thread makes the object too many. Widgets that are garbage would then be
destroyed in a thread of the store, which Qt does not allow; and a collection would hold the window
in the middle of a key.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer

EVERY = 500
"""Milliseconds between two looks."""


class Collector(QObject):
    """Collects by a timer from its creation until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        # What exists after the imports stays; no later collection has to look at it.
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that has reached its threshold."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if counts[age] > thresholds[age]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
