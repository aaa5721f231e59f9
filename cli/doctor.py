"""`doctor`: report faults of the workstation and its computer; it also asks the hub."""

from __future__ import annotations

import argparse

from cli.options.folder import add_home
from cli.options.way import unlock
from sync.examine import Result, examine_home


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when nothing is wrong, 1 when something is, or when the journal branched."""
    no = False
    for found in examine_home(arguments.home, unlock(arguments)):
        word = Result.LOOK if found.result is Result.ACT else found.result
        print(f"{word:7} {found}")
        no |= found.result in (Result.WRONG, Result.ACT)
    return 1 if no else 0
