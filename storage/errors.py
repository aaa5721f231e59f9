"""What can go wrong with the place.

StorageError
├── CannotOpen        missing key, not our file, too old a library
│   ├── WrongSecret   a passphrase or key that does not open it, or cannot become one that does
│   └── UnfitFolder   no workstation can be made in this folder
├── AlreadyOpen       another program holds the folder
├── NotYours          root works on a folder of another account
├── CannotWrite       disk full, read-only, input/output error
├── Damaged           a row, a page or a file is not what it was
├── ClockNotSet       the computer's clock says a day long past
├── CannotDecode      the program that reads pictures does not start
├── NotFound          no such record, receipt, photo or pack here
├── NamesNotHeld      the entry is here, the names kept beside it are not
└── SeveralFound      a number that a branched journal gave twice
"""

from __future__ import annotations

from domain.errors import Kind, TidewaiterError


class StorageError(TidewaiterError):
    """The workstation's folder is not as it should be."""

    kind = Kind.PLACE


class CannotOpen(StorageError):
    """The store does not open, and nothing new is made in its place."""


class WrongSecret(CannotOpen):
    """What was typed does not open the store, or cannot become what opens it."""

    kind = Kind.PERSON


class UnfitFolder(CannotOpen):
    """A workstation cannot be made in this folder, and can in another."""

    kind = Kind.PERSON


class AlreadyOpen(StorageError):
    """Another program holds the folder."""

    kind = Kind.PERSON


class NotYours(StorageError):
    """The folder belongs to another account, which could not use what this one would leave."""

    kind = Kind.PERSON


class CannotWrite(StorageError):
    """Nothing could be written; what was saved before is untouched."""


class Damaged(StorageError):
    """What is stored is not what was stored."""


class CannotDecode(StorageError):
    """No picture can be read here at present; it says nothing about the picture."""


class NotFound(StorageError):
    """There is no such thing at this workstation."""

    kind = Kind.PERSON


class NamesNotHeld(StorageError):
    """The entry came back from the hub; its names never leave the workstation that took them."""

    kind = Kind.PERSON


class ClockNotSet(StorageError):
    """The computer's clock was never set; what would be signed now would carry a false day."""

    kind = Kind.PERSON


class SeveralFound(StorageError):
    """The number names more than one interception."""

    kind = Kind.PERSON
