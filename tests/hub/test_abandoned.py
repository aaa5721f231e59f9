"""What the hub promises about uploads that nobody goes on with."""

from __future__ import annotations

import os
from email.utils import parsedate_to_datetime
from pathlib import Path

from domain.instant import DAY_MILLIS
from hub.backup import back_up, prepare
from hub.build import open_hub
from hub.uploads import KEPT_DAYS, drop_abandoned
from tests.hub.conftest import Running, run_hub
from tests.hub.test_photos import PHOTO, TUS, begin, held, patch


def age(running: Running, days: int) -> None:
    """Uploads look as if nobody had touched them for so many days."""
    at = running.hub.now().millis - days * DAY_MILLIS
    with running.hub.database.writing() as rows:
        rows.execute("UPDATE upload SET begun_at = ?", (at,))
    for file in (running.folder / "objects" / "arriving").iterdir():
        os.utime(file, (at / 1000, at / 1000))


def test_an_upload_nobody_touches_is_dropped_and_begins_anew(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    patch(station, where, 0, PHOTO[:1000])
    age(running, KEPT_DAYS - 1)
    assert drop_abandoned(running.hub) == 0
    age(running, KEPT_DAYS + 1)
    assert drop_abandoned(running.hub) == 1
    assert list((running.folder / "objects" / "arriving").iterdir()) == []
    assert station.http.head(where, headers=TUS).status_code == 404
    assert begin(station).headers["Upload-Offset"] == "0"
    patch(station, where, 0, PHOTO)
    assert held(station)


def test_an_old_upload_that_was_touched_lately_is_kept(running: Running) -> None:
    station = running.station()
    where = begin(station).headers["Location"]
    patch(station, where, 0, PHOTO[:1000])
    age(running, KEPT_DAYS + 1)
    patch(station, where, 1000, PHOTO[1000:2000])
    assert drop_abandoned(running.hub) == 0
    assert station.http.head(where, headers=TUS).headers["Upload-Offset"] == "2000"


def test_what_is_held_and_what_is_not_ours_is_never_dropped(running: Running) -> None:
    station = running.station()
    patch(station, begin(station).headers["Location"], 0, PHOTO)
    stray = running.folder / "objects" / "arriving" / ".keep me"
    stray.write_bytes(b"")
    age(running, 10 * KEPT_DAYS)
    assert drop_abandoned(running.hub) == 0
    assert held(station)
    assert stray.exists()


def test_bytes_without_an_upload_are_dropped_too(tmp_path: Path) -> None:
    with run_hub(tmp_path) as running:
        running.hub.objects.append("0123456789abcdef", 0, b"left by a kill")
        age(running, KEPT_DAYS + 1)
        assert drop_abandoned(running.hub) == 1
        prepare(running.hub, tmp_path / "backup")
        back_up(running.hub, tmp_path / "backup")
    hub = open_hub(f"sqlite://{tmp_path}/hub.sqlite", f"file://{tmp_path}/objects")
    assert list(hub.objects.arriving()) == []
    hub.close()


def test_an_unfinished_upload_says_until_when_it_is_kept(running: Running) -> None:
    station = running.station()
    begun = begin(station)
    until = parsedate_to_datetime(begun.headers["Upload-Expires"]).timestamp() * 1000
    assert abs(until - running.hub.now().millis - KEPT_DAYS * DAY_MILLIS) < 60_000
    where = begun.headers["Location"]
    assert "Upload-Expires" in patch(station, where, 0, PHOTO[:1000]).headers
    assert "Upload-Expires" not in patch(station, where, 1000, PHOTO[1000:]).headers
    assert "expiration" in station.http.options("/api/photos").headers["Tus-Extension"]
