"""The desk's commands: open it, or take pictures of its screens."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from acts.place_options import add_home, open_here
from system.program import at_a_terminal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from storage.workstation import Workstation


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `desk` and `screenshots`."""
    desk = commands.add_parser("desk", help="open the desk (the default)")
    add_home(desk)
    desk.set_defaults(run=run_desk)
    shots = commands.add_parser("screenshots", help="save pictures of the main screens")
    add_home(shots)
    shots.add_argument("--out", type=Path, required=True, metavar="DIR")
    shots.set_defaults(run=run_screenshots)


def run_desk(arguments: argparse.Namespace) -> int:
    """Exit status of the window."""
    app = _application()
    # Loaded before the folder is opened: a folder that is open is locked.
    from gui.build import Desk

    ws = open_here(arguments) if at_a_terminal(sys.stderr) else _open_in_a_window(arguments, app)
    if ws is None:
        return 2
    with ws:
        desk = Desk(ws, app)
        desk.start()
        status = app.exec()
    if desk.bridge.left:
        # All is saved and closed; the threads left with a dead link would hold the end up.
        os._exit(status)
    return status


def _application() -> QApplication:
    # Qt is loaded for the words of this room only.
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def _open_in_a_window(arguments: argparse.Namespace, app: QApplication) -> Workstation | None:
    # Only where the folder does not open by itself.
    from gui.entrance import enter

    return enter(arguments, app)


def run_screenshots(arguments: argparse.Namespace) -> int:
    """Saves one PNG per screen, theme and language; needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = _application()
    # Qt is loaded for the words of this room only.
    from gui.screenshots import take

    with open_here(arguments) as ws:
        for file in take(ws, app, arguments.out):
            print(file)
    return 0
