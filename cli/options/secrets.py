"""Reads passphrases and recovery keys for a command: from a file, or typed without echo."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from pathlib import Path

from acts.errors import PassphraseNeeded, SecretRefused
from domain.words import mark
from storage.keys import Passphrase
from system.installed import at_a_terminal


def new_passphrase(file: Path | None) -> Passphrase:
    """A new passphrase: from `file`, else typed twice."""
    if file is not None:
        return Passphrase(first_line(file))
    typed = ask_secret("New passphrase: ")
    if ask_secret("The same again: ") != typed:
        raise SecretRefused(mark("the two passphrases differ; nothing was changed"))
    return Passphrase(typed)


def ask_secret(prompt: str) -> str:
    """The secret typed at the terminal, without echo. Raises `PassphraseNeeded`."""
    if not at_a_terminal(sys.stdin):
        raise PassphraseNeeded(
            mark("the passphrase is needed, and there is no terminal to ask at"),
            hint=mark("Name the file that holds it with --passphrase-file."),
        )
    return getpass.getpass(prompt)


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
    """Refuse a file that other accounts can use; pipes and Windows are not checked."""
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        raise SecretRefused(
            mark("other accounts can read or change this file with a secret (mode {mode})"),
            about=str(file),
            hint=mark("Keep it to yourself: `chmod 600 {file}`."),
            mode=f"{stat.S_IMODE(mode):04o}",
            file=file,
        )
