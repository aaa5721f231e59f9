"""The desk's commands: open it, or take pictures of its screens."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from acts.place_options import add_home, open_here


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
    # Qt is loaded for the words of this room only.
    from PySide6.QtWidgets import QApplication

    from gui.build import Desk

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with open_here(arguments) as ws:
        desk = Desk(ws, app)
        desk.start()
        return app.exec()


def run_screenshots(arguments: argparse.Namespace) -> int:
    """Saves one PNG per screen, theme and language; needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt is loaded for the words of this room only.
    from PySide6.QtWidgets import QApplication

    from gui.screenshots import take

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with open_here(arguments) as ws:
        for file in take(ws, app, arguments.out):
            print(file)
    return 0
