"""Sticks that are small, full or read-only: what fits is written whole, and the words are true."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import random
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from acts.interception.add_photo import add_photo
from acts.interception.begin_draft import over
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from domain.encoding import to_plain
from storage import drafts
from sync.stick.room import RESERVE
from sync.wire.stick import bundles_on
from tests.builders import BEGUN, SESSION, a_draft
from tests.journeys.test_disks import mounted
from tests.stick.conftest import Person, Post

Stick = Callable[[int], None]
"""Puts in a stick with room for so many bytes of bundles."""


def a_large_photo(seed: int) -> bytes:
    """A JPEG of about 470 KB that cannot be compressed."""
    out = io.BytesIO()
    noise = random.Random(seed).randbytes(800 * 600 * 3)
    Image.frombytes("RGB", (800, 600), noise).save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.fixture
def person(post: Post, tmp_path: Path) -> Person:
    """Three interceptions with two small photos each wait, and one with three large ones more."""
    with post.place.open() as ws:
        record = a_draft(ws)
        held = drafts.draft(ws.db, record).document
        photos: Any = held["photos"]
        more = [
            to_plain(
                add_photo(ws, a_large_photo(seed), file_name="a.jpg", role=None, source="camera")
            )
            for seed in range(3)
        ]
        save_draft(ws, record, over(held, {"photos": [*photos, *more]}))
        finalise(ws, record, SESSION)
    return Person(post, tmp_path)


@pytest.fixture(params=["measured", "tmpfs", "ext4"])
def stick(
    request: pytest.FixtureRequest, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stick]:
    """Two real small disks; and a folder that is said to be small, which needs no root."""
    put_in: list[str] = []

    def small(room: int) -> None:
        if put_in:
            subprocess.run(["umount", post.stick], check=True)
            put_in.clear()
        if request.param == "measured":
            before = bytes_in(post.stick)
            usage = type(shutil.disk_usage(post.stick))
            monkeypatch.setattr(
                shutil,
                "disk_usage",
                lambda _: usage(1, 0, room + RESERVE + before - bytes_in(post.stick)),
            )
            return
        a_disk(request.param, post.stick, tmp_path / "image")
        put_in.append(request.param)
        free = shutil.disk_usage(post.stick).free
        (post.stick / "holiday.mp4").write_bytes(bytes(free - room - RESERVE))

    yield small
    if put_in:
        subprocess.run(["umount", post.stick], check=True)


def a_disk(kind: str, folder: Path, image: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can mount")
    if kind == "tmpfs":
        mounted(["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder])
        return
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("there is no mkfs.ext4 (Debian: e2fsprogs)")
    image.write_bytes(bytes(8 * 1024**2))
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", image], check=True)
    mounted(["-o", "loop", image, folder])


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_a_small_stick_takes_what_fits_and_says_that_there_is_no_room(
    person: Person, stick: Stick, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    post = person.post
    stick(300_000)
    assert person.here("bundle", "export", "--out", post.stick) == 3
    said = capsys.readouterr()
    assert "--size" not in said.err
    assert "set aside" not in said.err
    assert "there is no room left on it" in said.err
    assert "Go on with the next stick" in said.err
    assert f"part 1 of 2, {BEGUN + 4} entries and 8 photos" in said.out
    assert "all of it" not in said.out
    assert "flushed and safe; the rest is not written" in said.out
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()
    stick(1_600_000)
    assert person.here("bundle", "export", "--out", post.stick) == 0
    assert "part 2 of 2" in capsys.readouterr().out
    post.hub.take(post.stick)
    assert post.hub.holds()["photo"] == post.photos()


def test_a_bundle_planned_for_a_larger_stick_is_divided_for_a_small_one(
    person: Person, stick: Stick
) -> None:
    """Nobody is told to find a stick as large as the first: small ones in a row take all."""
    post = person.post
    stick(0)
    assert person.here("bundle", "export", "--out", post.stick) == 3
    assert bundles_on(post.stick) == ()
    for last in (False, False, True):
        stick(510_000)
        assert person.here("bundle", "export", "--out", post.stick) == (0 if last else 3)
        post.hub.take(post.stick)
        for bundle in bundles_on(post.stick):
            bundle.unlink()
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_entries_that_are_too_many_for_one_small_file_go_in_several(post: Post) -> None:
    post.record(30)
    outcome = post.export(size=12_000)
    assert outcome.complete
    assert len([bundle for bundle in outcome.written if bundle.entries]) > 1
    assert all(bundle.size <= 12_000 for bundle in outcome.written)
    post.hub.take(post.stick)
    assert post.hub.holds()["entry"] == post.journal()


def test_what_is_too_large_for_the_named_size_is_still_said_to_be(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person.here("bundle", "export", "--out", person.post.stick, "--size", "200K") == 1
    said = capsys.readouterr().err
    assert said.count("too large for a file of 204800 bytes; give a larger --size") == 3
    assert "no room" not in said


def test_one_file_on_a_small_stick_says_that_there_is_no_room(
    person: Person, stick: Stick, capsys: pytest.CaptureFixture[str]
) -> None:
    stick(300_000)
    assert person.here("bundle", "export", "--out", person.post.stick / "all.age") == 3
    assert "there is no room left on it" in capsys.readouterr().err


def test_a_small_read_only_stick_is_called_read_only(
    person: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = person.post
    a_disk("ext4", post.stick, tmp_path / "image")
    try:
        (post.stick / "holiday.mp4").write_bytes(
            bytes(shutil.disk_usage(post.stick).free - 200_000)
        )
        mounted(["-o", "remount,ro", post.stick])
        assert person.here("bundle", "export", "--out", post.stick) == 3
        assert "it is read-only" in capsys.readouterr().err
        assert bundles_on(post.stick) == ()
    finally:
        subprocess.run(["umount", post.stick], check=True)


def test_when_the_words_say_so_the_stick_can_be_pulled_out(
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The disk as it is at that moment, with nothing of what the computer still has in memory; its
    file system does not flush a folder, as FAT on some systems.
    """
    post, copy = person.post, tmp_path / "copy"
    fsync = os.fsync

    def no_folders(handle: int) -> None:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode) and found.st_dev == post.stick.stat().st_dev:
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(handle)

    a_disk("ext4", post.stick, tmp_path / "image")
    try:
        monkeypatch.setattr(os, "fsync", no_folders)
        assert person.here("bundle", "export", "--out", post.stick) == 0
        shutil.copy(tmp_path / "image", copy)
    finally:
        subprocess.run(["umount", post.stick], check=True)
    assert "the stick can be pulled out" in capsys.readouterr().out
    mounted(["-o", "loop", copy, post.stick])
    try:
        post.hub.take(post.stick)
    finally:
        subprocess.run(["umount", post.stick], check=True)
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())


def test_what_a_stick_could_not_flush_is_written_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        """The library of the system, for a stick that fails."""

        @staticmethod
        def syncfs(_: int) -> int:
            ctypes.set_errno(errno.EIO)
            return -1

    with monkeypatch.context() as patch:
        patch.setattr(ctypes, "CDLL", lambda *_, **__: Broken)
        outcome = post.export()
    assert not outcome.flushed
    assert "it fails: Input/output error" in str(outcome.problem)
    again = post.export()
    assert again.complete
    assert again.written
    assert again.flushed
