"""Sticks are FAT32 or exFAT: real ones where FUSE can mount them, and what they cannot do."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import hub_memory
from sync.stick.bring import import_stick
from sync.wire.stick import bundles_on
from tests.stick.conftest import Post

FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}


@pytest.fixture(params=["fat", "exfat"])
def real(request: pytest.FixtureRequest, post: Post, tmp_path: Path) -> Iterator[Post]:
    """A stick with that file system."""
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(64 * 1024**2)
    if request.param == "fat":
        done("mkfs.vfat", "-F", "32", image)
        device = ""
        done("fusefat", "-o", "rw+", image, post.stick)
    else:
        done("mkfs.exfat", image)
        device = done("losetup", "--find", "--show", image)
        done("mount.exfat-fuse", device, post.stick)
    try:
        if not os.path.ismount(post.stick):
            pytest.skip("it cannot be mounted here")
        yield post
    finally:
        subprocess.run(["umount", post.stick], check=False)
        if device:
            subprocess.run(["losetup", "--detach", device], check=True)


def done(*program: str | Path) -> str:
    """What the program prints; the test is skipped where it is missing or refused."""
    if shutil.which(str(program[0])) is None:
        pytest.skip(f"{program[0]} is not installed here")
    ran = subprocess.run(program, check=False, capture_output=True, timeout=60, text=True)
    if ran.returncode:
        pytest.skip(f"{program[0]} does not work here")
    return ran.stdout.strip()


def whole_way(post: Post) -> None:
    """Out, to the hub, and back; then a second time, over files that are there."""
    for count in (3, 4):
        assert post.export(size=20_000).complete
        report = post.hub.take(post.stick)
        assert report.not_written is None
        assert all(taken.complete for taken in report.files)
        with post.place.open() as ws:
            outcome = import_stick(ws, post.stick)
            assert outcome.answer is not None
            assert hub_memory.count_waiting(ws.db) == 0
        assert len(post.hub.holds()["interception"]) == count
        post.record(1)


def test_a_real_stick_is_written_and_read(real: Post) -> None:
    whole_way(real)


def test_every_name_is_one_that_fat_takes(post: Post) -> None:
    """And no two differ by case alone: FAT holds them for one."""
    whole_way(post)
    names = [path.relative_to(post.stick) for path in post.stick.rglob("*")]
    assert len({str(name).lower() for name in names}) == len(names) > 5
    for part in {part for name in names for part in name.parts}:
        assert not set(part) & FORBIDDEN
        assert part.isascii()
        assert part[-1] not in ". "
        assert len(f"{part}.part") <= 200
        assert part.partition(".")[0].lower() not in DEVICES


def test_nothing_is_asked_of_a_stick_that_fat_cannot_do(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No links, no owners, no modes, no times, and no flush of a folder."""
    fsync = os.fsync
    on_stick = str(post.stick)

    def refuse(name: str) -> None:
        function = getattr(os, name)

        def asked(*words: object, **options: object) -> object:
            if any(str(word).startswith(on_stick) for word in words):
                raise OSError(errno.EPERM, "Operation not permitted")
            return function(*words, **options)

        monkeypatch.setattr(os, name, asked)

    def flush(handle: int) -> None:
        file = Path(f"/proc/self/fd/{handle}").readlink()
        if file.is_dir() and str(file).startswith(on_stick):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(handle)

    for name in ("link", "symlink", "chmod", "chown", "utime"):
        refuse(name)
    if Path("/proc/self/fd").exists():
        monkeypatch.setattr(os, "fsync", flush)
    whole_way(post)
    assert bundles_on(post.stick)


def test_a_stick_that_does_not_say_its_size_is_written(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = type(shutil.disk_usage(post.stick))(0, 0, 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nothing)
    whole_way(post)
