"""What can go wrong with the machine or a folder on it.

MachineError
├── CannotOpen        missing key, not our file, too old a library
├── AlreadyOpen       another program holds the folder
├── NotYours          root works on a folder of another account
├── CannotWrite       disk full, read-only, input/output error
├── Damaged           a row, a page or a file is not what it was
├── ClockNotSet       the computer's clock says a day long past
└── CannotDecode      the program that reads pictures does not start
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class MachineError(TidewaiterError):
    """The computer, its disk or a folder on it is not as it should be."""

    kind = ErrorKind.MACHINE


class CannotOpen(MachineError):
    """The store does not open, and nothing new is made in its place."""


class AlreadyOpen(MachineError):
    """Another program holds the folder."""

    kind = ErrorKind.PERSON


class NotYours(MachineError):
    """The folder belongs to another account, which could not use what this one would leave."""

    kind = ErrorKind.PERSON


class CannotWrite(MachineError):
    """Nothing could be written; what was saved before is untouched."""


class Damaged(MachineError):
    """What is stored is not what was stored."""


class ClockNotSet(MachineError):
    """The computer's clock was never set; what would be signed now would carry a false day."""

    kind = ErrorKind.PERSON


class CannotDecode(MachineError):
    """No picture can be read here at present; it says nothing about the picture."""
