"""Converts errors of psycopg to our errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from domain.words import mark
from hub.errors import CannotServe, RequestRefused, Unavailable
from system.errors import CannotWrite

READ_ONLY = (errors.ReadOnlySqlTransaction,)
"""The server became a standby."""
AWAY = (psycopg.OperationalError, psycopg.InterfaceError, *READ_ONLY)
"""The server is not there, stops, or cannot take it now: a lock, a deadlock, too many at once."""


@contextmanager
def errors_as_ours() -> Iterator[None]:
    """Raises our errors in place of psycopg's; a fault of a statement passes unchanged.

    A transaction whose end is not known (the server was lost at COMMIT) is an error too: what is
    sent again is found by its hash.
    """
    try:
        yield
    except errors.DiskFull as error:
        raise CannotWrite(
            mark("the disk is full"), hint=mark("Make room on the disk; what was saved is safe.")
        ) from error
    except AWAY as error:
        raise Unavailable(
            mark("the database cannot be reached"), hint=mark("Try again in a moment.")
        ) from error
    except psycopg.DataError as error:
        raise RequestRefused(
            mark("a text contains the character NUL, or a number is too large")
        ) from error


def cannot_open(about: str, error: psycopg.Error) -> CannotServe:
    """The error at the start; the library's text names host and user, and never a password."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return CannotServe(
        mark("the database cannot be opened: {cause}"),
        about=about,
        hint=mark(
            "Check the address, and the password in the file that PGPASSFILE names (docs/hub.md)."
        ),
        cause=lines[0],
    )
