"""What can go wrong with the demonstration.

DemoError
├── ChildFailed       a program that it starts did not do its part
└── FolderInUse       the folder for its files holds other things
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class DemoError(TidewaiterError):
    """The demonstration cannot go on."""


class ChildFailed(DemoError):
    """A hub, a desk or a browser that the demonstration started."""

    kind = ErrorKind.MACHINE


class FolderInUse(DemoError):
    """The demonstration writes only into a folder of its own."""
