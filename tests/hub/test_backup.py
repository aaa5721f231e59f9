"""`safe` is earned: what a backup promises, and what a restored hub says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from domain.statement import Level, epoch_number
from hub.backup import back_up, prepare
from hub.build import begin_epoch, open_hub
from hub.errors import CannotServe
from hub.hub import Hub
from hub.store.port import Condition
from sync.wire.acknowledgement import read_acknowledgement
from tests.builders import NIGHT
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, a_photo, tips_of
from tests.hub.stored import InFolder, Stored, stored_as
from tests.hub.test_photos import PHOTO, begin, patch

pytestmark = pytest.mark.rows


@pytest.fixture
def station(running: Running) -> Station:
    """A workstation whose record and photo are at the hub."""
    station = running.station()
    station.finalise(photos=(a_photo(PHOTO),))
    station.send()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    return station


@pytest.fixture
def target(running: Running, tmp_path: Path) -> Path:
    """A folder that takes the backups of this hub."""
    prepare(running.hub, tmp_path / "backup")
    return tmp_path / "backup"


def levels(station: Station) -> set[Level]:
    ack = station.ask(PhotoHash.of(PHOTO))
    return {tip.level for tip in ack.tips} | {photo.level for photo in ack.photos}


def rot(stored: Stored) -> None:
    """One bit of the photo is another one; its size is the same."""
    stored.write(stored_as(PHOTO), PHOTO[:-1] + bytes([PHOTO[-1] ^ 1]))


def test_what_was_read_back_from_a_backup_is_safe(
    running: Running, station: Station, target: Path
) -> None:
    assert levels(station) == {Level.RECEIVED}
    made = back_up(running.hub, target)
    assert (made.entries, made.photos, made.unsafe) == (2, 1, ())
    assert levels(station) == {Level.SAFE}


def test_what_came_after_the_backup_is_only_received(
    running: Running, station: Station, target: Path
) -> None:
    back_up(running.hub, target)
    station.finalise()
    assert {tip.level for tip in station.send().tips} == {Level.RECEIVED}


@pytest.mark.parametrize("kind", ["damaged", "missing"])
def test_a_backup_names_what_is_not_whole_and_changes_nothing_of_it(
    running: Running, station: Station, target: Path, kind: str
) -> None:
    photo = PhotoHash.of(PHOTO)
    rot(running.stored)
    if kind == "missing":
        running.stored.remove(stored_as(PHOTO))
    names = _photos(running)

    made = back_up(running.hub, target)

    assert made.photos == 0
    assert [(each.photo, each.at_hub.value) for each in made.unsafe] == [(photo, kind)]
    assert running.count("photo") == 1
    assert running.count("safe") == 1  # the tip alone
    assert _photos(running) == names


def _photos(running: Running) -> list[str]:
    """The stored photos; the pictures made from them come in the background."""
    return [name for name in running.stored.names() if name.startswith("photos/")]


def test_what_rotted_after_a_backup_is_safe_no_longer(
    running: Running, station: Station, target: Path
) -> None:
    back_up(running.hub, target)
    rot(running.stored)
    made = back_up(running.hub, target)
    assert [each.in_backup for each in made.unsafe] == [Condition.WHOLE]
    assert levels(station) == {Level.SAFE, Level.RECEIVED}


def test_rot_at_the_hub_is_never_copied_over_whole_bytes(
    running: Running, station: Station, target: Path
) -> None:
    back_up(running.hub, target)
    rot(running.stored)
    back_up(running.hub, target)
    kept = next((target / "photos").rglob(str(PhotoHash.of(PHOTO))))
    assert kept.read_bytes() == PHOTO


def test_a_second_backup_mends_what_rotted_in_the_first(
    running: Running, station: Station, target: Path
) -> None:
    back_up(running.hub, target)
    copied = InFolder(target)
    rot(copied)
    assert back_up(running.hub, target).unsafe == ()
    assert copied.read(stored_as(PHOTO)) == PHOTO


def test_a_target_is_prepared_once_and_refused_when_its_disk_is_missing(
    running: Running, station: Station, target: Path
) -> None:
    back_up(running.hub, target)
    away = target.rename(target.with_name("away"))
    for gone in (False, True):
        if gone:
            target.mkdir()  # the empty folder over which a disk is mounted
        with pytest.raises(CannotServe, match="not prepared"):
            back_up(running.hub, target)
        assert not any(target.parent.glob("backup/*"))
    target.rmdir()
    away.rename(target)
    assert back_up(running.hub, target).unsafe == ()


@pytest.mark.folder
def test_a_target_of_another_hub_is_refused(running: Running, target: Path, tmp_path: Path) -> None:
    with run_hub(tmp_path / "other") as other:
        for do in (prepare, back_up):
            with pytest.raises(CannotServe, match="another hub"):
                do(other.hub, target)
        with pytest.raises(CannotServe, match="own folder for photos"):
            prepare(other.hub, running.folder / "objects")


def test_only_the_newest_copies_are_kept_where_that_is_asked(
    running: Running, station: Station, target: Path
) -> None:
    for _ in range(3):
        last = back_up(running.hub, target, keep=2).database
    assert len(list((target / "databases").glob("*.sqlite"))) == 2
    assert last.exists()


def test_a_restored_hub_begins_a_new_epoch_and_devices_send_again(
    running: Running, station: Station, target: Path, tmp_path: Path
) -> None:
    made = back_up(running.hub, target)
    station.finalise()
    lost = station.chain[-1]
    station.send()
    home = tmp_path / "restored"
    home.mkdir()
    shutil.copy(made.database, home / "hub.sqlite")
    shutil.copytree(target / "photos", home / "objects" / "photos")
    with run_hub(home) as restored:
        station.http.base_url = restored.url
        ack = station.ask(PhotoHash.of(PHOTO))
        assert ack.hub == running.hub.identity.hub
        assert ack.epoch != running.hub.identity.epoch
        assert levels(station) == {Level.RECEIVED}
        assert tips_of(ack) == {station.chain[-2].hash}
        assert tips_of(station.send([lost])) == {lost.hash}
        assert restored.station(9).send().tips


def test_epochs_follow_one_another_by_signed_keys(tmp_path: Path) -> None:
    def opened(folder: Path) -> Hub:
        return open_hub(f"sqlite://{folder}/hub.sqlite", f"file://{folder}/objects")

    first = opened(tmp_path / "1")
    key = first.identity.key.verify_key
    latest, epochs = first, [first.identity.epoch]
    for number in ("2", "3"):
        prepare(latest, tmp_path / f"backup{number}")
        made = back_up(latest, tmp_path / f"backup{number}")
        (tmp_path / number).mkdir()
        shutil.copy(made.database, tmp_path / number / "hub.sqlite")
        latest.close()
        latest = opened(tmp_path / number)
        epochs.append(latest.identity.epoch)
    with run_hub(tmp_path / "3") as third:
        station = third.station()
        answer = station.http.get(f"/api/devices/{station.device}/tips")
        ack = read_acknowledgement(answer.content, key)
        assert ack.epoch == epochs[-1]
    numbers = [epoch_number(epoch) for epoch in epochs]
    assert numbers[0] < numbers[1] < numbers[2]
    latest.close()


def test_a_later_epoch_has_a_higher_number_also_after_one_whose_clock_was_ahead(
    tmp_path: Path,
) -> None:
    """Workstations refuse a lower one as that of a replaced hub, for ever."""
    url, folder = f"sqlite://{tmp_path}/hub.sqlite", f"file://{tmp_path}/objects"
    open_hub(url, folder, now=lambda: NIGHT).close()
    ahead = begin_epoch(url, now=lambda: NIGHT.plus(minutes=40 * 24 * 60))
    put_right = begin_epoch(url, now=lambda: NIGHT)
    assert 1 < epoch_number(ahead) < epoch_number(put_right)
