"""Errors of the demonstration.

DemoError
├── ChildFailed       a program that it starts failed
└── FolderInUse       the folder for its files contains other files
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class DemoError(TidewaiterError):
    """The demonstration cannot continue."""


class ChildFailed(DemoError):
    """A hub, a desk or a browser that the demonstration started has failed."""

    kind = ErrorKind.MACHINE


class FolderInUse(DemoError):
    """The folder contains other files; the demonstration writes only into its own folder."""
