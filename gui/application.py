"""The one QApplication of the process, and when Python collects garbage in it."""

from __future__ import annotations

import gc
import os
import sys

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from domain.words import mark
from gui.errors import NoScreen

EVERY = 500
"""Milliseconds between two looks of the collector."""
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these names a screen, or says that none is needed, where X11 or Wayland draw windows."""


def application() -> QApplication:
    """The application; the first call makes it.

    Raises `NoScreen` where Qt would end the program without a message.
    """
    drawn_by_x11 = sys.platform not in ("win32", "darwin")
    if drawn_by_x11 and not any(os.environ.get(name) for name in SCREENS):
        raise NoScreen(
            mark("there is no screen to show the desk on"),
            hint=mark("Call it in a session with a screen; the commands need none."),
        )
    # An argument names the style: setting it later would make all of `QStyle` for Python, 10 ms.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    return app


class Collector(QObject):
    """Collects on the window's thread only, between two events, from its creation until `stop`.

    Python collects in whichever thread makes the object too many. Widgets that are garbage would
    then be destroyed in a thread of the store, which Qt does not allow; and a collection would hold
    the window in the middle of a key.
    """

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def keep(self) -> None:
        """Call it after the imports: what exists then stays, and no later look has to see it."""
        gc.freeze()

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
