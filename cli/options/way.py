"""The way to open the folder that the arguments name: a file, the key store or a prompt."""

from __future__ import annotations

import argparse

from cli.options.secrets import ask_secret, first_line
from storage.key_file import SlotKind, key_file
from storage.key_store import system_key_store
from storage.keys import RecoveryKey, Unlock, way_of


def unlock(arguments: argparse.Namespace) -> Unlock:
    """The way to open the folder: a file, the key store or a prompt, in that order."""
    if arguments.recovery_key_file is not None:
        return RecoveryKey(first_line(arguments.recovery_key_file))
    if arguments.passphrase_file is not None:
        return way_of(first_line(arguments.passphrase_file))
    if any(slot.kind is SlotKind.KEYSTORE for slot in key_file(arguments.home).slots):
        return system_key_store()
    return way_of(ask_secret("Passphrase or recovery key: "))
