"""`safe` is earned: what a backup promises, and what a restored hub says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.backup import back_up
from hub.build import open_hub
from sync.wire.acknowledgement import Level, read_acknowledgement
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, a_photo, tips_of
from tests.hub.test_photos import PHOTO, begin, patch


@pytest.fixture
def station(running: Running) -> Station:
    """A workstation whose record and photo are at the hub."""
    station = running.station()
    station.finalise(photos=(a_photo(PHOTO),))
    station.send()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    return station


def levels(station: Station) -> set[Level]:
    ack = station.ask(PhotoHash.of(PHOTO))
    return {tip.level for tip in ack.tips} | {photo.level for photo in ack.photos}


def test_what_was_read_back_from_a_backup_is_safe(
    running: Running, station: Station, tmp_path: Path
) -> None:
    assert levels(station) == {Level.RECEIVED}
    made = back_up(running.hub, tmp_path / "backup")
    assert (made.entries, made.photos, made.damaged) == (2, 1, ())
    assert levels(station) == {Level.SAFE}


def test_what_came_after_the_backup_is_only_received(
    running: Running, station: Station, tmp_path: Path
) -> None:
    back_up(running.hub, tmp_path / "backup")
    station.finalise()
    assert {tip.level for tip in station.send().tips} == {Level.RECEIVED}


def test_a_photo_that_rotted_at_the_hub_is_named_and_asked_for_again(
    running: Running, station: Station, tmp_path: Path
) -> None:
    photo = PhotoHash.of(PHOTO)
    path = next((running.folder / "objects").rglob(str(photo)))
    path.write_bytes(PHOTO[:-1] + b"!")
    made = back_up(running.hub, tmp_path / "backup")
    assert made.damaged == (photo,)
    assert station.ask(photo).photos == ()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    assert back_up(running.hub, tmp_path / "backup").damaged == ()
    assert levels(station) == {Level.SAFE}


def test_a_second_backup_mends_what_rotted_in_the_first(
    running: Running, station: Station, tmp_path: Path
) -> None:
    back_up(running.hub, tmp_path / "backup")
    path = next((tmp_path / "backup").rglob(str(PhotoHash.of(PHOTO))))
    path.write_bytes(b"rot")
    assert back_up(running.hub, tmp_path / "backup").damaged == ()
    assert path.read_bytes() == PHOTO


def test_a_restored_hub_begins_a_new_epoch_and_devices_send_again(
    running: Running, station: Station, tmp_path: Path
) -> None:
    made = back_up(running.hub, tmp_path / "backup")
    station.finalise()
    lost = station.chain[-1]
    station.send()
    home = tmp_path / "restored"
    home.mkdir()
    shutil.copy(made.database, home / "hub.sqlite")
    shutil.copytree(tmp_path / "backup" / "photos", home / "objects" / "photos")
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
    def opened(folder: Path) -> Running:
        hub = open_hub(f"sqlite://{folder}/hub.sqlite", f"file://{folder}/objects")
        return Running("", hub, folder)

    first = opened(tmp_path / "1")
    key = first.hub.identity.key.verify_key
    latest = first
    for number in ("2", "3"):
        made = back_up(latest.hub, tmp_path / f"backup{number}")
        (tmp_path / number).mkdir()
        shutil.copy(made.database, tmp_path / number / "hub.sqlite")
        latest.hub.close()
        latest = opened(tmp_path / number)
    with run_hub(tmp_path / "3") as third:
        station = third.station()
        answer = station.http.get(f"/api/devices/{station.device}/tips")
        ack = read_acknowledgement(answer.content, key)
        assert ack.epoch.startswith("3-")
    latest.hub.close()
