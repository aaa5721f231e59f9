"""A folder for the backups of one hub: several copies of its database, each photo once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from domain.ids import HubId
from domain.instant import Instant
from domain.words import filled, mark
from hub.errors import CannotServe
from hub.store.claims import BACKUP_OWNER, held_alone, owner_in, write_owner
from hub.store.objects.folder import FolderObjects
from hub.store.port import Objects
from hub.store.read_back import ReadBack, read_back
from hub.store.sqlite.database import delete_database
from system.errors import CannotWrite
from system.files import move_durably


class BackupFolder:
    """The backups at `root`; the constructor does not touch the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._databases = root / "databases"

    def owner(self) -> HubId | None:
        """The id of the hub whose backups these are; None when the folder is not prepared.

        Raises `CannotServe` when the file with the id cannot be read.
        """
        return owner_in(self.root / BACKUP_OWNER)

    def prepare(self, hub: HubId) -> None:
        """Make the folder and write the hub's id into it, durably.

        Raises `CannotServe` when it cannot be made, or is a hub's folder for photos.
        """
        if self.root.is_dir() and FolderObjects(self.root, create=False).owner() is not None:
            raise in_photos(self.root)
        _make(self.root, parents=True)
        write_owner(self.root / BACKUP_OWNER, hub)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other backup into this folder runs while the block does; what one left that was
        killed is deleted. Raises `CannotServe`.
        """
        with held_alone(
            self.root / "backup.lock",
            mark("another backup into this folder is running"),
            mark("Wait for its end, or end it."),
        ):
            for kind in ("part", "unfinished"):
                for part in self._databases.glob(f"hub-*.{kind}"):
                    delete_database(part)
            arriving = self.root / "arriving"
            for file in arriving.iterdir() if arriving.is_dir() else ():
                file.unlink(missing_ok=True)
            yield

    def photos(self, *, create: bool = True) -> Objects:
        """The photos in the backup; with `create` missing folders are made."""
        return FolderObjects(self.root, create=create)

    def read_back(self) -> AbstractContextManager[ReadBack]:
        """What is known of the photos in the backup."""
        return read_back(self.root / "read-back.sqlite")

    def next_copy(self, now: Instant) -> Path:
        """The path for a copy of the database that is made at `now`. Raises `CannotServe`."""
        _make(self._databases, parents=False)  # no folders where the disk is not mounted
        stamp = now.local.strftime("%Y%m%dT%H%M%S")
        return self._databases / f"hub-{stamp}-{now.millis % 1000:03d}.sqlite"

    @contextmanager
    def unfinished(self, path: Path) -> Iterator[Path]:
        """The path of a copy of the database whose photos are not all in the folder yet.

        It gets the name `path` when the block ends without an error; otherwise it is deleted.
        """
        part = path.with_suffix(".unfinished")
        try:
            yield part
            move_durably(part, path)
        finally:
            delete_database(part)

    def copies(self) -> list[Path]:
        """The copies of the database, oldest first; their names contain the time."""
        return sorted(self._databases.glob("hub-*.sqlite"))

    def copy(self, name: str = "") -> Path:
        """The copy with this file name, or the newest one. Raises `CannotServe`."""
        copies = self.copies()
        chosen = [path for path in copies if name in ("", path.name)]
        if not copies:
            raise CannotServe(
                mark("there is no copy of the database in this folder"),
                about=str(self.root),
                hint=mark("Name the folder that main.py hub backup writes to."),
            )
        if not chosen:
            raise CannotServe(
                mark("there is no copy of this name"),
                about=name,
                hint=mark("There are: {names}."),
                names=", ".join(path.name for path in copies),
            )
        return chosen[-1]

    def keep_newest(self, count: int) -> None:
        """Delete all copies of the database except the newest `count`."""
        for old in self.copies()[:-count]:
            delete_database(old)


def in_photos(folder: Path) -> CannotServe:
    """Refuse a backup in a hub's own folder for photos."""
    return CannotServe(
        mark("a backup cannot lie in a hub's own folder for photos"),
        about=str(folder),
        hint=mark("Name a folder on another disk with --to."),
    )


def not_finished(folder: Path, error: CannotWrite) -> CannotWrite:
    """The error for a backup whose disk is full, or cannot be written for another reason."""
    return CannotWrite(
        mark("the backup is not finished: {cause}"),
        about=str(folder),
        hint=mark(
            "Make room on its disk, for example with fewer copies (--keep), and run the command"
            " again: photos that are copied stay. The hub has lost nothing."
        ),
        cause=filled(error.what, error.values),
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
