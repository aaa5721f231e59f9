"""Encryption of bundles in the age format, version 1 (age-encryption.org/v1), by pyrage.

Only X25519 identities and recipients are used. A recipient of another kind would run a plugin: a
program that the text names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pyrage

from domain.words import mark
from sync.wire.errors import BundleRefused, RecipientRefused

CHUNK = 64 * 1024
"""Bytes of plaintext in one authenticated piece of an age file."""


FIRST_LINE = b"age-encryption.org/v1\n"
HEADER_LIMIT = 16 * 1024
"""Bytes of a header at most; one with a single recipient has about 500."""


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; empty at the end."""


class Target(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of `data`; returns its length."""

    def flush(self) -> None:
        """Nothing is held back."""


def fresh_identity() -> str:
    """A new secret identity, `AGE-SECRET-KEY-1...`, made with the randomness of the system."""
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """The public recipient (`age1...`) of a secret identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def check_recipient(recipient: str) -> None:
    """Raise `RecipientRefused` unless it is an X25519 recipient."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise RecipientRefused(
            mark("this is not an X25519 recipient of the age format"),
            about=recipient[:24],
            hint=mark("Nothing was encrypted. Tell headquarters."),
        ) from error


def encrypt(source: Source, target: Target, recipient: str) -> None:
    """Read `source` to its end and write it to `target`, encrypted to `recipient`.

    Raises `RecipientRefused`, and every error of `source` and `target` as it is.
    """
    check_recipient(recipient)
    reading, writing = _Reading(source), _Writing(target)
    try:
        pyrage.encrypt_io(reading, writing, [pyrage.x25519.Recipient.from_str(recipient)])
    except BaseException as error:
        _raise_kept(reading, writing, error)
        raise
    _raise_kept(reading, writing, None)


def decrypt(source: Source, target: Target, identities: Sequence[str]) -> None:
    """Write the plaintext of `source` to `target`; only authenticated pieces are written.

    Raises `BundleRefused` when the file is not encrypted to one of the identities, is damaged, or
    ends early: the pieces before that place were written. Errors of `source` and `target` are
    raised as they are.
    """
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    reading, writing = _Reading(_checked(source)), _Writing(target)
    try:
        pyrage.decrypt_io(reading, writing, keys)
    except (pyrage.DecryptError, OSError) as error:
        _raise_kept(reading, writing, error)
        raise _refused(error, reading.ended) from error
    except BaseException as error:
        _raise_kept(reading, writing, error)
        raise
    _raise_kept(reading, writing, None)


def _checked(source: Source) -> Source:
    """The same bytes, when they begin with a header of a usual size.

    The library takes a time for a header that grows with the square of its size.
    """
    start = bytearray()
    while len(start) < HEADER_LIMIT and (piece := source.read(HEADER_LIMIT - len(start))):
        start += piece
    expect_age(start)
    if b"\n--- " not in start and len(start) == HEADER_LIMIT:
        raise BundleRefused(mark("it is not a bundle of Tidewaiter"))
    return _Rest(bytes(start), source)


def expect_age(start: bytes | bytearray) -> None:
    """Raise `BundleRefused` when a file with these first bytes is no age file, not even a cut one:
    nothing of it is read, or sent, any further.
    """
    if not FIRST_LINE.startswith(start[: len(FIRST_LINE)]) or not start:
        raise BundleRefused(mark("it is not a bundle of Tidewaiter"))


class _Rest:
    """Some bytes, then those of a source."""

    def __init__(self, start: bytes, source: Source) -> None:
        self._start = start
        self._source = source

    def read(self, size: int = -1) -> bytes:
        if not self._start:
            return self._source.read(size)
        used = len(self._start) if size < 0 else size
        data, self._start = self._start[:used], self._start[used:]
        return data


def _refused(error: Exception, ended: bool) -> BundleRefused:
    text = str(error)
    if "No matching keys" in text:
        return BundleRefused(
            mark("it is not encrypted to this hub, or its first bytes are damaged"),
            hint=mark(
                "Take it to the hub at which its workstation is enrolled; if that is this one, the"
                " workstation writes it again: main.py bundle export --anew."
            ),
        )
    if isinstance(error, pyrage.DecryptError) and not ended:
        return BundleRefused(mark("it is not a bundle of Tidewaiter"))
    return BundleRefused(
        mark("it is damaged or cut short"),
        hint=mark("Its workstation writes what is missing again: main.py bundle export."),
    )


class _Reading:
    """Passes reads on; keeps an error, which pyrage would turn into another one."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.error: BaseException | None = None
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._source.read(size)
        except BaseException as error:
            self.error = error
            raise
        self.ended = self.ended or (not data and size != 0)
        return data


class _Writing:
    """Passes writes on, in the same way.

    After an error nothing is passed on: the library writes its buffer once more when it ends.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        if self.error is not None:
            return len(data)
        try:
            self._target.write(bytes(data))
        except BaseException as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def _raise_kept(reading: _Reading, writing: _Writing, caught: BaseException | None) -> None:
    kept = reading.error or writing.error
    if kept is not None:
        raise kept from (None if kept is caught else caught)
