"""Errors about a workstation's stored records.

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
    """A fault of a workstation's stored records."""


class WrongSecret(CannotOpen):
    """A passphrase or key that does not open the store, or is not accepted as a new one."""

    kind = ErrorKind.PERSON


class UnfitFolder(CannotOpen):
    """A workstation cannot be made in this folder; another folder may work."""

    kind = ErrorKind.PERSON


class NotFound(StorageError):
    """This workstation does not have the requested thing."""

    kind = ErrorKind.PERSON


class NamesNotHeld(StorageError):
    """The entry came back from the hub without its names, which never leave their workstation."""

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
