"""A folder that takes the backups of one hub: copies of its database, and its photos once."""

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
"""Names the hub whose backups the folder takes. It lies on the disk of the backups, so that a disk
that is not mounted has no such file."""


class BackupFolder:
    """The backups at `root`; nothing is made or read before it is asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def owner(self) -> HubId | None:
        """The hub that it takes the backups of; None when it was not prepared.

        Raises `CannotServe` when the file that names it cannot be read.
        """
        return owner_in(self.root / OWNER)

    def prepare(self, hub: HubId) -> None:
        """Make the folder and name the hub in it, durably.

        Raises `CannotServe` when it cannot be made, or is a hub's own folder for photos.
        """
        if self.root.is_dir() and FolderObjects(self.root, create=False).owner() is not None:
            raise in_photos(self.root)
        _make(self.root, parents=True)
        write_owner(self.root / OWNER, hub)

    def photos(self, *, create: bool = True) -> Objects:
        """The photos in the backup; their folders are made when missing and `create`."""
        return FolderObjects(self.root, create=create)

    def next_copy(self, now: Instant) -> Path:
        """Where the copy of the database that is made `now` belongs. Raises `CannotServe`."""
        folder = self.root / "databases"
        _make(folder, parents=False)  # without its disk nothing is made in its place
        stamp = now.local.strftime("%Y%m%dT%H%M%S")
        return folder / f"hub-{stamp}-{now.millis % 1000:03d}.sqlite"

    def keep_newest(self, count: int) -> None:
        """Delete the copies of the database beyond the newest `count`."""
        # the time in the name sorts them
        for old in sorted((self.root / "databases").glob("hub-*.sqlite"))[:-count]:
            old.unlink(missing_ok=True)


def in_photos(folder: Path) -> CannotServe:
    """The folder is a hub's own folder for photos, or lies in it."""
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
