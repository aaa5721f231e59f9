"""The one QApplication of the process."""

from __future__ import annotations

import builtins
import os
import sys

from PySide6.QtWidgets import QApplication

from domain.words import mark
from gui.errors import NoScreen

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
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    _import_as_python_does()
    return app


def _import_as_python_does() -> None:
    """Take back the function that PySide puts before every import, for a feature that is not used
    here: it costs a fourteenth of the start.
    """
    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
