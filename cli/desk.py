"""`desk`: open the desk."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from cli.options.folder import add_home, asks_for_secret
from system.installed import at_a_terminal

if TYPE_CHECKING:
    from storage.keys import Unlock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status of the window; 2 when the folder was not opened."""
    from gui.entrance import run_desk  # `--help` needs no Qt, and works without a screen

    def way() -> Unlock:
        from cli.options.way import unlock  # 60 ms: the first window is painted before

        return unlock(arguments)

    return run_desk(
        arguments.home,
        way,
        asks=asks_for_secret(arguments),
        terminal=at_a_terminal(sys.stderr),
    )
