"""Arguments that name a workstation's folder and the way to open it.

The desk asks with these before anything of a workstation is imported.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from cli.options.secrets import ask_secret, first_line
from domain.errors import TidewaiterError
from storage.key_file import SlotKind, key_file
from storage.key_store import system_key_store
from storage.keys import RecoveryKey, Unlock, way_of
from system.folders import default_home


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
