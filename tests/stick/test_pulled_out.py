"""A stick that is full, read-only, or pulled out in mid-write; and a run that is stopped."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from storage import exports
from sync.stick.export import export
from sync.wire.stick import bundles_on
from system.errors import StickFailed
from system.stick import part_of
from tests.journeys.test_disks import mounted
from tests.stick.conftest import Post

SMALL = 20_000


class Stopped(KeyboardInterrupt):
    """Ctrl+C."""


def parts(post: Post) -> list[Path]:
    """Files that are not complete."""
    return list(post.stick.glob("*.part"))


@pytest.fixture
def several(post: Post) -> Post:
    """Enough for several bundles of `SMALL` bytes."""
    post.record(5)
    return post


def test_a_run_that_was_stopped_goes_on_and_begins_no_bundle_twice(several: Post) -> None:
    """Stopped after each number of written pieces in turn, until one run reaches the end."""
    finished: dict[str, bytes] = {}
    for steps in range(1, 200, 3):
        left = iter(range(steps))

        def stop(_: object, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise Stopped

        try:
            several.export(size=SMALL, progress=stop)
        except Stopped:
            assert parts(several) == []
        else:
            break
        for path in bundles_on(several.stick):
            assert finished.setdefault(path.name, path.read_bytes()) == path.read_bytes()
    assert len(finished) > 1
    with several.place.open() as ws:
        assert exports.unfinished(ws.db) == ()
        assert len(exports.finished(ws.db)) == len(bundles_on(several.stick))
    several.hub.take(several.stick)
    held = several.hub.holds()
    assert (held["entry"], held["photo"]) == (several.journal(), several.photos())


def test_the_next_stick_goes_on_where_the_first_was_full(several: Post, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()

    def cancelled() -> bool:
        return len(bundles_on(several.stick)) >= 1

    first = several.export(size=SMALL, cancelled=cancelled)
    assert first.cancelled
    assert first.left
    assert len(first.written) == 1
    with several.place.open() as ws:
        rest = export(ws, second, size=SMALL)
    assert rest.complete
    assert [bundle.part for bundle in rest.written] == list(range(2, rest.written[0].parts + 1))
    several.hub.take(second)
    several.hub.take(several.stick)
    assert several.hub.holds()["entry"] == several.journal()
    assert several.hub.holds()["photo"] == several.photos()


def test_a_run_killed_between_reading_back_and_renaming_is_finished_by_the_next(
    post: Post,
) -> None:
    path = post.export().written[0].path
    path.rename(part_of(path))
    with post.place.open() as ws:
        ws.db.execute("UPDATE bundle SET written_at = NULL")
    before = part_of(path).read_bytes()
    post.export()
    assert path.read_bytes() == before
    assert parts(post) == []


def test_a_lost_stick_is_written_anew(post: Post, tmp_path: Path) -> None:
    post.export()
    second = tmp_path / "second"
    second.mkdir()
    with post.place.open() as ws:
        assert export(ws, second).written == []
        again = export(ws, second, anew=True)
    assert again.complete
    assert again.before == ()
    post.hub.take(second)
    assert post.hub.holds()["entry"] == post.journal()


def test_a_folder_that_is_not_there_is_named(post: Post) -> None:
    post.stick.rmdir()
    with pytest.raises(StickFailed, match="is the stick plugged in"):
        post.export()


def test_a_full_stick_says_what_is_safe_on_it(several: Post) -> None:
    """Not in a later sentence: parts that have their name are whole, and the next run goes on."""
    mounted(["-t", "tmpfs", "-o", "size=2048k", "tmpfs", several.stick])
    try:
        several.export(size=SMALL, cancelled=lambda: len(bundles_on(several.stick)) >= 1)
        free = shutil.disk_usage(several.stick).free
        (several.stick / "holiday.mp4").write_bytes(bytes(free - 8_192))
        full = several.export(size=SMALL)
        assert re.search(
            r"no room left on it.+Safe on it: 1 of \d parts.+Go on with the next stick: part 2",
            str(full.problem),
        )
        assert parts(several) == []
        (several.stick / "holiday.mp4").unlink()
        assert several.export(size=SMALL).complete
        several.hub.take(several.stick)
        assert several.hub.holds()["photo"] == several.photos()
    finally:
        subprocess.run(["umount", several.stick], check=True)


def test_a_stick_pulled_out_in_mid_write_says_what_is_safe_on_it(several: Post) -> None:
    mounted(["-t", "tmpfs", "-o", "size=2048k", "tmpfs", several.stick])

    def pull(_: object) -> None:
        if len(bundles_on(several.stick)) == 1:
            subprocess.run(["umount", "-l", several.stick], check=True)

    said = str(several.export(size=SMALL, progress=pull).problem)
    assert re.search(
        r"plugged in.+Safe on it: 1 of \d parts.+Go on with the next stick: part 2", said
    )
    assert list(several.stick.iterdir()) == []


def test_nothing_is_written_into_the_folder_of_a_stick_that_was_pulled_out(several: Post) -> None:
    """On Linux its empty folder stays, on the computer's own disk."""
    mounted(["-t", "tmpfs", "-o", "size=2048k", "tmpfs", several.stick])
    disk = several.stick.stat().st_dev

    def pull() -> bool:
        if several.stick.stat().st_dev == disk:
            subprocess.run(["umount", "-l", several.stick], check=True)
        return False

    assert "it was pulled out." in str(several.export(size=SMALL, cancelled=pull).problem)
    assert list(several.stick.iterdir()) == []


def test_a_read_only_stick_is_named(post: Post) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    post.stick.chmod(0o500)
    with pytest.raises(StickFailed, match="read-only"):
        post.export()
