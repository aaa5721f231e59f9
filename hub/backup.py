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
from hub.store import backups, listing, photos
from hub.store.claims import owner_in, write_owner
from hub.store.folder import FolderObjects
from hub.store.identity import mark_as_copy
from hub.store.objects import Condition, condition
from hub.store.sqlite import SqliteDatabase
from system.errors import CannotWrite
from system.files import flush_folder

BACKUP_OF = "backup-of.json"
"""In a prepared target: names the hub whose backups it takes."""


class Unsafe(msgspec.Struct, frozen=True):
    """A photo that is not whole on both sides after a backup."""

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
    _refuse_other(hub, folder)
    place = hub.objects.place
    inside = place is not None and folder.resolve().is_relative_to(place.resolve())
    if inside or (folder.is_dir() and FolderObjects(folder, create=False).owner() is not None):
        raise CannotServe(
            mark("a backup cannot lie in a hub's own folder for photos"),
            about=str(folder),
            hint=mark("Name a folder on another disk with --to."),
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            mark("the folder for the backup cannot be made: {cause}"),
            about=str(folder),
            cause=error.strerror,
        ) from error
    write_owner(folder / BACKUP_OF, hub.identity.hub)


def _refuse_other(hub: Hub, folder: Path) -> bool:
    """Whether the folder is prepared. Raises `CannotServe` when it is for another hub."""
    owner = owner_in(folder / BACKUP_OF)
    if owner is not None and owner != hub.identity.hub:
        raise CannotServe(
            mark("this folder takes the backups of another hub ({other})"),
            about=str(folder),
            hint=mark("Name this hub's own folder with --to."),
            other=owner,
        )
    return owner is not None


def back_up(hub: Hub, folder: Path, *, keep: int = 0) -> Backup:
    """Copy rows and photos into `folder`, read all of it back, and call that safe in this epoch.

    Photos that are in the folder already are read and hashed there, not copied again; those at
    the hub are read and hashed too, so that damage is found and never copied over whole bytes.
    With `keep` the oldest copies of the database beyond so many go, once this one is good.
    Raises `CannotServe` when the folder is not prepared or the copy is not what the hub holds;
    nothing is called safe then.
    """
    if not _refuse_other(hub, folder):
        raise CannotServe(
            mark("this folder is not prepared for backups of this hub, or its disk is missing"),
            about=str(folder),
            hint=mark("Mount the disk; a new folder is prepared once: main.py hub backup --new."),
        )
    path = _path_of_copy(hub, folder)
    # Under its name stands only what is marked as a copy: else it would go on in the old epoch.
    unmarked = path.with_suffix(".part")
    hub.database.copy_to(unmarked)
    copy = SqliteDatabase(unmarked)
    try:
        with copy.reading() as rows:
            entries, damaged = backups.count_intact(rows)
            tips = backups.all_tips(rows)
            wanted = photos.all_photos(rows)
            totals = listing.totals(rows)
        if damaged:
            raise CannotServe(mark("an entry in the copy is damaged"), about=str(path))
        mark_as_copy(copy)
    finally:
        copy.close()
    unmarked.replace(path)
    flush_folder(path.parent)
    objects = FolderObjects(folder)
    found = [_copy(hub, objects, photo.hash) for photo in wanted]
    unsafe = tuple(each for each in found if not _whole(each))
    made = Backup(
        database=path,
        entries=entries,
        photos=len(found) - len(unsafe),
        unsafe=unsafe,
        awaited=totals.photos_named - totals.photos_held,
        same_disk=_same_disk(hub, folder),
    )
    _remember(hub, made, [*tips, *(each.photo.raw for each in found if _whole(each))])
    if keep and not unsafe:
        _drop_old(path.parent, keep)
    return made


def _path_of_copy(hub: Hub, folder: Path) -> Path:
    now = hub.now()
    stamp = now.local.strftime("%Y%m%dT%H%M%S")
    path = folder / "databases" / f"hub-{stamp}-{now.millis % 1000:03d}.sqlite"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            mark("the folder for the backup cannot be made: {cause}"),
            about=str(path.parent),
            cause=error.strerror,
        ) from error
    return path


def _whole(each: Unsafe) -> bool:
    return each.at_hub is each.in_backup is Condition.WHOLE


def _copy(hub: Hub, objects: FolderObjects, photo: PhotoHash) -> Unsafe:
    """How the photo stands on both sides, once the hub's whole bytes made good the backup's."""
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
        photos.call_safe(rows, epoch, read_back)
        for each in made.unsafe:
            photos.not_safe(rows, epoch, each.photo)
        backups.note(
            rows,
            at=hub.now().millis,
            epoch=epoch,
            entries=made.entries,
            photos=made.photos,
            place=str(made.database),
        )


def _same_disk(hub: Hub, folder: Path) -> bool:
    place = hub.objects.place
    return place is not None and place.stat().st_dev == folder.stat().st_dev


def _drop_old(databases: Path, keep: int) -> None:
    # the stamp in the name sorts by time
    for old in sorted(databases.glob("hub-*.sqlite"))[:-keep]:
        old.unlink(missing_ok=True)
