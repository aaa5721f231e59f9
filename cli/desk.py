"""`desk`: open the desk."""

from __future__ import annotations

import argparse
import os
import sys

from cli.options.home import add_home, asks_for_secret, open_here, unlock
from storage.workstation import Workstation
from system.program import at_a_terminal
from system.run_mark import RunMark


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status of the window; 2 when the folder was not opened."""
    from gui.application import (  # `--help` needs no Qt, and works without a screen
        Collector,
        application,
    )

    app = application()
    # Loaded after Qt, and before the folder is opened, because an open folder is locked.
    from gui.build import Desk

    ws = _opened(arguments)
    if ws is None:
        return 2
    with ws, RunMark(ws.home) as mark:
        collector = Collector()
        desk = Desk(ws, app, ended_badly=mark.ended_badly)
        desk.start()
        status = app.exec()
        collector.stop()
    if desk.bridge.left:
        # All is saved and closed; threads that wait for a dead link would delay the end.
        os._exit(status)
    return status


def _opened(arguments: argparse.Namespace) -> Workstation | None:
    """The open workstation; None when the officer closed the sign-in window."""
    if at_a_terminal(sys.stderr):
        return open_here(arguments)
    # Only without a terminal, since it loads more of Qt.
    from gui.entrance import enter

    asks = asks_for_secret(arguments)
    return enter(arguments.home, lambda: unlock(arguments), asks=asks)
