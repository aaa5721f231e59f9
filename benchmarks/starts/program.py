"""`main.py desk` as a person starts it, until a window is painted or the form can be used.

Arguments: `frame` or `usable`, then those of `main.py desk`. What is on the screen is looked at
every millisecond, from outside of the program.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.starts.ready import ready
from gui.application import application
from main import main


def frame() -> None:
    """Report when a window of the program is painted, which Qt does when it is first exposed."""
    if any(window.isExposed() for window in QGuiApplication.topLevelWindows()):
        ready()


def usable() -> None:
    """Report when a field of the form has the focus and all that is shown is painted."""
    view = sys.modules.get("gui.capture.view")
    focus = QApplication.focusWidget()
    while view is not None and focus is not None:
        if isinstance(focus, view.CaptureView):
            QCoreApplication.sendPostedEvents()
            focus.window().repaint()
            ready()
        focus = focus.parentWidget()


app = application()
timer = QTimer(app, interval=1, timerType=Qt.TimerType.PreciseTimer)
timer.timeout.connect({"frame": frame, "usable": usable}[sys.argv[1]])
timer.start()
main(["desk", *sys.argv[2:]])
