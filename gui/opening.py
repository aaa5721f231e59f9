"""The rest of the program: opens a folder, and the desk on it.

The door and the first-run page are on the screen before this file is imported.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.bridge import Bridge
from gui.build import Desk
from storage.keys import Unlock
from storage.workstation import Workstation, open_workstation
from system.database.errors import errors_as_ours

__all__ = ["Bridge", "open_folder", "run_open"]


def open_folder(home: Path, unlock: Unlock) -> Workstation:
    """The open workstation. Raises as `open_workstation`, also for a damaged first page."""
    with errors_as_ours(home):
        return open_workstation(home, unlock)


def run_open(ws: Workstation, app: QApplication) -> int:
    """Show the desk until it is closed; returns the exit status."""
    with ws:
        desk = Desk(ws, app)
        desk.start()
        status = app.exec()
    if desk.bridge.left:
        # All is saved and closed; threads that wait for a dead link would delay the end.
        os._exit(status)
    return status
