"""A backup that earns the word safe: copied, read back from the copy, hashed, counted.

It reads what the hub holds and changes nothing of it: what is missing or damaged is reported.
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
from hub.store.sql import backups, entries, interceptions, photos, safe
from hub.store.sql.identity import mark_as_copy
from system.errors import CannotWrite


class Unsafe(msgspec.Struct, frozen=True):
    """A photo that is not whole both at the hub and in the backup, once the backup was made."""

    photo: PhotoHash
    at_hub: Condition
    in_backup: Condition


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds, and what is not in it."""

    database: Path
    entries: int
    photos: int
    """Whole at the hub and whole in the backup."""
    unsafe: tuple[Unsafe, ...]
    awaited: int
    """Photos that records name and that have not arrived."""
    same_disk: bool
    """The backup lies on the disk that the hub's photos lie on."""


def prepare(hub: Hub, folder: Path) -> None:
    """Make `folder` a target for backups of this hub; done once. Raises `CannotServe`."""
    target = BackupFolder(folder)
    _refuse_other(hub, target)
    own = hub.objects.folder
    if own is not None and folder.resolve().is_relative_to(own.resolve()):
        raise in_photos(folder)
    target.prepare(hub.identity.hub)


def _refuse_other(hub: Hub, target: BackupFolder) -> bool:
    """Whether the folder is prepared. Raises `CannotServe` when it is for another hub."""
    owner = target.owner()
    if owner is not None and owner != hub.identity.hub:
        raise CannotServe(
            mark("this folder takes the backups of another hub ({other})"),
            about=str(target.root),
            hint=mark("Name this hub's own folder with --to."),
            other=owner,
        )
    return owner is not None


def back_up(hub: Hub, folder: Path, *, keep: int = 0) -> Backup:
    """Copy rows and photos into `folder`, read all of it back, and call that safe in this epoch.

    Photos that are in the folder already are read and hashed there, not copied again; those at
    the hub are read and hashed too, so that damage is found and never copied over whole bytes.
    With `keep` the oldest copies of the database beyond so many are deleted, once this one is good.
    Raises `CannotServe` when the folder is not prepared or the copy is not what the hub holds;
    nothing is called safe then.
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
            totals = interceptions.totals(rows)
        if damaged:
            raise CannotServe(mark("an entry in the copy is damaged"), about=str(path))
        # without the mark, whoever serves the copy would go on in the old epoch
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
    """What both hold of the photo, once whole bytes of the hub took the place of worse ones."""
    at_hub, in_backup = condition(hub.objects, photo), condition(objects, photo)
    if at_hub is Condition.WHOLE and in_backup is not Condition.WHOLE:
        objects.set_aside(photo)
        try:
            objects.write(photo, hub.objects.read(photo))
        except CannotWrite:
            raise  # the target's disk: no other photo would fare better
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
