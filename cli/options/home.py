"""Opens the folder that the arguments name, and says who acts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from acts.errors import BadgeNeeded
from acts.session import Session
from cli.options.way import unlock
from domain.words import mark
from storage.workstation import Workstation, open_workstation
from system.installed import at_a_terminal


def add_officer(parser: argparse.ArgumentParser, who: str = "who acts") -> None:
    """Add the argument for the badge of who acts; without it the command asks."""
    default = parser.argument_default or ""
    parser.add_argument(
        "--officer", default=default, metavar="BADGE", help=f"{who}; asked if left out"
    )


def open_here(arguments: argparse.Namespace, *, reading: bool = False) -> Workstation:
    """Open the workstation that the options name; with `reading` also on a full or read-only disk.

    Raises `CannotOpen`, `AlreadyOpen`, `NotYours`.
    """
    home: Path = arguments.home
    return open_workstation(home, unlock(arguments), reading=reading)


def who_acts(arguments: argparse.Namespace) -> Session:
    """Who acts: the badge of `--officer`, else typed at the terminal. Raises `BadgeNeeded`."""
    badge: str = arguments.officer or (input("Your badge: ") if at_a_terminal(sys.stdin) else "")
    if not badge.strip():
        raise BadgeNeeded(
            mark("the officer who acts is missing"), hint=mark("Name the badge with --officer.")
        )
    return Session(badge.strip())


def officer_named(arguments: argparse.Namespace) -> Session | None:
    """The badge of `--officer`, or None when the record file names the officer."""
    badge: str = arguments.officer.strip()
    return Session(badge) if badge else None
