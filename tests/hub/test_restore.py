"""`main.py hub restore`: all rows and bytes of a backup are there again, on either engine."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.backup import back_up, prepare
from hub.build import open_hub
from hub.store.backup_folder import BackupFolder
from hub.store.sqlite.database import SqliteDatabase
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import PostgresServer, Url, sqlite_url
from tests.hub.station import Station, a_photo
from tests.hub.stored import InFolder, stored_as
from tests.hub.test_commands import refused, run
from tests.hub.test_photos import PHOTO, begin, patch
from tests.journeys.desk import DIES_AT, KILLED, Said
from tests.journeys.desk import run as run_main

OTHER = PHOTO[:-1] + b"#"


def with_photo(running: Running, seed: int = 1, photo: bytes = PHOTO) -> Station:
    """A workstation with a record and its photo at the hub."""
    station = running.station(seed)
    station.finalise(photos=(a_photo(photo),))
    station.send()
    patch(station, begin(station, photo).headers["Location"], 0, photo)
    return station


def words(backup: Path, home: Path) -> list[str]:
    """The words of a restore into files in `home`."""
    return ["restore", "--from", str(backup), *into(home)]


def into(home: Path) -> list[str]:
    return ["--database", sqlite_url(home), "--objects", f"file://{home}/objects"]


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup of a hub with two records and two photos; nobody changes it."""
    folder = tmp_path_factory.mktemp("made")
    with run_hub(folder / "hub") as running:
        with_photo(running)
        with_photo(running, 2, OTHER)
        prepare(running.hub, folder / "backup")
        back_up(running.hub, folder / "backup")
    return folder / "backup"


@pytest.fixture
def own(backup: Path, tmp_path: Path) -> Path:
    """A copy of the backup that may be changed."""
    shutil.copytree(backup, tmp_path / "backup")
    return tmp_path / "backup"


def test_the_same_command_again_says_that_all_is_there(backup: Path, tmp_path: Path) -> None:
    assert run(*words(backup, tmp_path)).status == 0
    again = run(*words(backup, tmp_path))
    assert again.status == 0
    assert "there already: 2 photos" in again.out
    assert "the database was restored before from this copy" in again.out


def test_a_database_that_is_not_empty_is_refused_and_unchanged(
    backup: Path, tmp_path: Path
) -> None:
    with run_hub(tmp_path / "other"):
        pass
    assert run(*words(backup, tmp_path / "served")).status == 0
    open_hub(sqlite_url(tmp_path / "served"), f"file://{tmp_path}/served/objects").close()
    for home in ("other", "served"):
        file = tmp_path / home / "hub.sqlite"
        before = file.read_bytes()
        free = ["--database", sqlite_url(tmp_path / home), "--objects", f"file://{tmp_path}/free"]
        done = run("restore", "--from", str(backup), *free)
        assert (done.status, done.out) == (3, "")
        assert "this database already contains hub" in done.err
        assert "Name an empty database with --database" in done.err
        assert file.read_bytes() == before
        assert not (tmp_path / "free").exists()


def test_photos_of_another_hub_are_not_touched(backup: Path, tmp_path: Path) -> None:
    with run_hub(tmp_path / "other") as other:
        with_photo(other, 5)
    names = InFolder(tmp_path / "other" / "objects").names()
    done = run("restore", "--from", str(backup), "--database", sqlite_url(tmp_path),
               "--objects", f"file://{tmp_path}/other/objects")  # fmt: skip
    assert (done.status, done.out) == (3, "")
    assert "these are the photos of another hub" in done.err
    assert InFolder(tmp_path / "other" / "objects").names() == names
    assert not (tmp_path / "hub.sqlite").exists()


def test_a_dry_run_verifies_all_and_changes_nothing(backup: Path, tmp_path: Path) -> None:
    done = run(*words(backup, tmp_path / "new"), "--dry-run")
    assert done.status == 0
    assert "4 entries and 2 photos" in done.out
    assert "can be restored" in done.out
    assert list(tmp_path.iterdir()) == []


def test_an_entry_that_nobody_signed_is_never_restored(own: Path, tmp_path: Path) -> None:
    copy = SqliteDatabase(BackupFolder(own).copy())
    with copy.writing() as rows:
        rows.execute("DROP TRIGGER entry_is_never_changed")
        rows.execute("UPDATE entry SET signature = ? WHERE seq = 2", (bytes(64),))
    copy.close()
    done = run(*words(own, tmp_path / "new"))
    assert (done.status, done.out) == (3, "")
    assert "2 entries in this copy are damaged or not signed by their workstations" in done.err
    assert "Name an older one with --copy" in done.err
    assert not list((tmp_path / "new").glob("hub.sqlite"))


def test_a_page_of_the_copy_that_rotted_is_noticed(own: Path, tmp_path: Path) -> None:
    file = BackupFolder(own).copy()
    data = bytearray(file.read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    file.write_bytes(data)
    done = run(*words(own, tmp_path / "new"))
    assert (done.status, done.out) == (3, "")
    assert "damaged" in done.err
    assert not (tmp_path / "new" / "hub.sqlite").exists()


def test_a_photo_that_the_backup_lacks_is_named_and_sent_again(own: Path, tmp_path: Path) -> None:
    stored = InFolder(own)
    stored.write(stored_as(PHOTO), PHOTO[:-1] + b"!")
    done = run(*words(own, tmp_path / "new"))
    assert done.status == 1
    assert f"photo {PhotoHash.of(PHOTO)} is not whole in the backup" in done.out
    hub = open_hub(*into(tmp_path / "new")[1::2])
    with hub.database.reading() as rows:
        assert rows.execute("SELECT count(*) FROM photo").fetchone()[0] == 1
        assert rows.execute("SELECT hash FROM loss").fetchall() == [(PhotoHash.of(PHOTO).raw,)]
    hub.close()
    assert stored_as(PHOTO) not in InFolder(tmp_path / "new" / "objects").names()


def test_a_backup_of_a_newer_program_is_refused(own: Path, tmp_path: Path) -> None:
    file = BackupFolder(own).copy()
    data = bytearray(file.read_bytes())
    data[60:64] = (10_000).to_bytes(4, "big")  # the file's user_version
    file.write_bytes(data)
    done = run(*words(own, tmp_path / "new"))
    assert (done.status, done.out) == (3, "")
    assert "a newer Tidewaiter made this database" in done.err


def test_a_backup_of_the_first_release_is_restored(tmp_path: Path) -> None:
    old = Path(__file__).parents[1] / "old" / "0.1" / "hub"
    shutil.copytree(old, tmp_path / "old")
    first = SqliteDatabase(tmp_path / "old" / "hub.db")
    with first.reading() as rows:
        hub = rows.execute("SELECT id FROM hub").fetchone()[0]
    first.close()
    folder = tmp_path / "backup"
    (folder / "databases").mkdir(parents=True)
    (folder / "backup-of.json").write_text(f'{{"hub": "{hub}"}}')
    shutil.copy(old / "hub.db", folder / "databases" / "hub-20261001T020000-000.sqlite")
    shutil.copytree(old / "objects" / "photos", folder / "photos")
    done = run(*words(folder, tmp_path / "new"))
    assert done.status == 0, done.err
    assert f"of hub {hub} verified, restored" in done.out
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "hub.sqlite", "hub.sqlite.lock", "objects"]  # fmt: skip


def test_the_old_database_is_retired_and_can_be_taken_back(backup: Path, tmp_path: Path) -> None:
    with run_hub(tmp_path / "old") as old:
        station = with_photo(old)
        prepare(old.hub, tmp_path / "backup")
        back_up(old.hub, tmp_path / "backup")
        station.finalise()
        station.send()
        retire = ["--retire", sqlite_url(tmp_path / "old")]
        busy = run(*words(tmp_path / "backup", tmp_path / "new"), *retire)
        assert "entries that came after this backup" in busy.err
        back_up(old.hub, tmp_path / "backup")
    assert "not of the hub in the backup" in run(*words(backup, tmp_path / "new"), *retire).err
    done = run(*words(tmp_path / "backup", tmp_path / "new"), *retire)
    assert done.status == 0, done.err
    assert "the old database is retired" in done.out
    said = refused(*into(tmp_path / "old"))
    assert (said.status, said.out) == (3, "")
    assert "this hub was restored elsewhere" in said.err
    assert run("check", "--new-epoch", *into(tmp_path / "old")).status == 0


def test_the_log_of_an_older_database_is_never_applied(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite-wal").write_bytes(b"of another life")
    done = run(*words(backup, tmp_path))
    assert (done.status, done.out) == (3, "")
    assert "hub.sqlite-wal: the log of an older database is there" in done.err


def killed(step: int, *command: str) -> Said:
    return run_main(["hub", *command], before=DIES_AT.format(step=step))


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
@pytest.mark.parametrize(("target", "pace"), [("sqlite", 9), ("postgresql", 19)])
def test_a_restore_killed_at_any_step_goes_on_and_shows_no_half_hub(
    backup: Path, tmp_path: Path, request: pytest.FixtureRequest, target: str, pace: int
) -> None:
    with ExitStack() as held:
        database: Url = sqlite_url
        if target == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            database = held.enter_context(server.databases())
        _killed_until_it_is_done(backup, tmp_path, database(tmp_path), pace)


def _killed_until_it_is_done(backup: Path, tmp_path: Path, url: str, pace: int) -> None:
    command = ["restore", "--from", str(backup), "--database", url]
    command += ["--objects", f"file://{tmp_path}/objects"]
    kills, step = 0, 5
    while True:
        said = killed(step, *command)
        if said.status == 0:
            break
        assert said.status == KILLED, said.err
        kills += 1
        step += pace
    assert kills >= 5
    assert run("check", *command[3:]).out == "4 entries and 2 photos whole\n"
    assert [path.name for path in tmp_path.iterdir() if "restoring" in path.name] == []
    assert list((tmp_path / "objects" / "arriving").iterdir()) == []
