"""What the hub signs for is on the disk, whole, and fits the chain that it is in."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from domain.ids import PhotoHash
from hub.store.objects.folder import FolderObjects
from system.errors import CannotWrite
from tests.hub.conftest import Running
from tests.hub.station import tips_of
from tests.hub.test_photos import PHOTO, begin, patch
from tests.nets.disk import failing, watched

PROC = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the path of a file")
UPLOAD = "0123456789abcdef"


def test_an_entry_that_names_another_devices_entry_before_it_is_refused(running: Running) -> None:
    ours, theirs = running.station(1), running.station(2)
    ours.send()
    theirs.send()
    grafted = theirs.add("note.made", "x", {}, after=ours.chain[0])
    said = theirs.send([grafted])
    assert [refusal.hash for refusal in said.refused] == [grafted.hash]
    assert tips_of(said) == {theirs.chain[0].hash}
    assert running.count("entry") == 2


@PROC
def test_the_bytes_of_an_upload_are_flushed_before_the_hub_says_it_has_them(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    arriving = running.folder / "objects" / "arriving"
    with watched(monkeypatch) as calls:
        assert patch(station, where, 0, PHOTO[:1000]).status_code == 204
        upload = next(arriving.iterdir())
        calls.at("flush", upload)
        calls.at("flush", arriving)


@PROC
def test_a_photo_has_its_name_on_the_disk_before_the_hub_signs_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects, photo = FolderObjects(tmp_path / "objects"), PhotoHash.of(PHOTO)
    folder = tmp_path / "objects" / "photos" / str(photo)[:2]
    objects.append(UPLOAD, 0, PHOTO)
    with watched(monkeypatch) as calls:
        objects.keep(UPLOAD, photo)
    calls.at("flush", folder)
    calls.at("flush", folder.parent)


@PROC
def test_what_a_backup_writes_is_flushed_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects, photo = FolderObjects(tmp_path / "objects"), PhotoHash.of(PHOTO)
    with watched(monkeypatch) as calls:
        objects.write(photo, iter([PHOTO]))
    flushed = [Path(about).parent.name for what, about in calls.made if what == "flush"]
    assert flushed[0] == "arriving"


def test_an_upload_whose_flush_failed_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = FolderObjects(tmp_path / "objects")
    with (
        failing(monkeypatch, "fsync", OSError(errno.EIO, "input/output error")),
        pytest.raises(CannotWrite, match="input/output error"),
    ):
        objects.append(UPLOAD, 0, PHOTO)
    assert objects.staged(UPLOAD) == 0


def test_whole_bytes_take_the_place_of_damaged_ones_of_the_same_size(tmp_path: Path) -> None:
    objects, photo = FolderObjects(tmp_path / "objects"), PhotoHash.of(PHOTO)
    objects.append(UPLOAD, 0, PHOTO)
    objects.keep(UPLOAD, photo)
    path = next((tmp_path / "objects" / "photos").rglob(str(photo)))
    path.write_bytes(PHOTO[:-1] + b"!")
    objects.append(UPLOAD, 0, PHOTO)
    objects.keep(UPLOAD, photo)
    assert path.read_bytes() == PHOTO
    assert path.with_suffix(".damaged").exists()
