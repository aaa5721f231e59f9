"""Errors of the computer or of a folder on it.

MachineError
├── CannotOpen        missing key, not our file, too old a library
├── AlreadyOpen       another program holds the folder
├── NotYours          root works on a folder of another account
├── CannotWrite       disk full, read-only, input/output error
├── Damaged           a row, a page or a file is not what it was
├── ClockNotSet       the computer's clock says a day long past
├── StickFailed       a stick is full, read-only, or was pulled out
└── CannotDecode      the program that reads pictures does not start
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class MachineError(TidewaiterError):
    """A fault of the computer, its disk or a folder on it."""

    kind = ErrorKind.MACHINE


class CannotOpen(MachineError):
    """The store cannot be opened; no new one is made in its place."""


class AlreadyOpen(MachineError):
    """Another program holds the folder."""

    kind = ErrorKind.PERSON


class NotYours(MachineError):
    """The folder belongs to another account, which could not use files that this account makes."""

    kind = ErrorKind.PERSON


class CannotWrite(MachineError):
    """Writing failed; the data saved before is unchanged."""


class Damaged(MachineError):
    """Stored data was changed or is damaged."""


class ClockNotSet(MachineError):
    """The computer's clock was never set, so a signed entry would have a wrong date."""

    kind = ErrorKind.PERSON


class StickFailed(MachineError):
    """The stick cannot be read or written; files that have their name on it are whole."""


class CannotDecode(MachineError):
    """No picture can be read on this computer at present, whatever the picture is."""
