"""`--home` and `--passphrase-file`: what every command about a workstation's folder takes."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from domain.errors import DeedRefused
from domain.words import mark

if TYPE_CHECKING:
    from storage.keys import SystemKeyStore, Unlock
    from storage.workstation import Workstation

SERVICE = "tidewaiter"
"""The name under which the system's key store keeps our entries."""


def default_home() -> Path:
    """The folder of this user's workstation when none is named."""
    return Path(platformdirs.user_data_dir("tidewaiter", appauthor=False)) / "workstation"


def add_home(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take the workstation's folder and the way to open it."""
    parser.add_argument(
        "--home",
        type=Path,
        default=default_home(),
        metavar="DIR",
        help="the workstation's folder (default: %(default)s)",
    )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the passphrase; else the system's key store, else a prompt",
    )


def open_here(arguments: argparse.Namespace) -> Workstation:
    """The workstation that the options name, open. Raises `CannotOpen`, `AlreadyOpen`."""
    from storage.workstation import open_workstation  # --help must not wait for the database

    home: Path = arguments.home
    return open_workstation(home, unlock(arguments))


def unlock(arguments: argparse.Namespace) -> Unlock:
    """How the folder that the options name is opened: file, key store or prompt, in that order."""
    from storage.keys import key_file  # --help must not wait for the cryptography

    if arguments.passphrase_file is None:
        slots = key_file(arguments.home).slots
        if any(slot.kind == "keystore" for slot in slots):
            return system_key_store()
    return ask_passphrase(arguments, "Passphrase: ")


def ask_passphrase(arguments: argparse.Namespace, prompt: str) -> Unlock:
    """The passphrase from `--passphrase-file`, else typed at the terminal."""
    from storage.keys import Passphrase  # --help must not wait for the cryptography

    if arguments.passphrase_file is not None:
        return Passphrase(_first_line(arguments.passphrase_file))
    if not sys.stdin.isatty():
        raise DeedRefused(
            mark("the passphrase is needed, and there is no terminal to ask at"),
            hint=mark("Name the file that holds it with --passphrase-file."),
        )
    return Passphrase(getpass.getpass(prompt))


def system_key_store() -> SystemKeyStore:
    """The operating system's key store."""
    import keyring  # 150 ms, and only for those who use it
    from keyring.errors import KeyringError  # as above

    from storage.errors import CannotOpen  # as above
    from storage.keys import SystemKeyStore  # as above

    def told(error: KeyringError) -> CannotOpen:
        return CannotOpen(
            mark("the system's key store cannot be used ({cause})"),
            hint=mark("Unlock it, or open the workstation with --passphrase-file."),
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


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DeedRefused(mark("the passphrase file cannot be read"), about=str(file)) from error
    if not lines or not lines[0]:
        raise DeedRefused(mark("the passphrase file is empty"), about=str(file))
    return lines[0]
