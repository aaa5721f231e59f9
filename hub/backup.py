"""Backups that are verified: each is copied, read back from the copy, hashed and counted.

Entries and photos of the hub are only read; missing and damaged ones are reported.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe, HubError
from hub.hub import Hub
from hub.store.backup_folder import BackupFolder, in_photos
from hub.store.port import Condition, Objects, condition
from hub.store.sql import backups, entries, margins, photos, safe
from hub.store.sql.identity import mark_as_copy
from system.errors import CannotWrite


class Unsafe(msgspec.Struct, frozen=True):
    """A photo that is missing or damaged at the hub or in the backup after the backup."""

    photo: PhotoHash
    at_hub: Condition
    in_backup: Condition


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup contains, and what is missing in it."""

    database: Path
    entries: int
    photos: int
    """Photos that are intact at the hub and in the backup."""
    unsafe: tuple[Unsafe, ...]
    awaited: int
    """Photos in records that have not arrived at the hub."""
    same_disk: bool
    """Whether the backup is on the same disk as the hub's photos."""


def prepare(hub: Hub, folder: Path) -> None:
    """Prepare `folder` for backups of this hub; needed once. Raises `CannotServe`."""
    target = BackupFolder(folder)
    _refuse_other(hub, target)
    own = hub.objects.folder
    if own is not None and folder.resolve().is_relative_to(own.resolve()):
        raise in_photos(folder)
    target.prepare(hub.identity.hub)


def _refuse_other(hub: Hub, target: BackupFolder) -> bool:
    """Whether the folder is prepared. Raises `CannotServe` when it belongs to another hub."""
    owner = target.owner()
    if owner is not None and owner != hub.identity.hub:
        raise CannotServe(
            mark("this folder is for the backups of another hub ({other})"),
            about=str(target.root),
            hint=mark("Name this hub's own folder with --to."),
            other=owner,
        )
    return owner is not None


def back_up(hub: Hub, folder: Path, *, keep: int = 0) -> Backup:
    """Copy rows and photos into `folder`, read them back, and mark them as safe in this epoch.

    Photos that are already in the folder are not copied again. All photos are read and hashed in
    both places, so that damaged bytes are found and never replace intact ones. With `keep` only the
    newest `keep` copies of the database are kept; older ones are deleted after this one is
    verified. Raises `CannotServe` when the folder is not prepared or the copy differs from the hub;
    then nothing is marked as safe.
    """
    target = BackupFolder(folder)
    if not _refuse_other(hub, target):
        raise CannotServe(
            mark("this folder is not prepared for backups of this hub, or its disk is missing"),
            about=str(folder),
            hint=mark("Mount the disk; a new folder is prepared once: main.py hub backup --new."),
        )
    path = target.next_copy(hub.now())
    with hub.database.copied_to(path) as copy:
        with copy.reading() as rows:
            intact, damaged = entries.count_intact(rows)
            tips = entries.all_tips(rows)
            wanted = photos.all_photos(rows)
            totals = margins.totals(rows)
        if damaged:
            raise CannotServe(mark("an entry in the copy is damaged"), about=str(path))
        # without the mark, a hub that serves the copy would continue the old epoch
        mark_as_copy(copy)
    objects = target.photos()
    found = [_copy(hub, objects, photo.hash) for photo in wanted]
    unsafe = tuple(each for each in found if not _whole(each))
    made = Backup(
        database=path,
        entries=intact,
        photos=len(found) - len(unsafe),
        unsafe=unsafe,
        awaited=totals.photos_named - totals.photos_held,
        same_disk=_same_disk(hub, folder),
    )
    _remember(hub, made, [*tips, *(each.photo.raw for each in found if _whole(each))])
    if keep and not unsafe:
        target.keep_newest(keep)
    return made


def _whole(each: Unsafe) -> bool:
    return each.at_hub is each.in_backup is Condition.WHOLE


def _copy(hub: Hub, objects: Objects, photo: PhotoHash) -> Unsafe:
    """The condition of the photo at the hub and in the backup, after the hub's intact bytes were
    copied where the backup had none.
    """
    at_hub, in_backup = condition(hub.objects, photo), condition(objects, photo)
    if at_hub is Condition.WHOLE and in_backup is not Condition.WHOLE:
        objects.set_aside(photo)
        try:
            objects.write(photo, hub.objects.read(photo))
        except CannotWrite:
            raise  # an error of the backup's disk: other photos would fail too
        except (HubError, OSError):
            return Unsafe(photo, Condition.DAMAGED, in_backup)
        in_backup = condition(objects, photo)
    return Unsafe(photo, at_hub, in_backup)


def _remember(hub: Hub, made: Backup, read_back: list[bytes]) -> None:
    epoch = hub.identity.epoch
    with hub.database.writing(("backup",)) as rows:
        safe.add(rows, epoch, read_back)
        safe.remove(rows, epoch, [each.photo for each in made.unsafe])
        backups.add(
            rows,
            at=hub.now().millis,
            epoch=epoch,
            entries=made.entries,
            photos=made.photos,
            path=str(made.database),
        )


def _same_disk(hub: Hub, folder: Path) -> bool:
    own = hub.objects.folder
    return own is not None and own.stat().st_dev == folder.stat().st_dev
