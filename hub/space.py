"""Room at the hub: how much of the disk stays free, and how much one workstation may store.

Photos wait before records do, and records before the disk is full: what is stored is safe, and the
workstations keep and repeat the rest.
"""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

from domain.ids import DeviceId
from domain.words import mark
from hub.config import QuotaConfig
from hub.errors import ApiCode, NoRoom
from hub.store.port import Database, Objects
from hub.store.sql import uploads
from hub.store.sql.uploads import Stored

COUNT_AGAIN_SECONDS = 10.0
"""Counts are kept in memory; before a refusal they are made anew, but not more often than this."""
NOTHING = Stored(0, 0, 0)


class Space:
    """The room that is left; safe to use from any thread.

    Other processes on the same database are counted when the counts are made anew, so a quota can
    be passed by a little.
    """

    def __init__(self, database: Database, objects: Objects, quotas: QuotaConfig) -> None:
        self._database = database
        self._quotas = quotas
        self._photos_on = objects.here
        self._rows_on = database.folder
        self._lock = threading.Lock()
        self._stored: dict[DeviceId, Stored] = {}
        self._counted_at = -COUNT_AGAIN_SECONDS

    def folders(self) -> tuple[Path, ...]:
        """The folders of this machine on whose disks the hub writes."""
        found = (self._photos_on, self._rows_on)
        return tuple(dict.fromkeys(folder for folder in found if folder is not None))

    def photos_have_room(self) -> bool:
        """Whether the disk is above the floor for photos."""
        return _free(self._photos_on) >= self._quotas.photos_floor

    def records_have_room(self) -> bool:
        """Whether the disk is above the floor for records; the disk of another machine always
        is.
        """
        return self._rows_on is None or _free(self._rows_on) >= self._quotas.records_floor

    def expect_for_photos(self) -> None:
        """Raises `NoRoom` when photos must wait."""
        if not self.photos_have_room():
            raise NoRoom(
                mark("the hub has little room on its disk, so photos wait"),
                hint=mark("Records are taken; headquarters makes room."),
            )

    def expect_for_records(self) -> None:
        """Raises `NoRoom` when records must wait too."""
        if not self.records_have_room():
            raise NoRoom(
                mark("the disk of the hub is nearly full, so records wait too"),
                hint=mark("Nothing is lost; headquarters makes room."),
            )

    def expect_for_upload(self, device: DeviceId, length: int) -> None:
        """Raises `NoRoom` when the device may not begin an upload of `length` bytes now."""
        self.expect_for_photos()
        if self._refused(device, length) is not None:
            self._count()
            refused = self._refused(device, length)
            if refused is not None:
                raise refused

    def begun(self, device: DeviceId, length: int) -> None:
        """Count an upload that began."""
        self._add(device, 1, length, 0)

    def ended(self, device: DeviceId, length: int, stored: int = 0) -> None:
        """Count an upload that ended, with the bytes of its photo when that is new."""
        self._add(device, -1, -length, stored)

    def _add(self, device: DeviceId, count: int, unfinished: int, stored: int) -> None:
        with self._lock:
            before = self._stored.get(device, NOTHING)
            self._stored[device] = Stored(
                max(0, before.uploads + count),
                max(0, before.unfinished + unfinished),
                before.photos + stored,
            )

    def _refused(self, device: DeviceId, length: int) -> NoRoom | None:
        if self._counted_at < 0:
            self._count()
        with self._lock:
            stored = self._stored.get(device, NOTHING)
        quotas = self._quotas
        if (
            stored.uploads >= quotas.unfinished_uploads
            or stored.unfinished + length > quotas.unfinished_bytes
        ):
            return _over(mark("this workstation has as many unfinished uploads as the hub allows"))
        limit = quotas.stored_bytes
        if limit is not None and stored.photos + length > limit:
            return _over(mark("this workstation has stored as many bytes as the hub allows"))
        return None

    def _count(self) -> None:
        """Count all anew, unless that was done a moment ago."""
        now = time.monotonic()
        if self._counted_at >= 0 and now - self._counted_at < COUNT_AGAIN_SECONDS:
            return
        with_photos = self._quotas.stored_bytes is not None
        with self._database.reading() as rows:
            found = uploads.by_device(rows, with_photos=with_photos)
        with self._lock:
            self._stored = found
            self._counted_at = now


def _over(what: str) -> NoRoom:
    hint = mark("The photo waits; headquarters can raise its quota.")
    return NoRoom(what, code=ApiCode.QUOTA, hint=hint)


def _free(folder: Path) -> float:
    """Free bytes on the disk of the folder; no limit when it is not there, which others tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return float("inf")
