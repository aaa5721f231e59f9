"""`rekey`: change the passphrase, the recovery key or the signing key."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import OptionsRefused
from acts.station.change_key import change_key
from acts.station.rekey import rekey
from cli.options.folder import add_home
from cli.options.home import add_officer, who_acts
from cli.options.secrets import new_passphrase
from cli.options.way import unlock
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
    parser.add_argument(
        "--new-signing-key",
        action="store_true",
        help="sign entries and receipts with a new key from now on",
    )
    add_officer(parser, "who changes the signing key")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when the new keys open the folder; a new recovery key is printed once."""
    wanted = arguments.new_passphrase or arguments.new_passphrase_file
    if not (wanted or arguments.new_recovery_key or arguments.new_signing_key):
        raise OptionsRefused(
            mark("nothing to change"),
            hint=mark(
                "Add --new-passphrase, --new-passphrase-file FILE, --new-recovery-key or"
                " --new-signing-key."
            ),
        )
    session = who_acts(arguments) if arguments.new_signing_key else None
    way = unlock(arguments)
    passphrase = new_passphrase(arguments.new_passphrase_file) if wanted else None
    with open_workstation(arguments.home, way) as ws:
        if wanted or arguments.new_recovery_key:
            recovery = _show if arguments.new_recovery_key else None
            rekey(ws, way, passphrase=passphrase, recovery=recovery)
        if session is not None:
            change_key(ws, session)
    changed = ["passphrase"] * bool(wanted) + ["recovery key"] * arguments.new_recovery_key
    changed += ["signing key"] * arguments.new_signing_key
    print(f"changed: {', '.join(changed)}")
    if session is not None:
        print("the hub learns of the new signing key at the next synchronisation")
    return 0


def _show(recovery: str) -> None:
    text = "new recovery key (write it down, it is not shown again; valid once 'changed' follows)"
    print(f"{text}: {recovery}", flush=True)
