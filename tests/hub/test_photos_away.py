"""While the hub serves its folder for photos goes (a disk, a mount): nothing is taken or signed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.errors import PhotosAway
from hub.store.objects.folder import FolderObjects
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station
from tests.hub.test_photos import BODY, PHOTO, TUS, begin, patch, promise

OTHER = PHOTO + b"another"
HALF = 100_000
Away = Callable[[Path], None]


def _bare(photos: Path) -> None:
    """What is under a mount point when its disk is gone."""
    photos.mkdir()


def _gone(photos: Path) -> None:
    """Not even the folder."""
    assert not photos.exists()


def _another_hubs(photos: Path) -> None:
    """The disk of another hub, which holds the same photo."""
    there = photos.parents[1] / "another"
    there.mkdir()
    with run_hub(there) as other:
        station = other.station(9)
        patch(station, begin(station).headers["Location"], 0, PHOTO)
    (there / "objects" / "photos").rename(photos)


def _unreadable(photos: Path) -> None:
    """A disk that gives out nonsense."""
    photos.mkdir()
    (photos / "hub.json").write_bytes(bytes(60))


@pytest.fixture
def station(running: Running) -> Station:
    """A workstation whose hub holds one photo and half of another."""
    station = running.station()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    patch(station, begin(station, OTHER).headers["Location"], 0, OTHER[:HALF])
    return station


@pytest.mark.folder
@pytest.mark.parametrize("away", [_bare, _gone, _another_hubs, _unreadable])
def test_photos_wait_while_their_folder_is_away_and_go_on_when_it_is_back(
    running: Running, station: Station, away: Away, caplog: pytest.LogCaptureFixture
) -> None:
    photos = running.folder / "objects" / "photos"
    where = f"/api/photos/{PhotoHash.of(OTHER)}-{len(OTHER)}"
    kept = photos.rename(photos.with_name("unmounted"))
    away(photos)
    before = sorted(photos.rglob("*")) if photos.exists() else []
    question = {"hashes": [str(PhotoHash.of(PHOTO))]}
    asking = f"/api/devices/{station.device}/photos"
    whole = {**promise(PHOTO), "Content-Type": BODY["Content-Type"]}

    with caplog.at_level("INFO", logger="tidewaiter.hub"):
        told = station.http.post(asking, json=question)
    failed = [record.__dict__["facts"] for record in caplog.records if record.msg == "failed"]
    assert [facts["kind"] for facts in failed] == ["PhotosAway"]
    for answer in (
        told,
        begin(station),
        begin(station, b"new"),
        station.http.post("/api/photos", headers=whole, content=PHOTO),
        patch(station, where, HALF, OTHER[HALF:]),
    ):
        assert answer.status_code == 503
        assert "folder for photos is not there" in answer.json()["error"]
    assert station.http.head(where, headers=TUS).status_code == 503
    assert station.page(f"/photos/{PhotoHash.of(PHOTO)}").status_code in (200, 503)
    assert station.send().tips, "records need no photos"
    assert (sorted(photos.rglob("*")) if photos.exists() else []) == before
    assert running.count("photo") == 1

    if photos.exists():
        shutil.rmtree(photos)
    kept.rename(photos)
    assert patch(station, where, HALF, OTHER[HALF:]).status_code == 204
    assert len(station.ask(PhotoHash.of(PHOTO), PhotoHash.of(OTHER)).photos) == 2


def test_bytes_are_not_put_into_a_folder_that_is_not_the_hubs_own(
    running: Running, tmp_path: Path
) -> None:
    objects, upload = FolderObjects(tmp_path / "store"), "0123456789abcdef"
    objects.claim(running.hub.identity.hub)
    objects.append(upload, 0, PHOTO)
    (tmp_path / "store" / "photos" / "hub.json").unlink()
    photo = PhotoHash.of(PHOTO)
    with pytest.raises(PhotosAway):
        objects.append(upload, len(PHOTO), b"more")
    with pytest.raises(PhotosAway):
        objects.keep(upload, photo)
    with pytest.raises(PhotosAway):
        objects.size(photo)
    with pytest.raises(PhotosAway):
        list(objects.read(photo))
    assert objects.staged(upload) == len(PHOTO)
