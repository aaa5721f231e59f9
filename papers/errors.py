"""The room's error tree.

PaperError
├── FontMissing      a font file of resources/fonts is not there or cannot be read
├── SealRefused      a text that is no seal, or of a version that is not known here
└── PaperUnreadable  a file that is no PDF or picture, is cut, locked or too large
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class PaperError(TidewaiterError):
    """A paper could not be drawn or verified."""


class FontMissing(PaperError):
    """A font file of the program is missing."""

    kind = ErrorKind.MACHINE


class SealRefused(PaperError):
    """A text that is not a seal of this program."""


class PaperUnreadable(PaperError):
    """A file that cannot be read as a paper."""
