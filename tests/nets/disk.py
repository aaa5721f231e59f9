"""The system calls of this process, written down or made to lie; our own code is left as it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

Replace = Callable[..., None]


class Calls:
    """What was asked of the disk, in order: ("flush", path), ("rename", path), and what is added.

    A path is the one that the file has when it is asked for; that of a rename is the new name.
    """

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def note(self, what: str, about: object = "") -> None:
        """Write down that something happened."""
        self.made.append((what, str(about)))

    def at(self, what: str, about: object) -> int:
        """When it happened first; fails when it never did."""
        assert (what, str(about)) in self.made, (what, str(about), self.made)
        return self.made.index((what, str(about)))


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """Flushes and renames are done and written down until the block ends."""
    calls = Calls()
    fsync: Callable[[int], None] = os.fsync
    replace: Replace = os.replace

    def noted_fsync(handle: int) -> None:
        calls.note("flush", path_of(handle))
        fsync(handle)

    def noted_replace(old: Path, new: Path, **more: int) -> None:
        calls.note("rename", new)
        replace(old, new, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", noted_fsync)
        patch.setattr(os, "replace", noted_replace)
        yield calls


def path_of(handle: int) -> str:
    """The path of an open file or folder."""
    return str(Path(f"/proc/self/fd/{handle}").readlink())


@contextmanager
def lying(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]) -> Iterator[None]:
    """A disk that has other bytes, as `spoil` makes them, as soon as a file got its name."""
    replace: Replace = os.replace

    def replace_and_spoil(old: Path, new: Path, **more: int) -> None:
        replace(old, new, **more)
        Path(new).write_bytes(spoil(Path(new).read_bytes()))

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace_and_spoil)
        yield


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch, call: str, error: OSError, at: int = 1
) -> Iterator[None]:
    """The `at`-th call of `os.call` fails once, as a disk fails."""
    true: Callable[..., object] = getattr(os, call)
    count = 0

    def fail_once(*arguments: object, **more: object) -> object:
        nonlocal count
        count += 1
        if count == at:
            raise error
        return true(*arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail_once)
        yield
