"""Reads everything that the hub stores and reports what is missing or damaged.

Photos that are on the disk but not in the database are added to the database, and those that are
missing or damaged are no longer called safe. All other changes are made only on request.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from domain.ids import PhotoHash
from domain.words import mark
from hub.chains import check_entries
from hub.errors import CannotServe
from hub.hub import Hub
from hub.parts import ALL, EqualPart
from hub.progress import Progress, WorkStep, unheard
from hub.store.backup_folder import BackupFolder
from hub.store.port import Condition, Objects, condition
from hub.store.sql import losses, photos, safe, stored_entries
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
    missing: tuple[PhotoHash, ...]
    damaged: tuple[PhotoHash, ...]

    @property
    def sound(self) -> bool:
        """Whether everything that the hub should store is there and intact."""
        return not (self.missing or self.damaged or self.damaged_entries)


def check(
    hub: Hub,
    *,
    mend_from: Path | None = None,
    ask_again: bool = False,
    part: EqualPart = ALL,
    progress: Progress = unheard,
) -> Checked:
    """Read and verify every entry and every photo, or those of one `part`.

    Photos that are missing or damaged are no longer safe. With `mend_from`, a folder of backups of
    this hub, they are replaced by intact ones from there. With `ask_again`, photos that are still
    missing or damaged count as not stored, so that their workstations send them again; damaged
    bytes are moved aside, not deleted. Raises `CannotServe` when `mend_from` contains no backups of
    this hub.
    """
    source = _backup(hub, mend_from) if mend_from else None
    with hub.database.reading() as rows:
        total = stored_entries.count(rows) // part.of
        found = check_entries(rows, lambda done: progress(WorkStep.ENTRIES, done, total), part)
        listed = photos.count(rows) // part.of
    states: dict[Condition, list[PhotoHash]] = {Condition.MISSING: [], Condition.DAMAGED: []}
    whole = mended = 0
    for photo in _stored(hub, part):
        state = condition(hub.objects, photo)
        if state is not Condition.WHOLE and source and _mend(hub, source, photo):
            state, mended = Condition.WHOLE, mended + 1
        if state is Condition.WHOLE:
            whole += 1
        else:
            states[state].append(photo)
        progress(WorkStep.PHOTOS, whole + sum(map(len, states.values())), listed)
    lost = (*states[Condition.MISSING], *states[Condition.DAMAGED])
    with hub.database.writing(("backup",)) as rows:
        safe.remove(rows, hub.identity.epoch, lost)
    taken_in = _take_in(hub, part)
    if ask_again:
        _ask_again(hub, lost)
    return Checked(
        entries=found.intact,
        damaged_entries=found.damaged,
        photos=whole + taken_in,
        taken_in=taken_in,
        mended=mended,
        missing=tuple(states[Condition.MISSING]),
        damaged=tuple(states[Condition.DAMAGED]),
    )


def _stored(hub: Hub, part: EqualPart) -> Iterator[PhotoHash]:
    """The photos of the part that the database lists; no transaction is open between them."""
    last = b""
    while True:
        with hub.database.reading() as rows:
            page = photos.after(rows, last)
        if not page:
            return
        yield from (photo.hash for photo in page if part.has(photo.hash))
        last = page[-1].hash.raw


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


def _take_in(hub: Hub, part: EqualPart) -> int:
    """Add intact photos that are missing in the database; returns their number."""
    count = 0
    names = (photo for photo in hub.objects.names() if part.has(photo))
    while page := tuple(islice(names, 500)):
        with hub.database.reading() as rows:
            known = photos.among(rows, page)
        for photo in page:
            if photo in known or condition(hub.objects, photo) is not Condition.WHOLE:
                continue
            size = hub.objects.size(photo) or 0
            start = next(hub.objects.read(photo), b"")[:16]
            with hub.database.writing((str(photo),)) as rows:
                photos.add(rows, Held(photo, size, form_of(start)), hub.now().millis)
            count += 1
    return count


def _ask_again(hub: Hub, lost: tuple[PhotoHash, ...]) -> None:
    for photo in lost:
        hub.objects.set_aside(photo)
    with hub.database.writing(("photos",)) as rows:
        photos.reopen(rows, lost, hub.now().millis)
