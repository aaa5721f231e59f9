"""Arguments that name a workstation's folder and the way to open it.

The desk asks with these before anything of a workstation is imported; `cli/options/way.py` reads
the secrets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from storage.first_look import opens_without_a_question
from system.folders import default_home


def add_home(parser: argparse.ArgumentParser, *, new: bool = False) -> None:
    """Add the arguments for the folder and the way to open it; with `new` the folder is made.

    A parser below another one with the same arguments leaves out what is not on the line.
    """
    above = parser.argument_default == argparse.SUPPRESS
    parser.add_argument(
        "--home",
        type=Path,
        default=argparse.SUPPRESS if above else default_home(),
        metavar="DIR",
        help="the workstation's folder" + ("" if above else " (default: %(default)s)"),
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


def asks_for_secret(arguments: argparse.Namespace) -> bool:
    """Whether the user must type a secret, because no file and no key store has it.

    False for a folder that cannot be read; opening it reports why.
    """
    if arguments.passphrase_file is not None or arguments.recovery_key_file is not None:
        return False
    return not opens_without_a_question(arguments.home)
