"""`rekey`: change the passphrase or the recovery key."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import OptionsRefused
from acts.station.rekey import rekey
from cli.options.home import add_home, unlock
from cli.options.secrets import new_passphrase
from domain.words import mark
from storage.workstation import open_workstation


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_home(parser)
    passphrase = parser.add_mutually_exclusive_group()
    passphrase.add_argument(
        "--new-passphrase", action="store_true", help="ask at the terminal for the new passphrase"
    )
    passphrase.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the new one",
    )
    parser.add_argument(
        "--new-recovery-key", action="store_true", help="make a new recovery key and show it once"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the new keys open the folder; a new recovery key is printed once."""
    wanted = arguments.new_passphrase or arguments.new_passphrase_file
    if not (wanted or arguments.new_recovery_key):
        raise OptionsRefused(
            mark("nothing to change"),
            hint=mark("Add --new-passphrase, --new-passphrase-file FILE or --new-recovery-key."),
        )
    way = unlock(arguments)
    passphrase = new_passphrase(arguments.new_passphrase_file) if wanted else None
    with open_workstation(arguments.home, way) as ws:
        rekey(
            ws, way, passphrase=passphrase, recovery=_show if arguments.new_recovery_key else None
        )
    changed = ["passphrase"] * bool(wanted) + ["recovery key"] * arguments.new_recovery_key
    print(f"changed: {', '.join(changed)}")
    return 0


def _show(recovery: str) -> None:
    text = "new recovery key (write it down, it is not shown again; valid once 'changed' follows)"
    print(f"{text}: {recovery}", flush=True)
