"""Errors of the desk itself.

DeskError
├── Surprise               a fault of the program in the background
├── StickStopped           the officer stopped the reading of a stick
├── NoScreen               the desk was started where no window can be shown
├── CameraFault            a camera gives no picture
└── Left                   the window was closed while the work waited for the hub
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class DeskError(TidewaiterError):
    """The desk could not do what the officer asked for."""


class Surprise(DeskError):
    """A fault of the program in background work; the log has the traceback."""

    kind = ErrorKind.BUG


class NoScreen(DeskError):
    """The desk was started in a session that has no screen."""

    kind = ErrorKind.MACHINE


class CameraFault(DeskError):
    """No picture of a camera: it is not there, is in use, or the system does not allow it."""

    kind = ErrorKind.MACHINE


class Left(DeskError):
    """The window was closed while the work waited for the hub: the work ends."""


class StickStopped(DeskError):
    """The officer stopped the reading of a stick; it goes on where it stopped."""
