"""`--home` and the ways to open it: what every command about a workstation's folder takes."""

from __future__ import annotations

import argparse
import getpass
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from acts.errors import NobodyToAsk, SecretRefused
from domain.errors import DeedRefused
from domain.words import mark
from system.program import at_a_terminal

if TYPE_CHECKING:
    from storage.keys import Passphrase, SystemKeyStore, Unlock
    from storage.workstation import Workstation

SERVICE = "tidewaiter"
"""The name under which the system's key store keeps our entries."""


def default_home() -> Path:
    """The folder of this user's workstation when none is named."""
    return Path(platformdirs.user_data_dir("tidewaiter", appauthor=False)) / "workstation"


def add_home(parser: argparse.ArgumentParser, *, new: bool = False) -> None:
    """Let `parser` take the workstation's folder and the way to open it; `new` makes the folder."""
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


def open_here(arguments: argparse.Namespace, *, reading: bool = False) -> Workstation:
    """The workstation that the options name, open; `reading` also on a disk without writes.

    Raises `CannotOpen`, `AlreadyOpen`, `NotYours`.
    """
    from storage.workstation import open_workstation  # --help must not wait for the database

    home: Path = arguments.home
    return open_workstation(home, unlock(arguments), reading=reading)


def unlock(arguments: argparse.Namespace) -> Unlock:
    """How the folder that the options name is opened: file, key store or prompt, in that order."""
    from storage.keys import RecoveryKey, key_file, way_of  # --help must not wait for these

    if arguments.recovery_key_file is not None:
        return RecoveryKey(first_line(arguments.recovery_key_file))
    if arguments.passphrase_file is not None:
        return way_of(first_line(arguments.passphrase_file))
    if any(slot.kind == "keystore" for slot in key_file(arguments.home).slots):
        return system_key_store()
    return way_of(ask_secret("Passphrase or recovery key: "))


def new_passphrase(file: Path | None) -> Passphrase:
    """A passphrase that did not open anything yet: from `file`, else typed twice."""
    from storage.keys import Passphrase  # --help must not wait for the cryptography

    if file is not None:
        return Passphrase(first_line(file))
    typed = ask_secret("New passphrase: ")
    if ask_secret("The same again: ") != typed:
        raise DeedRefused(mark("the two passphrases differ; nothing was changed"))
    return Passphrase(typed)


def ask_secret(prompt: str) -> str:
    """What is typed, unseen, at the terminal. Raises `NobodyToAsk`."""
    if not at_a_terminal(sys.stdin):
        raise NobodyToAsk(
            mark("the passphrase is needed, and there is no terminal to ask at"),
            hint=mark("Name the file that holds it with --passphrase-file."),
        )
    return getpass.getpass(prompt)


def acting_officer(arguments: argparse.Namespace) -> str:
    """The badge of who acts: `--officer`, else typed at the terminal. Raises `NobodyToAsk`."""
    badge: str = arguments.officer or (input("Your badge: ") if at_a_terminal(sys.stdin) else "")
    if not badge.strip():
        raise NobodyToAsk(
            mark("who acts must be said"), hint=mark("Name the badge with --officer.")
        )
    return badge.strip()


def system_key_store() -> SystemKeyStore:
    """The operating system's key store."""
    import keyring  # 150 ms, and only for those who use it
    from keyring.errors import KeyringError  # as above

    from storage.keys import SystemKeyStore  # as above
    from system.errors import CannotOpen  # as above

    def told(error: KeyringError) -> CannotOpen:
        return CannotOpen(
            mark("the system's key store cannot be used ({cause})"),
            hint=mark("Unlock it, or open it with --passphrase-file or --recovery-key-file."),
            cause=type(error).__name__,
        )

    def read(name: str) -> str | None:
        try:
            return keyring.get_password(SERVICE, name)
        except KeyringError as error:
            raise told(error) from error

    def write(name: str, value: str) -> None:
        try:
            keyring.set_password(SERVICE, name, value)
        except KeyringError as error:
            raise told(error) from error

    return SystemKeyStore(read, write)


def first_line(file: Path) -> str:
    """The secret in `file`, in UTF-8 with or without a byte order mark, which Notepad writes.

    Raises `SecretRefused`, also when other accounts can use the file.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:
            _refuse_shared(os.fstat(opened.fileno()).st_mode, file)
            lines = opened.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretRefused(
            mark("the file with the secret cannot be read"), about=str(file)
        ) from error
    if not lines or not lines[0]:
        raise SecretRefused(mark("the file with the secret is empty"), about=str(file))
    return lines[0]


def _refuse_shared(mode: int, file: Path) -> None:
    """A pipe is no file that stays; Windows keeps rights elsewhere."""
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        raise SecretRefused(
            mark("other accounts can read or change this file with a secret (mode {mode})"),
            about=str(file),
            hint=mark("Keep it to yourself: `chmod 600 {file}`."),
            mode=f"{stat.S_IMODE(mode):04o}",
            file=file,
        )
