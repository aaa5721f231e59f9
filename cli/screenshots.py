"""`screenshots`: save pictures of the main screens."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from cli.options.folder import add_home
from cli.options.home import open_here
from gui.application import application
from gui.screenshots import take


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")


def run(arguments: argparse.Namespace) -> int:
    """Saves one PNG per screen, theme and language; needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    with open_here(arguments) as ws:
        for file in take(ws, app, arguments.out):
            print(file)
    return 0
