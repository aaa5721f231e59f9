"""Options and words about the keys with which operations sign packs."""

from __future__ import annotations

import argparse
from pathlib import Path

from acts.errors import InputRefused
from acts.station.operation_key import public_half
from cli.options.secrets import ask_secret, first_line
from domain.pack.signature import OperationKey
from domain.words import mark
from storage.keys import Passphrase


def add_fingerprint(parser: argparse.ArgumentParser) -> None:
    """Add the option with which a person confirms a key."""
    parser.add_argument(
        "--fingerprint",
        default="",
        metavar="TEXT",
        help="the key's fingerprint, as its owner said it in another way than the file came",
    )


def confirmed_key(file: Path, typed: str) -> OperationKey:
    """The public key in `file`, whose fingerprint a person typed.

    Raises `InputRefused` when it is another one or none, `PackUntrusted` when the file is no key.
    """
    key = public_half(file)
    if not key.is_confirmed_by(typed):
        raise InputRefused(
            mark("the fingerprint of this key of operation {operation} is {fingerprint}")
            if not typed
            else mark(
                "this is another key: the fingerprint of this key of operation {operation} is"
                " {fingerprint}"
            ),
            about=str(file),
            hint=mark(
                "Ask who sent the file for the fingerprint, by telephone or on paper; if it is the"
                " same, say it with --fingerprint."
            ),
            operation=key.operation,
            fingerprint=key.fingerprint,
        )
    return key


def passphrase_of_key(file: Path | None, of: Path) -> Passphrase:
    """The passphrase of a secret key: from `file`, else typed."""
    return Passphrase(first_line(file) if file else ask_secret(f"Passphrase of {of}: "))


def key_in_words(key: OperationKey) -> str:
    """`operation NORTH-SEA, key ABCD-...`."""
    return f"operation {key.operation}, key {key.fingerprint}"
