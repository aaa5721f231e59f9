"""`main.py hub check`, and which folders and databases a hub takes for its own."""

from __future__ import annotations

import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.errors import CannotServe
from hub.store.sql.photos import reopen
from hub.store.sqlite.database import SqliteDatabase
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, a_photo
from tests.hub.stored import stored_as
from tests.hub.test_commands import places, refused, run, serving
from tests.hub.test_photos import begin, patch

PHOTOS = [b"\xff\xd8\xff" + bytes([number]) * 400 for number in range(3)]


@dataclass
class Place:
    """A hub with one record of three photos, and its workstation."""

    running: Running
    station: Station

    @property
    def words(self) -> list[str]:
        """What names it on the command line."""
        return ["--database", self.running.database, "--objects", self.running.objects]

    def rot(self, data: bytes) -> None:
        """One bit of the photo is another one."""
        self.running.stored.write(stored_as(data), data[:-1] + bytes([data[-1] ^ 1]))

    def lose(self, data: bytes) -> None:
        self.running.stored.remove(stored_as(data))

    def bring(self, data: bytes) -> None:
        patch(self.station, begin(self.station, data).headers["Location"], 0, data)

    def held(self) -> int:
        """How many of the photos the hub signs for."""
        return len(self.station.ask(*map(PhotoHash.of, PHOTOS)).photos)


@pytest.fixture
def place(running: Running) -> Place:
    """The hub, while it serves."""
    station = running.station()
    station.finalise(photos=tuple(map(a_photo, PHOTOS)))
    station.send()
    made = Place(running, station)
    for data in PHOTOS:
        made.bring(data)
    return made


def test_a_check_of_a_sound_hub_says_so(place: Place) -> None:
    done = run("check", *place.words)
    assert (done.status, done.out) == (0, "2 entries and 3 photos whole\n")


def test_a_flipped_bit_and_a_lost_file_are_found_and_nothing_changes(place: Place) -> None:
    place.rot(PHOTOS[0])
    place.lose(PHOTOS[1])
    done = run("check", *place.words)
    assert done.status == 1
    assert f"photo {PhotoHash.of(PHOTOS[0])} is damaged" in done.out
    assert f"photo {PhotoHash.of(PHOTOS[1])} is missing" in done.out
    assert place.running.count("photo") == 3
    assert stored_as(PHOTOS[0]) in place.running.stored.names()


def test_what_is_lost_is_asked_for_again_only_when_somebody_says_so(place: Place) -> None:
    place.rot(PHOTOS[0])
    assert place.held() == 3
    done = run("check", *place.words, "--ask-again")
    assert (done.status, place.held()) == (1, 2)
    assert f"{stored_as(PHOTOS[0])}.damaged" in place.running.stored.names()
    place.bring(PHOTOS[0])
    assert place.held() == 3
    assert run("check", *place.words).status == 0


def test_photos_on_the_disk_that_the_database_forgot_are_taken_in_again(place: Place) -> None:
    with place.running.hub.database.writing() as rows:
        for data in PHOTOS:
            reopen(rows, [PhotoHash.of(data)], 0)
    place.rot(PHOTOS[2])
    assert place.held() == 0
    done = run("check", *place.words)
    assert "taken in again: 2 photos that the database did not know" in done.out
    assert (done.status, place.held()) == (0, 2)
    assert "2 of 3 photos" in place.station.page("/").text


def test_a_check_puts_photos_right_from_a_backup(place: Place, tmp_path: Path) -> None:
    target = ("--to", str(tmp_path / "backup"))
    assert run("backup", *place.words, "--new", *target).status == 0
    place.rot(PHOTOS[0])
    place.lose(PHOTOS[1])
    again = run("backup", *place.words, "--reread", "1", *target)
    assert again.status == 1
    assert "1 of 3 photos, read back; the rest is not" in again.out
    assert "damaged at the hub, whole in the backup" in again.out
    assert "safe" not in again.out
    done = run("check", *place.words, "--mend-from", str(tmp_path / "backup"))
    assert done.status == 0
    assert "put right from the backup: 2 photos" in done.out
    assert [place.running.stored.read(stored_as(data)) for data in PHOTOS] == PHOTOS
    assert run("check", *place.words, "--mend-from", str(tmp_path)).status == 3


def test_a_mistyped_folder_for_photos_costs_nothing(place: Place, tmp_path: Path) -> None:
    assert run("backup", *place.words, "--new", "--to", str(tmp_path / "to")).status == 0
    (tmp_path / "empty").mkdir()
    (tmp_path / "another").mkdir()
    with run_hub(tmp_path / "another"):
        pass
    for wrong, said in (
        ("phots", "the folder for photos is not there"),
        ("empty", "0 of 3 are there"),
        ("another/objects", "photos of another hub"),
    ):
        objects = f"file://{tmp_path}/{wrong}"
        here = [*place.words[:2], "--objects", objects]
        for done in (
            refused(*here),
            run("backup", *here, "--to", str(tmp_path / "to")),
            run("check", *here),
        ):
            assert (done.status, done.out) == (3, "")
            assert said in done.err
            assert "--objects" in done.err
    assert not (tmp_path / "phots").exists()
    assert list((tmp_path / "empty").iterdir()) == []
    assert place.held() == 3
    assert "3 of 3 photos" in place.station.page("/").text


def test_an_older_hubs_folder_is_marked_when_it_holds_the_photos(place: Place) -> None:
    stored, mark = place.running.stored, "photos/hub.json"
    for data in PHOTOS[1:]:
        place.lose(data)
    stored.remove(mark)
    assert run("check", *place.words).status == 3
    assert mark not in stored.names()
    stored.write(stored_as(PHOTOS[1]), PHOTOS[1])
    assert run("check", *place.words).status == 1
    assert str(place.running.hub.identity.hub) in stored.read(mark).decode()


@pytest.mark.folder
def test_an_empty_folder_can_be_accepted_and_photos_come_anew(place: Place) -> None:
    objects = place.running.folder / "objects"
    objects.rename(objects.with_name("away"))  # pictures may be written into it at this moment
    assert run("check", *place.words).status == 3
    assert run("check", *place.words, "--accept-folder").status == 3
    (place.running.folder / "objects").mkdir()
    assert run("check", *place.words, "--accept-folder").status == 1
    assert place.held() == 0
    for data in PHOTOS:
        place.bring(data)
    assert place.held() == 3


def test_photos_without_their_database_are_not_taken_by_a_new_hub(
    place: Place, tmp_path: Path
) -> None:
    place.running.stored.remove("photos/hub.json")
    new = ["--database", f"sqlite://{tmp_path}/new.sqlite", *place.words[2:]]
    done = refused(*new)
    assert (done.status, "the database lists none" in done.err) == (3, True)
    assert run("check", *new, "--accept-folder").out.startswith("0 entries and 3 photos")


def test_a_database_of_another_program_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    (tmp_path / "text.sqlite").write_text("no database at all, but long enough for its head " * 9)
    for name in ("other", "text"):
        before = (tmp_path / f"{name}.sqlite").read_bytes()
        objects = ["--objects", f"file://{tmp_path}/photos"]
        database = ["--database", f"sqlite://{tmp_path}/{name}.sqlite"]
        done = refused(*database, *objects)
        assert done.status == 3
        assert "not the database of a hub" in done.err
        assert (tmp_path / f"{name}.sqlite").read_bytes() == before
    assert not (tmp_path / "photos").exists()


def test_a_second_hub_on_the_same_files_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path):
        done = refused(*places(tmp_path))
    assert done.status == 3
    assert "another hub is serving from here" in done.err


def test_a_database_is_held_once_whatever_it_is_called(tmp_path: Path) -> None:
    real, link = tmp_path / "a" / "hub.sqlite", tmp_path / "hub.db"
    first = SqliteDatabase(real)
    link.symlink_to(real)
    second, third = SqliteDatabase(link), SqliteDatabase(tmp_path / "b" / ".." / "a" / real.name)
    with first.hold():
        for other in (second, third):
            with pytest.raises(CannotServe, match="another hub is serving"), other.hold():
                pass
    for each in (first, second, third):
        each.close()


def test_what_the_hub_makes_is_its_own_accounts_alone(tmp_path: Path) -> None:
    with serving(tmp_path):
        pass
    found = [tmp_path / "b", *(tmp_path / "b").rglob("*"), *(tmp_path / "a").glob("hub.sqlite*")]
    assert len(found) > 4
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_new_hub_that_is_given_another_hubs_folder_leaves_no_database(
    place: Place, tmp_path: Path
) -> None:
    new = tmp_path / "new" / "hub.sqlite"
    done = refused("--database", f"sqlite://{new}", *place.words[2:])
    assert (done.status, done.out) == (3, "")
    assert "the photos of another hub" in done.err
    assert not new.parent.exists()
