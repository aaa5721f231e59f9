"""Restores a hub from a backup: rows into an empty database, photos into a store of its own.

The photos come first and the rows last, all at once. So a restore that was interrupted has left no
database that somebody could serve, and the same command goes on: photos that are there are read and
kept.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from domain.ids import HubId, PhotoHash
from domain.words import mark
from hub.chains import check_entries
from hub.errors import CannotServe
from hub.ownership import expect_own_or_free
from hub.progress import Progress, WorkStep, unheard
from hub.retiring import old_hub
from hub.store.addresses import open_objects, open_target
from hub.store.backup_folder import BackupFolder
from hub.store.port import Condition, Database, Objects, condition
from hub.store.restoring import PresentRows, RestoreTarget, present_rows
from hub.store.sql import photos
from hub.store.sql.identity import mark_as_copy
from hub.store.sqlite.database import SqliteDatabase
from system.clock import Clock, system_clock_utc
from system.database.errors import errors_as_ours
from system.database.opener import broken_tables
from system.files import cannot_write

OWN_PART = re.compile(r"[0-9a-f]{64}-\d+")
"""The names of photos that a restore which was killed had not finished."""


class Restoring(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be restored, and to where."""

    backup: Path
    """The folder that `back_up` writes to."""
    database: str
    objects: str
    copy: str = ""
    """The file name of a copy of the database in the backup; the newest without a name."""
    retire: str = ""
    """The address of the old database, which nobody may serve any more; "" leaves it alone."""
    dry_run: bool = False
    """Only read and verify the backup and what it is to be restored to."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was restored, or would be with `dry_run`."""

    copy: Path
    hub: HubId
    entries: int
    photos: int
    """Photos that are intact in the new store; with `dry_run` in the backup."""
    before: int
    """Photos of `photos` that were there already."""
    missing: tuple[PhotoHash, ...]
    """Photos that the backup does not have intact: the workstations are asked for them again."""
    rows_before: bool
    """Whether the rows were restored by an earlier run of the command."""


def restore(
    wanted: Restoring, *, now: Clock = system_clock_utc, progress: Progress = unheard
) -> Restored:
    """Restore a backup; every entry and every photo is verified on the way.

    The restored hub begins a new epoch when it is opened for the first time. Raises `CannotServe`
    when the backup cannot be used, or the target is not empty; nothing is changed there then.
    """
    backup = BackupFolder(wanted.backup)
    hub = _owner(backup)
    path = backup.copy(wanted.copy)
    target = open_target(wanted.database, create=not wanted.dry_run)
    with ExitStack() as held:
        held.enter_context(target.hold())
        scratch = held.enter_context(_scratch(target, dry_run=wanted.dry_run))
        with _prepared(path, scratch) as copy:
            rows = _verified(copy, path, hub, progress)
            there = _expect_empty(target, rows)
            old = held.enter_context(old_hub(wanted.retire, rows)) if wanted.retire else None
            source = backup.photos(create=False)
            objects = held.enter_context(_objects(wanted, hub))
            found = _RestoredPhotos(source, objects)
            found.bring(copy, progress)
            if not wanted.dry_run and found.missing:
                with copy.writing() as writing:
                    photos.reopen(writing, found.missing, now().millis)
        if not wanted.dry_run:
            if not there:
                target.put(scratch)
            if old is not None:
                old.retire()
    return Restored(
        copy=path,
        hub=hub,
        entries=rows.entries,
        photos=found.whole,
        before=found.before,
        missing=tuple(found.missing),
        rows_before=there,
    )


def _owner(backup: BackupFolder) -> HubId:
    owner = backup.owner()
    if owner is None:
        raise CannotServe(
            mark("this folder contains no backups of a hub"),
            about=str(backup.root),
            hint=mark("Mount its disk, or name the folder that main.py hub backup writes to."),
        )
    return owner


@contextmanager
def _scratch(target: RestoreTarget, *, dry_run: bool) -> Iterator[Path]:
    """A path for a copy of the backup's database: the backup itself is never written."""
    if dry_run:
        with tempfile.TemporaryDirectory(prefix="tidewaiter-restore-") as folder:
            yield Path(folder) / "hub.sqlite"
    else:
        with target.scratch() as path:
            yield path


@contextmanager
def _prepared(path: Path, scratch: Path) -> Iterator[Database]:
    """The copy at `path`, copied to `scratch`, brought up to date, and marked as a copy.

    Raises `CannotOpen` when a newer program made it, `CannotServe` when it is damaged.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise CannotServe(
            mark("this copy was opened after the backup, and is not closed"),
            about=str(path),
            hint=mark("Name another one with --copy."),
        )
    try:
        shutil.copyfile(path, scratch)
        scratch.chmod(0o600)
    except OSError as error:
        raise cannot_write(error, scratch) from error
    with errors_as_ours(path):
        if broken := broken_tables(scratch):
            raise CannotServe(
                mark("this copy of the database is damaged: {cause}"),
                about=str(path),
                hint=mark("Name an older one with --copy."),
                cause=broken[0],
            )
        copy = SqliteDatabase(scratch)
        try:
            for before in scratch.parent.glob(f"{scratch.name}.before-*"):
                before.unlink()  # the backup itself is the older one
            mark_as_copy(copy)
            yield copy
        finally:
            copy.close()


def _verified(copy: Database, path: Path, hub: HubId, progress: Progress) -> PresentRows:
    """What the copy contains. Raises `CannotServe` when it is another hub's, or damaged."""
    with copy.reading() as rows:
        content = present_rows(rows)
        if content is None or content.hub != hub:
            raise CannotServe(
                mark("this copy is not of the hub whose backups these are ({hub})"),
                about=str(path),
                hint=mark("Name another one with --copy."),
                hub=hub,
            )
        checked = check_entries(
            rows, lambda done: progress(WorkStep.ENTRIES, done, content.entries)
        )
    if checked.damaged:
        raise CannotServe(
            mark(
                "{count} entry in this copy is damaged or not signed by its workstation",
                "{count} entries in this copy are damaged or not signed by their workstations",
            ),
            about=str(path),
            hint=mark("Name an older one with --copy."),
            count=checked.damaged,
        )
    return content


def _expect_empty(target: RestoreTarget, rows: PresentRows) -> bool:
    """Whether these rows are restored already. Raises `CannotServe` when others are there."""
    there = target.present()
    if there is None:
        return False
    if msgspec.structs.replace(rows, is_copy=1) == there:
        return True
    raise CannotServe(
        mark("this database already contains hub {hub}"),
        about=target.about,
        hint=mark(
            "Nothing was changed. Name an empty database with --database, or move that one away."
        ),
        hub=there.hub,
    )


@contextmanager
def _objects(wanted: Restoring, hub: HubId) -> Iterator[Objects | None]:
    """The store for the photos, which is this hub's from now on; None with `dry_run` when it is
    not there yet. Raises `CannotServe` when it has photos of another hub.
    """
    try:
        objects = open_objects(wanted.objects, create=not wanted.dry_run)
    except CannotServe:
        if not wanted.dry_run:
            raise
        yield None
        return
    owner = expect_own_or_free(hub, objects)
    if owner is None and next(iter(objects.names()), None) is not None:
        raise CannotServe(
            mark("there are photos, and nothing says whose they are"),
            about=objects.where,
            hint=mark("Name an empty folder or bucket with --objects."),
        )
    if wanted.dry_run:
        yield objects
        return
    objects.claim(hub)
    with objects.hold():
        for part, _ in objects.arriving():
            if OWN_PART.fullmatch(part):
                objects.drop(part)
        yield objects


class _RestoredPhotos:
    """The photos of a restore: what is done with each, and what is counted."""

    def __init__(self, source: Objects, target: Objects | None) -> None:
        self._source, self._target = source, target
        self.whole = self.before = 0
        self.missing: list[PhotoHash] = []

    def bring(self, copy: Database, progress: Progress) -> None:
        """Bring all photos that the copy lists; without a target only read them."""
        with copy.reading() as rows:
            total = photos.count(rows)
            done = 0
            for page in photos.pages(rows):
                for photo in page:
                    self._bring(photo.hash)
                    done += 1
                    progress(WorkStep.PHOTOS, done, total)

    def _bring(self, photo: PhotoHash) -> None:
        if self._target is not None and condition(self._target, photo) is Condition.WHOLE:
            self.whole += 1
            self.before += 1
        elif condition(self._source, photo) is not Condition.WHOLE:
            self.missing.append(photo)
        elif self._target is None or self._written(self._target, photo):
            self.whole += 1

    def _written(self, target: Objects, photo: PhotoHash) -> bool:
        """Write the photo and read it back. Raises `CannotServe` when the store spoils it."""
        target.set_aside(photo)
        target.write(photo, self._source.read(photo))
        if condition(target, photo) is not Condition.WHOLE:
            raise CannotServe(
                mark("photo {photo} was written and reads back with other bytes"),
                about=target.where,
                hint=mark("Check this disk, or take another one."),
                photo=photo,
            )
        return True
