"""`desk`: open the desk."""

from __future__ import annotations

import argparse
import sys

from cli.options.folder import add_home, asks_for_secret, unlock
from system.program import at_a_terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status of the window; 2 when the folder was not opened."""
    from gui.entrance import run_desk  # `--help` needs no Qt, and works without a screen

    return run_desk(
        arguments.home,
        lambda: unlock(arguments),
        asks=asks_for_secret(arguments),
        terminal=at_a_terminal(sys.stderr),
    )
