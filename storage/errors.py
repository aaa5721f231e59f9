"""What can go wrong with a workstation's own records.

StorageError
├── NotFound          no such record, receipt, photo or pack here
├── NamesNotHeld      the entry is here, the names kept beside it are not
└── SeveralFound      a number that a branched journal gave twice
CannotOpen (system.errors)
├── WrongSecret       a passphrase or key that does not open it, or cannot become one that does
└── UnfitFolder       no workstation can be made in this folder
"""

from __future__ import annotations

from domain.errors import ErrorKind
from domain.words import mark
from system.errors import CannotOpen, MachineError


class StorageError(MachineError):
    """A workstation's records are not as they should be."""


class WrongSecret(CannotOpen):
    """What was typed does not open the store, or cannot become what opens it."""

    kind = ErrorKind.PERSON


class UnfitFolder(CannotOpen):
    """A workstation cannot be made in this folder, and can in another."""

    kind = ErrorKind.PERSON


class NotFound(StorageError):
    """There is no such thing at this workstation."""

    kind = ErrorKind.PERSON


class NamesNotHeld(StorageError):
    """The entry came back from the hub; its names never leave the workstation that took them."""

    kind = ErrorKind.PERSON


class SeveralFound(StorageError):
    """The number names more than one interception."""

    kind = ErrorKind.PERSON


def no_record(name: str) -> NotFound:
    """The error that says that no interception has this number or id."""
    return NotFound(
        mark("there is no interception of that name here"),
        about=name[:80],
        hint=mark("`main.py list` shows what is here."),
    )
