"""A backup copies each photo once and reads it again in turns; it ends whole, or leaves nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.backup import Backup, back_up, prepare
from hub.build import begin_epoch, open_hub
from hub.check import check
from hub.errors import CannotServe
from hub.hub import Hub
from hub.progress import WorkStep
from hub.store.backup_folder import BackupFolder
from hub.store.sql import photos, safe
from hub.store.sql.photos import Held, PictureForm
from tests.hub.engines import Url
from tests.hub.stored import InBucket, InFolder, Stored, stored_as
from tests.hub.test_commands import refused, run
from tests.journeys.desk import DIES_AT, KILLED
from tests.journeys.desk import run as run_main
from tests.journeys.test_disks import mounted
from tests.s3 import Swift

COUNT, TURNS = 24, 4
PHOTOS = [b"\xff\xd8\xff" + bytes([number]) * 40 for number in range(COUNT)]


@dataclass
class Place:
    """A hub with photos, and a prepared folder for its backups."""

    hub: Hub
    stored: Stored
    target: Path
    words: list[str]

    def back_up(self, reread: int = TURNS) -> Backup:
        return back_up(self.hub, self.target, reread=reread)

    def bring(self, data: bytes) -> None:
        """A photo arrives."""
        photo = PhotoHash.of(data)
        self.hub.objects.write(photo, iter([data]))
        with self.hub.database.writing() as rows:
            photos.add(rows, Held(photo, len(data), PictureForm.JPEG), 0)

    def safe(self) -> int:
        """How many photos are called safe."""
        with self.hub.database.reading() as rows:
            known = [photo.hash for photo in photos.all_photos(rows)]
            return len(safe.among(rows, self.hub.identity.epoch, known))

    def rot(self, data: bytes, stored: Stored | None = None) -> None:
        """One bit of the photo is another one."""
        (stored or self.stored).write(stored_as(data), data[:-1] + bytes([data[-1] ^ 1]))

    @property
    def copies(self) -> list[str]:
        """The files beside the photos in the backup."""
        return sorted(path.name for path in (self.target / "databases").iterdir())


def a_place(folder: Path, objects: str, stored: Stored, url: str) -> Place:
    hub = open_hub(url, objects)
    place = Place(hub, stored, folder / "to", ["--database", url, "--objects", objects])
    for data in PHOTOS:
        place.bring(data)
    prepare(hub, place.target)
    return place


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[Place]:
    """A hub with its photos in a folder."""
    stored = InFolder(tmp_path / "objects")
    made = a_place(tmp_path, f"file://{tmp_path}/objects", stored, engine(tmp_path))
    yield made
    made.hub.close()


@pytest.mark.rows
def test_each_photo_is_copied_once_and_read_again_in_turns(place: Place) -> None:
    first = place.back_up()
    assert (first.photos, first.copied, first.reread) == (COUNT, COUNT, 0)
    later = [place.back_up() for _ in range(TURNS)]
    assert sum(each.reread for each in later) == COUNT
    assert max(each.reread for each in later) < COUNT // 2
    assert {(each.photos, each.copied, each.unsafe) for each in later} == {(COUNT, 0, ())}
    place.bring(b"\xff\xd8\xff one more")
    assert place.back_up().copied == 1
    assert place.safe() == COUNT + 1


def test_photos_in_a_bucket_are_read_once_and_then_in_turns(tmp_path: Path, swift: Swift) -> None:
    bucket = swift.bucket()
    place = a_place(tmp_path, bucket.address(tmp_path / "arriving"), InBucket(bucket),
                    f"sqlite://{tmp_path}/hub.sqlite")  # fmt: skip
    assert place.back_up().copied == COUNT
    assert place.back_up().reread < COUNT // 2
    place.stored.remove(stored_as(PHOTOS[0]))
    assert [each.photo for each in place.back_up().unsafe] == [PhotoHash.of(PHOTOS[0])]
    place.hub.close()


@pytest.mark.parametrize("side", ["hub", "backup"])
def test_a_lost_file_is_found_by_the_next_backup_and_rot_within_the_turns(
    place: Place, side: str
) -> None:
    place.back_up()
    stored = place.stored if side == "hub" else InFolder(place.target)
    stored.remove(stored_as(PHOTOS[1]))
    lost = place.back_up()
    assert len(lost.unsafe) + lost.copied == 1
    place.stored.write(stored_as(PHOTOS[1]), PHOTOS[1])
    place.rot(PHOTOS[0], stored)
    found = [each for _ in range(TURNS) for each in place.back_up().unsafe]
    if side == "hub":
        assert PhotoHash.of(PHOTOS[0]) in {each.photo for each in found}
        assert place.safe() == COUNT - 1
    else:
        assert found == []
        assert stored.read(stored_as(PHOTOS[0])) == PHOTOS[0]


@pytest.mark.rows
def test_rot_that_a_check_found_is_never_called_safe_unread(place: Place) -> None:
    place.back_up()
    place.rot(PHOTOS[0])
    check(place.hub)
    assert place.safe() == COUNT - 1
    made = place.back_up(1_000)
    assert [each.photo for each in made.unsafe] == [PhotoHash.of(PHOTOS[0])]
    assert place.safe() == COUNT - 1


def test_in_a_new_epoch_all_photos_are_read_again(place: Place, tmp_path: Path) -> None:
    place.back_up()
    begin_epoch(place.words[1])
    hub = open_hub(place.words[1], place.words[3])
    assert back_up(hub, place.target, reread=TURNS).reread == COUNT
    hub.close()


def test_without_its_notes_a_backup_reads_all_photos(place: Place) -> None:
    place.back_up()
    (place.target / "read-back.sqlite").write_bytes(b"no database at all" * 400)
    assert place.back_up().reread == COUNT


def test_a_turn_that_was_missed_is_made_up(place: Place) -> None:
    place.back_up()
    read = sum(place.back_up(1_000).reread for _ in range(TURNS - 1))
    assert read < COUNT // 2
    assert read + place.back_up(TURNS).reread >= COUNT


@pytest.mark.rows
def test_a_backup_that_somebody_ends_leaves_nothing_half(place: Place) -> None:
    def end(step: WorkStep, done: int, _total: int) -> None:
        if (step, done) == (WorkStep.PHOTOS, 5):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(place.hub, place.target, progress=end)
    assert place.copies == []
    assert list((place.target / "arriving").iterdir()) == []
    assert place.safe() == 0
    made = place.back_up()
    assert (made.photos, made.copied, made.reread) == (COUNT, COUNT - 5, 5)
    assert place.copies == [made.database.name]


def test_two_backups_into_one_folder_do_not_meet(place: Place) -> None:
    def second(step: WorkStep, done: int, _total: int) -> None:
        if (step, done) == (WorkStep.PHOTOS, 3):
            with pytest.raises(CannotServe, match="another backup into this folder is running"):
                place.back_up()

    assert back_up(place.hub, place.target, progress=second).photos == COUNT


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_a_backup_killed_at_any_step_is_made_again_and_leaves_nothing_half(place: Place) -> None:
    kills, step = 0, 30
    words = ["hub", "backup", *place.words, "--to", str(place.target)]
    while True:
        said = run_main(words, before=DIES_AT.format(step=step))
        if said.status == 0:
            break
        assert said.status == KILLED, said.err
        kills += 1
        step += 25
    assert kills >= 5
    assert f"{COUNT} photos, read back: safe" in said.out
    assert [name for name in place.copies if not name.endswith(".sqlite")] == []
    assert list((place.target / "arriving").iterdir()) == []
    for data in PHOTOS:
        assert InFolder(place.target).read(stored_as(data)) == data


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted(["-t", "tmpfs", "-o", "size=1500k", "tmpfs", folder])
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_and_a_read_only_one_are_named_and_cost_nothing(
    place: Place, disk: Path
) -> None:
    words = ["backup", *place.words, "--to", str(disk / "to")]
    assert run(*words, "--new").status == 0
    for number in range(20):
        place.bring(b"\xff\xd8\xff" + bytes([number]) * 100_000)
    full = run(*words)
    assert full.status == 3
    assert f"{disk}/to: the backup is not finished: " in full.err
    assert "full" in full.err
    assert "Make room on its disk" in full.err
    assert "arriving" not in full.err
    assert len(BackupFolder(disk / "to").copies()) <= 2
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    locked = run(*words)
    assert (locked.status, locked.out) == (3, "")
    assert "Read-only" in locked.err
    subprocess.run(["mount", "-o", "remount,rw,size=9m", disk], check=True)
    assert run(*words).status == 0


def test_swapped_folders_are_refused_in_words(place: Place) -> None:
    place.back_up()
    backup = f"file://{place.target}"
    swapped = ["--database", place.words[1], "--objects", backup]
    for said in (
        run("backup", *swapped, "--to", str(place.target)),
        run("check", *swapped, "--accept-folder"),
        refused(*swapped),
    ):
        assert (said.status, said.out) == (3, "")
        assert "this is a folder of backups, not a hub's folder for photos" in said.err
    assert not (place.target / "photos" / "hub.json").exists()
    own = place.words[3].removeprefix("file://")
    assert "a hub's own folder" in run("backup", *place.words, "--new", "--to", own).err


def test_a_backup_that_is_not_mounted_makes_nothing_on_the_bare_disk(place: Place) -> None:
    place.back_up()
    shutil.rmtree(place.target)
    place.target.mkdir()
    said = run("backup", *place.words, "--to", str(place.target))
    assert (said.status, said.out) == (3, "")
    assert "its disk is missing" in said.err
    assert list(place.target.iterdir()) == []


def test_the_folder_of_the_backups_is_taken_from_the_configuration(
    place: Place, tmp_path: Path
) -> None:
    assert "--to is missing" in run("backup", *place.words).err
    file = tmp_path / "hub.toml"
    database, objects = place.words[1::2]
    file.write_text(f'database = "{database}"\nobjects = "{objects}"\nbackup = "{place.target}"\n')
    assert f"{COUNT} photos, read back: safe" in run("backup", "--config", str(file)).out
    there = ["--database", f"sqlite://{tmp_path}/n.sqlite", "--objects", f"file://{tmp_path}/n"]
    assert "restored" in run("restore", "--config", str(file), *there).out
