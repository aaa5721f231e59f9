"""A backup that earns the word safe: copied, read back from the copy, hashed, counted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe, HubError
from hub.hub import Hub
from hub.store import photos
from hub.store.folder import FolderObjects
from hub.store.identity import mark_as_copy
from hub.store.photos import Held
from hub.store.sqlite import SqliteDatabase
from storage.files import flush_folder


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds, and what is not in it."""

    database: Path
    entries: int
    photos: int
    damaged: tuple[PhotoHash, ...]
    """Photos whose bytes at the hub are gone or changed; their devices are asked again."""


def back_up(hub: Hub, folder: Path) -> Backup:
    """Copy rows and photos into `folder`, read all of it back, and call it safe in this epoch.

    Photos that are in the folder already are read and hashed there, not copied again. Raises
    `CannotServe` when the copy is not what the hub holds; nothing is called safe then.
    """
    now = hub.now()
    stamp = now.local.strftime("%Y%m%dT%H%M%S")
    path = folder / "databases" / f"hub-{stamp}-{now.millis % 1000:03d}.sqlite"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            mark("the folder for the backup cannot be made: {cause}"),
            about=str(folder),
            cause=error.strerror,
        ) from error
    # Under its name stands only what is marked as a copy: else it would go on in the old epoch.
    unmarked = path.with_suffix(".part")
    hub.database.copy_to(unmarked)
    copy = SqliteDatabase(unmarked)
    try:
        entries, tips = _read_back(copy, path)
        with copy.reading() as rows:
            wanted = photos.all_photos(rows)
        mark_as_copy(copy)
    finally:
        copy.close()
    unmarked.replace(path)
    flush_folder(path.parent)
    objects = FolderObjects(folder)
    held: list[PhotoHash] = []
    damaged: list[PhotoHash] = []
    for photo in wanted:
        (held if _copy(hub, objects, photo) else damaged).append(photo.hash)
    made = Backup(database=path, entries=entries, photos=len(held), damaged=tuple(damaged))
    _remember(hub, made, [*tips, *(photo.raw for photo in held)])
    return made


def _read_back(copy: SqliteDatabase, path: Path) -> tuple[int, list[bytes]]:
    """The number of entries in the copy, each read and hashed, and the tips."""
    count = 0
    with copy.reading() as rows:
        for raw, data, signature in rows.execute("SELECT hash, bytes, signature FROM entry"):
            try:
                found = Entry(bytes(data), bytes(signature)).hash.raw
            except EntryRefused:
                found = b""
            if found != bytes(raw):
                raise CannotServe(mark("an entry in the copy is damaged"), about=str(path))
            count += 1
        tips = [bytes(row[0]) for row in rows.execute("SELECT hash FROM tip")]
    return count, tips


def _copy(hub: Hub, objects: FolderObjects, photo: Held) -> bool:
    """Whether the photo is in the backup, its bytes read back from there and hashed."""
    if objects.size(photo.hash) is not None:
        if _hashed(objects, photo.hash):
            return True
        objects.set_aside(photo.hash)
    try:
        objects.write(photo.hash, hub.objects.read(photo.hash))
    except HubError:
        return False  # the hub has lost the bytes; the caller says so
    if _hashed(objects, photo.hash):
        return True
    objects.set_aside(photo.hash)
    return False


def _hashed(objects: FolderObjects, photo: PhotoHash) -> bool:
    found = hashlib.sha256()
    for piece in objects.read(photo):
        found.update(piece)
    return found.digest() == photo.raw


def _remember(hub: Hub, made: Backup, read_back: list[bytes]) -> None:
    epoch = hub.identity.epoch
    for photo in made.damaged:
        hub.objects.set_aside(photo)
    with hub.database.writing(("backup",)) as rows:
        photos.call_safe(rows, epoch, read_back)
        for photo in made.damaged:
            photos.reopen(rows, photo)
        rows.execute(
            "INSERT INTO backup (made_at, epoch, entries, photos, place) VALUES (?, ?, ?, ?, ?)",
            (hub.now().millis, epoch, made.entries, made.photos, str(made.database)),
        )
