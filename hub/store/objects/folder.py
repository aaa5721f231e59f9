"""Photos in a folder: `photos/ab/abcd...` for stored photos, `arriving/` for unfinished uploads.

Files like `derived/ab/abcd....thumbnail` are made from stored photos; the folder can be deleted.
`photos/hub.json` contains the id of the hub. It is beside the photos, so that it is missing when
their disk is not mounted.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from domain.errors import Malformed
from domain.ids import HubId, PhotoHash
from domain.words import mark
from hub.errors import CannotServe, NotHere, PhotosAway
from hub.store.claims import BACKUP_OWNER, held_alone, owner_in, write_owner
from hub.store.objects.arriving import ArrivingPhotos, as_ours
from hub.store.port import Condition, Derived, condition
from system.files import flush_folder

PIECE = 1 << 20
OWNER = "hub.json"


class FolderObjects(ArrivingPhotos):
    """The bytes below `root`; with `create` a missing folder is made.

    Raises `CannotServe` when `root` is missing or cannot be made.
    """

    def __init__(self, root: Path, *, create: bool = True) -> None:
        super().__init__(root / "arriving")
        self._root = root
        self._held = root / "photos"
        self._derived = root / "derived"
        if create:
            self._make_folders()
        elif not root.is_dir():
            raise CannotServe(
                mark("the folder for photos is not there"),
                about=str(root),
                hint=mark("Name the hub's own folder with --objects, or mount its disk."),
            )

    def _make_folders(self) -> None:
        try:
            # photos are not encrypted here, so other accounts of the machine must not read them
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self._held, self._arriving, self._derived):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotServe(
                mark("the folder for photos cannot be made: {cause}"),
                about=str(self._root),
                cause=error.strerror,
            ) from error

    @property
    def folder(self) -> Path | None:
        """The folder on this machine that contains the bytes."""
        return self._root

    @property
    def where(self) -> str:
        """The folder's path."""
        return str(self._root)

    def owner(self) -> HubId | None:
        """The id of the hub that owns the photos; None when the folder has none."""
        return owner_in(self._held / OWNER)

    def claim(self, hub: HubId) -> None:
        """Write the id of the owner `hub` into the folder, durably.

        Raises `CannotServe` when it is a folder of backups, whose photos are nobody's to change.
        """
        if (self._root / BACKUP_OWNER).exists():
            raise CannotServe(
                mark("this is a folder of backups, not a hub's folder for photos"),
                about=str(self._root),
                hint=mark("Name the hub's own folder with --objects."),
            )
        self._make_folders()
        if self.owner() != hub:
            write_owner(self._held / OWNER, hub)
        self._own = hub

    def away(self) -> PhotosAway:
        """The error for a folder whose disk was unmounted, or that is another hub's."""
        return PhotosAway(
            mark("the hub's folder for photos is not there, or is another hub's"),
            hint=mark("Mount its disk at the hub; the photos wait, and go when it is back."),
        )

    def hold(self) -> AbstractContextManager[None]:
        """A lock against other processes that want these photos. Raises `CannotServe`."""
        return held_alone(self._root / "serve.lock")

    def sizes(self) -> Iterator[tuple[PhotoHash, int]]:
        """Every photo that has a file in the folder, also a damaged one, with the file's size."""
        for folder in sorted(self._held.glob("??")):
            for path in sorted(folder.glob("*")):
                # not our file, or set aside, also since it was listed
                with suppress(Malformed, FileNotFoundError):
                    yield PhotoHash.parse(path.name), path.stat().st_size

    def keep(self, upload: str, photo: PhotoHash) -> None:
        """Store the upload's bytes under their hash, durably; a photo that is already stored
        stays.
        """
        self.expect_own()
        path, part = self._path(photo), self._part(upload)
        with as_ours(path):
            if path.exists():
                # the stored file may be damaged; then these bytes replace it
                if condition(self, photo) is Condition.WHOLE:
                    part.unlink()
                    return
                self.set_aside(photo)
            if not path.parent.exists():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                flush_folder(self._held)
            part.replace(path)
            flush_folder(path.parent)

    def size(self, photo: PhotoHash) -> int | None:
        """How many bytes are stored under this hash; None when there is no such photo."""
        try:
            return self._path(photo).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            self.expect_own()
            return None

    def read(self, photo: PhotoHash) -> Iterator[bytes]:
        """The bytes in pieces.

        Raises `NotHere`, or `PhotosAway` when the folder is not this hub's.
        """
        try:
            with self._path(photo).open("rb") as file:
                while piece := file.read(PIECE):
                    yield piece
        except FileNotFoundError as error:
            self.expect_own()
            raise NotHere(mark("the hub does not have this photo"), about=photo.short) from error

    def set_aside(self, photo: PhotoHash) -> None:
        """Move damaged bytes away, so that intact ones can be stored."""
        path = self._path(photo)
        if path.exists():
            path.replace(path.with_suffix(".damaged"))
            flush_folder(path.parent)

    def derived(self, photo: PhotoHash, what: Derived) -> bytes | None:
        """The picture made from the photo; None when there is none."""
        try:
            return self._made(photo, what).read_bytes() or None
        except FileNotFoundError:
            return None

    def put_derived(self, photo: PhotoHash, what: Derived, data: bytes) -> None:
        """Store a picture made from the photo, atomically; an existing one stays.

        It is not flushed: after a power failure it may be missing or empty, and an empty one counts
        as missing.
        """
        path = self._made(photo, what)
        with as_ours(path):
            self._derived.mkdir(mode=0o700, exist_ok=True)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if path.exists() and path.stat().st_size:
                return
            part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
            part.write_bytes(data)
            part.replace(path)

    def drop_derived(self, photo: PhotoHash, what: Derived) -> None:
        """Delete a picture made from the photo."""
        self._made(photo, what).unlink(missing_ok=True)

    def _path(self, photo: PhotoHash) -> Path:
        name = str(photo)
        return self._held / name[:2] / name

    def _made(self, photo: PhotoHash, what: Derived) -> Path:
        name = str(photo)
        return self._derived / name[:2] / f"{name}.{what.value}"
