"""Backups that are verified: each is copied, read back from the copy, hashed and counted.

Entries and photos of the hub are only read; missing and damaged ones are reported.

Photos are copied once. New ones are read back and hashed at once; the others in turns, a part of
them in each backup, so that each photo is read on both sides at least once in `reread` backups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from domain.ids import PhotoHash
from domain.words import mark
from hub.errors import CannotServe, HubError
from hub.hub import Hub
from hub.parts import EqualPart
from hub.progress import Progress, WorkStep, unheard
from hub.store.backup_folder import BackupFolder, in_photos, not_finished
from hub.store.port import Condition, Objects, condition
from hub.store.read_back import ReadBack, WantedPhoto
from hub.store.sql import backups, entries, margins, photos, safe, stored_entries
from hub.store.sql.identity import mark_as_copy
from system.database.errors import errors_as_ours
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
    """Photos that are intact at the hub and in the backup, each by its last reading."""
    copied: int
    """Photos of `photos` that this backup copied."""
    reread: int
    """Photos of `photos` that were in the backup before and that this backup read again."""
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


def back_up(
    hub: Hub, folder: Path, *, keep: int = 0, reread: int = 1, progress: Progress = unheard
) -> Backup:
    """Copy rows and photos into `folder`, read them back, and mark them as safe in this epoch.

    Photos that are already in the folder are not copied again. Photos that are not yet safe, and a
    part of the others (one of `reread` parts; 1: all), are read and hashed in both places, so that
    damaged bytes are found and never replace intact ones; the rest must be listed in both places
    with the same size. With `keep` only the newest `keep` copies of the database are kept; older
    ones are deleted after this one is verified. Raises `CannotServe` when the folder is not
    prepared or the copy is damaged; then nothing is marked as safe.
    """
    target = BackupFolder(folder)
    if not _refuse_other(hub, target):
        raise CannotServe(
            mark("this folder is not prepared for backups of this hub, or its disk is missing"),
            about=str(folder),
            hint=mark("Mount the disk; a new folder is prepared once: main.py hub backup --new."),
        )
    with target.alone(), _onto(folder), target.read_back() as ledger:
        path = target.next_copy(hub.now())
        with target.unfinished(path) as part:
            intact, tips, awaited = _copy_rows(hub, part, ledger, progress)
            copying = _CopiedPhotos(hub, target.photos(), ledger, reread)
            copying.back_up(progress)
        made = Backup(
            database=path,
            entries=intact,
            photos=copying.whole,
            copied=copying.copied,
            reread=copying.reread,
            unsafe=tuple(copying.unsafe),
            awaited=awaited,
            same_disk=_same_disk(hub, folder),
        )
        _remember(hub, made, tips, ledger)
        ledger.finish()
        if keep and not made.unsafe:
            target.keep_newest(keep)
    return made


@contextmanager
def _onto(folder: Path) -> Iterator[None]:
    """Raise errors of writing in words that say that the backup's disk has them."""
    try:
        with errors_as_ours(folder):
            yield
    except CannotWrite as error:
        raise not_finished(folder, error) from error


def _copy_rows(
    hub: Hub, path: Path, ledger: ReadBack, progress: Progress
) -> tuple[int, list[bytes], int]:
    """Copy the rows to `path` and read them back: the number of entries, the hashes of the tips,
    and the number of photos that have not arrived.
    """
    with hub.database.copied_to(path, lambda done: progress(WorkStep.ROWS, done, 0)) as copy:
        with copy.reading() as rows:
            total = stored_entries.count(rows)
            intact, damaged = stored_entries.count_intact(
                rows, lambda done: progress(WorkStep.ENTRIES, done, total)
            )
            tips = entries.all_tips(rows)
            totals = margins.totals(rows)
            for page in photos.pages(rows):
                ledger.want(each.hash for each in page)
        if damaged:
            raise CannotServe(mark("an entry in the copy is damaged"), about=str(path))
        # without the mark, a hub that serves the copy would continue the old epoch
        mark_as_copy(copy)
    return intact, tips, totals.photos_named - totals.photos_held


class _CopiedPhotos:
    """The photos of one backup: what is done with each, and what is counted."""

    def __init__(self, hub: Hub, target: Objects, ledger: ReadBack, reread: int) -> None:
        self._hub, self._target, self._ledger = hub, target, ledger
        self._parts = reread
        self.whole = self.copied = self.reread = 0
        self.unsafe: list[Unsafe] = []

    def back_up(self, progress: Progress) -> None:
        """Copy or read the photos that need it, page by page, and mark those that are whole."""
        total = self._ledger.count()
        at_hub, in_backup = _Listing(self._hub.objects), _Listing(self._target)
        done = 0
        for page in self._ledger.pages():
            known = self._known_as_safe(page)
            read: list[PhotoHash] = []
            unsafe: list[Unsafe] = []
            for photo in page:
                done += 1
                size = at_hub.size(photo.hash)
                rests = size is not None and size == in_backup.size(photo.hash)
                if rests and photo.hash in known and not self._has_its_turn(photo):
                    self.whole += 1
                    continue
                found, copied = _copy(self._hub, self._target, photo.hash)
                progress(WorkStep.PHOTOS, done, total)
                if not _whole(found):
                    unsafe.append(found)
                    continue
                self.whole += 1
                self.copied += copied
                self.reread += not copied
                read.append(photo.hash)
            self._note(read, unsafe)
            progress(WorkStep.PHOTOS, done, total)

    def _known_as_safe(self, page: list[WantedPhoto]) -> set[PhotoHash]:
        """Those that were read back in an earlier backup, and are safe in this epoch."""
        before = [photo.hash for photo in page if photo.read_in is not None]
        with self._hub.database.reading() as rows:
            return safe.among(rows, self._hub.identity.epoch, before)

    def _has_its_turn(self, photo: WantedPhoto) -> bool:
        """Whether it is in the part that this backup reads, or its turn was missed."""
        run = self._ledger.run
        missed = run - (photo.read_in or 0) >= self._parts
        return missed or EqualPart(run, self._parts).has(photo.hash)

    def _note(self, read: list[PhotoHash], unsafe: list[Unsafe]) -> None:
        self.unsafe += unsafe
        lost = [each.photo for each in unsafe]
        self._ledger.note(read, lost)
        if lost:
            with self._hub.database.writing(("backup",)) as rows:
                safe.remove(rows, self._hub.identity.epoch, lost)


class _Listing:
    """The sizes of stored photos, asked for in the order of their hashes."""

    def __init__(self, objects: Objects) -> None:
        self._sizes = objects.sizes()
        self._next = next(self._sizes, None)

    def size(self, photo: PhotoHash) -> int | None:
        """The size of the photo, in bytes; None when it is not listed."""
        while self._next is not None and self._next[0].raw < photo.raw:
            self._next = next(self._sizes, None)
        if self._next is None or self._next[0] != photo:
            return None
        return self._next[1]


def _whole(each: Unsafe) -> bool:
    return each.at_hub is each.in_backup is Condition.WHOLE


def _copy(hub: Hub, objects: Objects, photo: PhotoHash) -> tuple[Unsafe, bool]:
    """The condition of the photo at the hub and in the backup, after the hub's intact bytes were
    copied where the backup had none; and whether they were copied.
    """
    at_hub, in_backup = condition(hub.objects, photo), condition(objects, photo)
    copied = at_hub is Condition.WHOLE and in_backup is not Condition.WHOLE
    if copied:
        objects.set_aside(photo)
        try:
            objects.write(photo, hub.objects.read(photo))
        except CannotWrite:
            raise  # an error of the backup's disk: other photos would fail too
        except (HubError, OSError):
            return Unsafe(photo, Condition.DAMAGED, in_backup), False
        in_backup = condition(objects, photo)
    return Unsafe(photo, at_hub, in_backup), copied


def _remember(hub: Hub, made: Backup, tips: Iterable[bytes], ledger: ReadBack) -> None:
    """Mark what this backup read back as safe, now that its copy of the rows has its name."""
    epoch = hub.identity.epoch
    for page in ledger.read_now():
        with hub.database.writing(("backup",)) as rows:
            safe.add(rows, epoch, (photo.raw for photo in page))
    with hub.database.writing(("backup",)) as rows:
        safe.add(rows, epoch, tips)
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
