"""A file is on the disk, whole, for its owner alone, before anybody relies on it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.ids import PaperHash
from storage.vault import Vault
from system.errors import CannotWrite, Damaged
from system.files import move_durably, write_durably, write_once
from tests.nets.disk import failing, lying, watched

PROC = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the path of a file")
KEY = bytes(range(32))
PAPER = b"%PDF-1.7 a receipt"


@PROC
def test_the_bytes_of_a_file_are_flushed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(monkeypatch) as calls:
        write_once(tmp_path / "photo", b"bytes")

    (flush, first), (rename, named), (again, folder) = calls.made
    assert (flush, rename, again) == ("flush", "rename", "flush")
    assert Path(first).parent == tmp_path
    assert Path(first).name.endswith(".part")
    assert named == str(tmp_path / "photo")
    assert folder == str(tmp_path)


@PROC
def test_a_file_is_flushed_before_it_takes_another_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, path = tmp_path / "new", tmp_path / "workstation.db"
    part.write_bytes(b"new")
    path.write_bytes(b"old")

    with watched(monkeypatch) as calls:
        move_durably(part, path)

    assert path.read_bytes() == b"new"
    assert calls.made == [("flush", str(part)), ("rename", str(path)), ("flush", str(tmp_path))]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_file_whose_flush_or_rename_failed_leaves_nothing_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "keys.json"
    write_durably(path, b"before")

    with (
        failing(monkeypatch, call, OSError(errno.EIO, "input/output error")),
        pytest.raises(CannotWrite, match="input/output error"),
    ):
        write_durably(path, b"after")

    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]
    assert path.read_bytes() == b"before"


@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of another kind")
def test_a_file_is_its_owners_alone_while_it_is_written_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    fsync: Callable[[int], None] = os.fsync

    def look(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            modes.append(stat.S_IMODE(os.fstat(handle).st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", look)
    write_once(tmp_path / "photo", b"bytes")

    assert modes == [0o600]
    assert stat.S_IMODE((tmp_path / "photo").stat().st_mode) == 0o600


def test_other_bytes_never_take_the_place_of_what_was_written_once(tmp_path: Path) -> None:
    write_once(tmp_path / "paper", b"first")
    write_once(tmp_path / "paper", b"first")

    with pytest.raises(Damaged):
        write_once(tmp_path / "paper", b"second")

    assert (tmp_path / "paper").read_bytes() == b"first"


def flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def nothing(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("spoil", [flip, cut, nothing])
def test_a_disk_that_gives_back_other_bytes_is_found_out_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
) -> None:
    vault = Vault(tmp_path, KEY, os.urandom, "paper")
    name = PaperHash.of(PAPER)

    with lying(monkeypatch, spoil), pytest.raises(Damaged, match="other bytes than were written"):
        vault.put(name, PAPER)

    vault.put(name, PAPER)
    assert vault.get(name) == PAPER


def test_what_lies_under_another_name_is_not_given_out(tmp_path: Path) -> None:
    """A file that was renamed opens with the key; it is still not the one it is named."""
    vault = Vault(tmp_path, KEY, os.urandom, "paper")
    other = PaperHash.of(b"another")
    vault.put(other, PAPER)

    with pytest.raises(Damaged, match="does not match"):
        vault.get(other)


def test_what_is_kept_twice_is_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, KEY, os.urandom, "paper")
    name = PaperHash.of(PAPER)
    vault.put(name, PAPER)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = file.read_bytes()

    vault.put(name, PAPER)

    assert file.read_bytes() == before
    assert PAPER not in before


def test_the_same_bytes_sealed_twice_share_no_nonce(tmp_path: Path) -> None:
    """Two files under one nonce would give away both of them and the key of their tags."""
    starts = set()
    for n in range(20):
        vault = Vault(tmp_path / str(n), KEY, os.urandom, "paper")
        vault.put(PaperHash.of(PAPER), PAPER)
        (file,) = [path for path in (tmp_path / str(n)).rglob("*") if path.is_file()]
        starts.add(file.read_bytes()[:11])

    assert len(starts) == 20
