"""A folder for the backups of one hub: several copies of its database, each photo once."""

from __future__ import annotations

from pathlib import Path

from domain.ids import HubId
from domain.instant import Instant
from domain.words import mark
from hub.errors import CannotServe
from hub.store.claims import owner_in, write_owner
from hub.store.objects.folder import FolderObjects
from hub.store.port import Objects

OWNER = "backup-of.json"
"""Contains the id of the hub.

It is on the disk of the backups, so that the file is missing when that disk is not mounted.
"""


class BackupFolder:
    """The backups at `root`; the constructor does not touch the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def owner(self) -> HubId | None:
        """The id of the hub whose backups these are; None when the folder is not prepared.

        Raises `CannotServe` when the file with the id cannot be read.
        """
        return owner_in(self.root / OWNER)

    def prepare(self, hub: HubId) -> None:
        """Make the folder and write the hub's id into it, durably.

        Raises `CannotServe` when it cannot be made, or is a hub's folder for photos.
        """
        if self.root.is_dir() and FolderObjects(self.root, create=False).owner() is not None:
            raise in_photos(self.root)
        _make(self.root, parents=True)
        write_owner(self.root / OWNER, hub)

    def photos(self, *, create: bool = True) -> Objects:
        """The photos in the backup; with `create` missing folders are made."""
        return FolderObjects(self.root, create=create)

    def next_copy(self, now: Instant) -> Path:
        """The path for a copy of the database that is made at `now`. Raises `CannotServe`."""
        folder = self.root / "databases"
        _make(folder, parents=False)  # do not create folders where the disk is not mounted
        stamp = now.local.strftime("%Y%m%dT%H%M%S")
        return folder / f"hub-{stamp}-{now.millis % 1000:03d}.sqlite"

    def keep_newest(self, count: int) -> None:
        """Delete all copies of the database except the newest `count`."""
        # the names contain the time, so they sort by age
        for old in sorted((self.root / "databases").glob("hub-*.sqlite"))[:-count]:
            old.unlink(missing_ok=True)


def in_photos(folder: Path) -> CannotServe:
    """Refuse a backup in a hub's own folder for photos."""
    return CannotServe(
        mark("a backup cannot lie in a hub's own folder for photos"),
        about=str(folder),
        hint=mark("Name a folder on another disk with --to."),
    )


def _make(folder: Path, *, parents: bool) -> None:
    try:
        folder.mkdir(mode=0o700, parents=parents, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            mark("the folder for the backup cannot be made: {cause}"),
            about=str(folder),
            cause=error.strerror,
        ) from error
