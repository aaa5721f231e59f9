"""The rest of the program: opens a folder, and the desk on it.

The door and the first-run page are on the screen before this file is imported.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.application import Collector
from gui.bridge import Bridge
from gui.build import Desk
from gui.uncaught import Uncaught
from gui.window import Window
from storage.keys import RecoveryKey, Unlock, way_of
from storage.workstation import Workstation, open_workstation
from system.database.errors import errors_as_ours
from system.run_mark import RunMark

__all__ = ["Bridge", "open_folder", "run_open", "way_in"]


def open_folder(home: Path, unlock: Unlock) -> Workstation:
    """The open workstation. Raises as `open_workstation`, also for a damaged first page."""
    with errors_as_ours(home):
        return open_workstation(home, unlock)


def way_in(typed: str, recovers: bool) -> Unlock:
    """The way to open a folder with a typed secret.

    A recovery key in the field for the passphrase is recognised by its checksum.
    """
    return RecoveryKey(typed) if recovers else way_of(typed)


def run_open(
    ws: Workstation, app: QApplication, collector: Collector, window: Window | None
) -> int:
    """Show the desk until it is closed, in `window` if it is there; returns the exit status."""
    with ws, RunMark(ws.home) as mark:
        collector.keep()
        desk = Desk(ws, app, ended_badly=mark.ended_badly, window=window)
        desk.start()
        with Uncaught(ws.home, desk.capture.refused.emit):
            status = app.exec()
        collector.stop()
    if desk.bridge.left:
        # All is saved and closed; threads that wait for a dead link would delay the end.
        os._exit(status)
    return status
