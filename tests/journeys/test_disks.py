"""A disk without room or without writes: what is there can be read, and the words name which."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.first_look import DATABASE
from system.lock import FolderLock
from tests.journeys.desk import PATIENCE, Desk, Said, a_record_file, record_files

SPARE = 200
"""KB that a small disk has beyond what the folder needs."""
pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount"
)


def mounted(options: list[str | Path]) -> None:
    """Mount it, or skip the test where the system does not let us."""
    if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
        pytest.skip("a disk cannot be mounted here")


@pytest.fixture
def small(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A folder with one record and its receipt on a small disk of its own."""
    number = desk.run("record", a_record_file(tmp_path / "in")).out.split()[0]
    assert desk.run("receipt", number, "--out", tmp_path / "paper.pdf").status == 0
    disk = tmp_path / "small"
    disk.mkdir()
    size = sum(f.stat().st_size // 4096 * 4 + 8 for f in desk.home.rglob("*")) + SPARE
    mounted(["-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk])
    try:
        shutil.copytree(desk.home, disk / "home")
        yield Desk(disk / "home", desk.passphrase)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", disk], check=False)
        subprocess.run(["umount", "-l", disk], check=True)


def fill(desk: Desk, left: int) -> None:
    """Leave so many bytes of room on the disk of the folder."""
    filler = desk.home.with_name("filler")
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    os.truncate(filler, filler.stat().st_size - left)


def all_is_read(desk: Desk, paper: Path) -> None:
    """Every command that only reads does its work and leaves every file as it was."""
    before = contents(desk)
    assert len(desk.numbers()) == 1
    number = desk.numbers()[0]
    assert number in desk.run("show", number).out
    assert "2 photos, 1 paper: sound\n" in desk.run("verify").out
    assert desk.run("verify", paper).status == 0
    assert "database and journal" in desk.run("doctor").out
    assert contents(desk) == before


def contents(desk: Desk) -> dict[str, bytes]:
    """What the folder holds, without what only says who has it open, and without an empty log."""
    files = (file for file in desk.home.rglob("*") if file.is_file())
    held = {file.name: file.read_bytes() for file in files}
    passing = ("lock", "lock.who", f"{DATABASE}-shm")
    return {name: data for name, data in held.items() if data and name not in passing}


@pytest.mark.parametrize("left", [0, 4096, 16384, 40960])
def test_on_a_full_disk_everything_can_be_read(small: Desk, tmp_path: Path, left: int) -> None:
    fill(small, left)

    all_is_read(small, tmp_path / "paper.pdf")


@pytest.mark.parametrize("left", [0, 16384, 40960])
def test_a_full_disk_is_called_full(small: Desk, tmp_path: Path, left: int) -> None:
    files = record_files(tmp_path / "more", 12)
    fill(small, left)

    said = small.run("record", *files)

    assert said.status == 3
    assert "the disk is full" in said.err
    assert said.err.count("\n") == 1
    small.home.with_name("filler").unlink()
    assert small.run("verify").status == 0


def test_on_a_read_only_disk_everything_can_be_read_and_nothing_else_is_done(
    small: Desk, tmp_path: Path
) -> None:
    mounted(["-o", "remount,ro", small.home.parent])

    all_is_read(small, tmp_path / "paper.pdf")
    said = small.run("record", *record_files(tmp_path / "more", 1))
    assert said.status == 3
    assert "Read-only file system" in said.err
    assert said.err.count("\n") == 1


def test_on_a_read_only_disk_what_is_in_the_log_alone_is_read(small: Desk, tmp_path: Path) -> None:
    killed_after_a_record(small, tmp_path)
    assert (small.home / f"{DATABASE}-wal").stat().st_size > 0
    (small.home / f"{DATABASE}-shm").unlink()
    mounted(["-o", "remount,ro", small.home.parent])
    before = contents(small)

    assert len(small.numbers()) == 2
    assert small.run("verify").status == 0
    assert contents(small) == before


def killed_after_a_record(desk: Desk, tmp_path: Path) -> None:
    """A second record, by a program that is killed as soon as it has said so."""
    files = record_files(tmp_path / "more", 2)
    child = desk.start("record", *files)
    assert child.stdout is not None
    assert child.stdout.readline()
    child.kill()
    child.communicate(timeout=PATIENCE)


def test_a_read_only_folder_that_another_mount_writes_to_is_not_read_meanwhile(
    small: Desk, tmp_path: Path
) -> None:
    view = tmp_path / "view"
    view.mkdir()
    mounted(["--bind", small.home.parent, view])
    try:
        mounted(["-o", "remount,bind,ro", view])
        reader = Desk(view / "home", small.passphrase)
        writer = FolderLock(small.home)
        said: Said = reader.run("list")
        writer.release()
        assert said.status == 2
        assert f"open in another program (process {os.getpid()})" in said.err
        assert reader.run("list").status == 0
    finally:
        subprocess.run(["umount", "-l", view], check=True)
