"""Arguments of commands on a workstation's folder: `--home`, how to open it, and who acts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from acts.errors import BadgeNeeded
from acts.session import Session
from cli.options.secrets import ask_secret, first_line
from domain.errors import TidewaiterError
from domain.words import mark
from storage.key_file import SlotKind, key_file
from storage.key_store import system_key_store
from storage.keys import RecoveryKey, Unlock, way_of
from storage.workstation import Workstation, open_workstation
from system.folders import default_home
from system.program import at_a_terminal


def add_home(parser: argparse.ArgumentParser, *, new: bool = False) -> None:
    """Add the arguments for the folder and the way to open it; with `new` the folder is made."""
    parser.add_argument(
        "--home",
        type=Path,
        default=default_home(),
        metavar="DIR",
        help="the workstation's folder (default: %(default)s)",
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the passphrase; else "
        + ("a prompt" if new else "the system's key store, else a prompt"),
    )
    if not new:
        ways.add_argument(
            "--recovery-key-file",
            type=Path,
            metavar="FILE",
            help="file whose first line is the recovery key; opens when nothing else does",
        )


def add_officer(parser: argparse.ArgumentParser, who: str = "who acts") -> None:
    """Add the argument for the badge of who acts; without it the command asks."""
    parser.add_argument("--officer", default="", metavar="BADGE", help=f"{who}; asked if left out")


def open_here(arguments: argparse.Namespace, *, reading: bool = False) -> Workstation:
    """Open the workstation that the options name; with `reading` also on a full or read-only disk.

    Raises `CannotOpen`, `AlreadyOpen`, `NotYours`.
    """
    home: Path = arguments.home
    return open_workstation(home, unlock(arguments), reading=reading)


def unlock(arguments: argparse.Namespace) -> Unlock:
    """The way to open the folder: a file, the key store or a prompt, in that order."""
    if arguments.recovery_key_file is not None:
        return RecoveryKey(first_line(arguments.recovery_key_file))
    if arguments.passphrase_file is not None:
        return way_of(first_line(arguments.passphrase_file))
    if _in_key_store(arguments.home):
        return system_key_store()
    return way_of(ask_secret("Passphrase or recovery key: "))


def asks_for_secret(arguments: argparse.Namespace) -> bool:
    """Whether the user must type a secret, because no file and no key store has it.

    False for a folder that cannot be read; opening it reports why.
    """
    if arguments.passphrase_file is not None or arguments.recovery_key_file is not None:
        return False
    try:
        return not _in_key_store(arguments.home)
    except TidewaiterError:
        return False


def _in_key_store(home: Path) -> bool:
    return any(slot.kind is SlotKind.KEYSTORE for slot in key_file(home).slots)


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
