"""Reads everything that the hub stores and reports what is missing or damaged.

Photos that are on the disk but not in the database are added to the database, and wrong counts are
set right. All other changes are made only on request.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe
from hub.hub import Hub
from hub.store.backup_folder import BackupFolder
from hub.store.port import Condition, Objects, condition
from hub.store.sql import entries, losses, margins, photos
from hub.store.sql.photos import Held
from hub.uploads import form_of


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check; `missing` and `damaged` list photos that could not be repaired."""

    entries: int
    damaged_entries: int
    photos: int
    """Number of intact photos: their bytes have the right hash."""
    taken_in: int
    mended: int
    miscounted: int
    """Number of counts on the pages that were wrong, and are right now."""
    missing: tuple[PhotoHash, ...]
    damaged: tuple[PhotoHash, ...]

    @property
    def sound(self) -> bool:
        """Whether everything that the hub should store is there and intact."""
        return not (self.missing or self.damaged or self.damaged_entries)


def check(hub: Hub, *, mend_from: Path | None = None, ask_again: bool = False) -> Checked:
    """Read and hash every entry and every photo.

    With `mend_from`, a folder of backups of this hub, missing or damaged photos are replaced by
    intact ones from there. With `ask_again`, photos that are still missing or damaged count as not
    stored, so that their workstations send them again; damaged bytes are moved aside, not deleted.
    Raises `CannotServe` when `mend_from` contains no backups of this hub.
    """
    source = _backup(hub, mend_from) if mend_from else None
    with hub.database.reading() as rows:
        intact, damaged_entries = entries.count_intact(rows)
        known = photos.all_photos(rows)
    found: dict[Condition, list[PhotoHash]] = {each: [] for each in Condition}
    mended = 0
    for photo in known:
        state = condition(hub.objects, photo.hash)
        if state is not Condition.WHOLE and source and _mend(hub, source, photo.hash):
            state, mended = Condition.WHOLE, mended + 1
        found[state].append(photo.hash)
    taken_in = _take_in(hub, {photo.hash for photo in known})
    if ask_again:
        _ask_again(hub, (*found[Condition.MISSING], *found[Condition.DAMAGED]))
    return Checked(
        entries=intact,
        damaged_entries=damaged_entries,
        photos=len(found[Condition.WHOLE]) + taken_in,
        taken_in=taken_in,
        mended=mended,
        miscounted=_count_again(hub),
        missing=tuple(found[Condition.MISSING]),
        damaged=tuple(found[Condition.DAMAGED]),
    )


def _backup(hub: Hub, folder: Path) -> Objects:
    backup = BackupFolder(folder)
    if backup.owner() != hub.identity.hub:
        raise CannotServe(
            mark("this folder contains no backups of this hub"),
            about=str(folder),
            hint=mark("Name the folder that main.py hub backup writes to."),
        )
    return backup.photos(create=False)


def _mend(hub: Hub, source: Objects, photo: PhotoHash) -> bool:
    """Replace the photo by intact bytes from the backup; whether that worked."""
    if condition(source, photo) is not Condition.WHOLE:
        return False
    hub.objects.set_aside(photo)
    hub.objects.write(photo, source.read(photo))
    if condition(hub.objects, photo) is not Condition.WHOLE:
        return False
    with hub.database.writing((str(photo),)) as rows:
        losses.close(rows, photo)
    return True


def _take_in(hub: Hub, known: set[PhotoHash]) -> int:
    """Add intact photos that are missing in the database; returns their number."""
    strays = (photo for photo in hub.objects.names() if photo not in known)
    count = 0
    for photo in strays:
        if condition(hub.objects, photo) is not Condition.WHOLE:
            continue
        size = hub.objects.size(photo) or 0
        start = next(hub.objects.read(photo), b"")[:16]
        with hub.database.writing((str(photo),), storing=(photo,)) as rows:
            photos.add(rows, Held(photo, size, form_of(start)), hub.now().millis)
        count += 1
    return count


def _count_again(hub: Hub) -> int:
    with hub.database.reading() as rows:
        drift = margins.drift(rows)
    if drift:
        with hub.database.writing() as rows:
            margins.add(rows, drift)
    return len(drift)


def _ask_again(hub: Hub, lost: tuple[PhotoHash, ...]) -> None:
    for photo in lost:
        hub.objects.set_aside(photo)
    with hub.database.writing(("photos",), storing=lost) as rows:
        photos.reopen(rows, lost, hub.now().millis)
