"""Writes what waits into bundles on a stick.

Each bundle is written once. A run that was interrupted goes on with the next one, also on another
stick.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from acts.errors import OldAnswer
from acts.hub.join_hub import EnrolledHub, enrolled_hub
from acts.hub.plan_bundles import (
    drop_bundles,
    leave_out,
    note_read_back,
    note_written,
    plan_bundles,
)
from domain.errors import TidewaiterError
from domain.words import mark
from storage import exports
from storage.errors import NotFound
from storage.exports import Bundle
from storage.workstation import Workstation
from sync.stick.answers import take_own_answer
from sync.stick.content import (
    TOO_LARGE,
    ContentReader,
    SetAside,
    members_of,
    signed_manifest,
)
from sync.stick.outcome import ExportOutcome, ExportProgress, WrittenBundle
from sync.stick.parts import LEAST, Part, divide
from sync.wire.bundle import write_bundle
from sync.wire.errors import WireError
from sync.wire.stick import bundle_name
from system.errors import StickFailed
from system.stick import PART, StickFile, as_stick, digest_of, give_name, part_of

FAT_LIMIT = 4 * 1024**3 - 1024**2
"""Bytes of one file at most, unless the caller says otherwise: FAT32, which most sticks have, takes
no larger one.
"""
RESERVE = 1024**2
"""Bytes that are left free on a stick, for answers."""


class _Cancelled(BaseException):
    """The caller cancelled."""


def export(
    ws: Workstation,
    out: Path,
    *,
    size: int = FAT_LIMIT,
    only: str = "",
    anew: bool = False,
    progress: Callable[[ExportProgress], None] = lambda _: None,
    reading: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportOutcome:
    """Write what waits into the folder `out`, or into the file `out` (`.age`), in files of at most
    `size` bytes.

    With `only` (a seizure number, or the hash of an entry or photo) nothing else is written. With
    `anew` everything that waits is written, also what is in earlier bundles. A stick that fails
    does not raise: `ExportOutcome.problem` says it. Raises `NotFound` when the workstation does not
    know its hub's recipient, or `only` names nothing; `StickFailed` when `out` cannot be used at
    all.
    """
    return _Export(ws, out, size, progress=progress, reading=reading, cancelled=cancelled).run(
        only, anew
    )


class _Export:
    """One run."""

    def __init__(
        self,
        ws: Workstation,
        out: Path,
        size: int,
        *,
        progress: Callable[[ExportProgress], None],
        reading: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._ws = ws
        self._hub = enrolled_hub(ws)
        self._recipient = _recipient(self._hub)
        self._file = out if out.suffix == ".age" and not out.is_dir() else None
        self._folder = out if self._file is None else out.parent
        if not self._folder.is_dir():
            raise StickFailed(
                mark("the folder is not there; is the stick plugged in?"), about=str(self._folder)
            )
        self._disk = self._folder.stat().st_dev
        self._size = size
        self._progress = progress
        self._reading = reading
        self._cancelled = cancelled
        self._reader = ContentReader(ws, self._read)
        self._done = self._total = 0
        self._outcome = ExportOutcome()

    def run(self, only: str, anew: bool) -> ExportOutcome:
        """Finish what an earlier run began, then write what is in no bundle yet."""
        outcome = self._outcome
        if anew:
            drop_bundles(self._ws)
        try:
            self._clear_parts()
            self._take_answer()
            if self._file is not None:
                self._refuse_existing(self._file)
            else:
                self._check_files()
                if not only:
                    self._write_all(self._begun())
            if outcome.problem is None:
                self._write_all(self._planned(only))
        except _Cancelled:
            outcome.cancelled = True
        written = {bundle.path for bundle in outcome.written}
        outcome.before = tuple(
            bundle for bundle in exports.finished(self._ws.db) if self._path(bundle) not in written
        )
        return outcome

    def _clear_parts(self) -> None:
        """Remove half-written files of this workstation, but one that was read back."""
        begun = exports.unfinished(self._ws.db)
        kept = {part_of(self._path(bundle)).name for bundle in begun if bundle.sha256 is not None}
        with as_stick(self._folder / PART):
            for path in self._folder.glob(f"tidewaiter-{self._ws.device}-*{PART}"):
                if path.name not in kept:
                    path.unlink(missing_ok=True)

    def _take_answer(self) -> None:
        """Take the hub's answer first, if the stick brings one: less is to be written then."""
        try:
            take_own_answer(self._ws, self._folder)
        except (OldAnswer, WireError) as error:
            self._outcome.passed_over = error

    def _check_files(self) -> None:
        """Write what is in a damaged file again: one of this stick that has another size now."""
        for bundle in exports.finished(self._ws.db):
            path = self._path(bundle)
            with as_stick(path):
                if path.is_file() and path.stat().st_size != bundle.size:
                    drop_bundles(self._ws, [bundle])
                    path.unlink()

    def _refuse_existing(self, file: Path) -> None:
        """A file is written from the beginning, and never over another one."""
        if file.exists():
            raise StickFailed(mark("there is a file of that name already"), about=str(file))
        drop_bundles(self._ws, exports.unfinished(self._ws.db))

    def _begun(self) -> list[tuple[Bundle, Part]]:
        """The bundles that an earlier run planned and did not finish.

        One of which the hub holds everything, or nothing can be read, is not written any more.
        """
        found = []
        for bundle in exports.unfinished(self._ws.db):
            content = self._reader.planned(bundle)
            part = Part()
            for batch in content.batches:
                part.add(batch)
            for photo, size in content.photos:
                part.add_photo(photo, size)
            if part.members and exports.still_waits(self._ws.db, bundle.id):
                leave_out(self._ws, bundle, [item.name for item in content.set_aside])
                found.append((bundle, part))
            else:
                drop_bundles(self._ws, [bundle])
        return found

    def _planned(self, only: str) -> list[tuple[Bundle, Part]]:
        """New bundles for what waits and is in none."""
        content = self._reader.waiting(only)
        self._outcome.set_aside += content.set_aside
        if not content.batches and not content.photos:
            return []
        parts, too_large = divide(content.batches, content.photos, self._limit())
        error = TidewaiterError(TOO_LARGE, size=self._size)
        self._outcome.set_aside += [SetAside(name, "", error) for name in too_large]
        if self._file is not None and len(parts) > 1:
            raise StickFailed(
                mark("it takes {count} files of at most {size} bytes"),
                about=str(self._file),
                hint=mark("Name a folder with --out, or give a larger --size."),
                count=len(parts),
                size=self._size,
            )
        bundles = plan_bundles(self._ws, [part.items for part in parts])
        return list(zip(bundles, parts, strict=True))

    def _limit(self) -> int:
        """The size of one file: what the caller allows and what fits on the stick."""
        with as_stick(self._folder / PART):
            free = shutil.disk_usage(self._folder).free - RESERVE
        if free < LEAST:
            raise StickFailed(
                mark("there is no room left on it"),
                about=str(self._folder),
                hint=mark("Put in another stick and give the same command."),
            )
        return min(self._size, free)

    def _write_all(self, bundles: list[tuple[Bundle, Part]]) -> None:
        self._done, self._total = 0, sum(part.size for _, part in bundles)
        for number, (bundle, part) in enumerate(bundles):
            self._outcome.left = len(bundles) - number
            try:
                self._write(bundle, part)
            except StickFailed as error:
                self._outcome.problem = self._with_way_on(error, bundle)
                return
        self._outcome.left = 0

    def _write(self, bundle: Bundle, part: Part) -> None:
        path = self._path(bundle)
        with as_stick(path):
            self._expect_stick()
            if not self._finished_before(bundle, path):
                self._write_file(bundle, part, path)
                self._expect_stick()
                give_name(path)
            size = path.stat().st_size
        note_written(self._ws, bundle)
        entries = sum(len(batch.entries) for batch in part.batches)
        self._outcome.written.append(
            WrittenBundle(path, bundle.part, bundle.parts, entries, len(part.photos), size)
        )

    def _expect_stick(self) -> None:
        """Raise `StickFailed` when the folder is on another disk now: on Linux the empty folder of
        a stick that was pulled out stays.
        """
        if self._folder.stat().st_dev != self._disk:
            raise StickFailed(mark("it was pulled out"), about=str(self._folder))

    def _finished_before(self, bundle: Bundle, path: Path) -> bool:
        """Whether a run that ended early had read the file back already."""
        if bundle.sha256 is None:
            return False
        for found in (path, part_of(path)):
            if found.exists() and digest_of(found) == bundle.sha256:
                if found != path:
                    give_name(path)
                return True
        return False

    def _write_file(self, bundle: Bundle, part: Part, path: Path) -> None:
        unnamed = part_of(path)
        file = StickFile(unnamed, lambda count: self._step(bundle, path, count))
        try:
            signed = signed_manifest(self._ws, self._hub.id, bundle, part)
            write_bundle(file, signed, members_of(self._ws, part), self._recipient)
            written = file.finish()
            if digest_of(unnamed) != written:
                raise StickFailed(
                    mark("it gave back other bytes than were written; do not use it any more"),
                    about=str(path),
                )
        except BaseException:
            file.close()
            with contextlib.suppress(OSError):
                unnamed.unlink(missing_ok=True)
            raise
        note_read_back(self._ws, bundle, file.size, written)

    def _step(self, bundle: Bundle, path: Path, count: int) -> None:
        self._done += count
        shown = ExportProgress(path.name, bundle.part, bundle.parts, self._done, self._total)
        self._progress(shown)
        self._look()

    def _read(self, done: int, total: int) -> None:
        self._reading(done, total)
        self._look()

    def _look(self) -> None:
        if self._cancelled():
            raise _Cancelled

    def _path(self, bundle: Bundle) -> Path:
        return self._file or self._folder / bundle_name(self._ws.device, bundle.id)

    def _safe(self, nonce: str) -> int:
        """How many parts of the export are complete on this stick, as far as is known."""
        written = {bundle.path for bundle in self._outcome.written}
        parts = (each for each in exports.finished(self._ws.db) if each.nonce == nonce)
        return sum(self._path(each) in written or self._path(each).exists() for each in parts)

    def _with_way_on(self, error: StickFailed, bundle: Bundle) -> StickFailed:
        """The error, with what is safe and how to go on."""
        return StickFailed(
            error.what,
            about=error.about,
            hint=mark(
                "Safe on it: {safe} of {parts} parts. Put in the next stick and give the same"
                " command: it goes on with part {part}."
            ),
            **{
                **error.values,
                "safe": self._safe(bundle.nonce),
                "parts": bundle.parts,
                "part": bundle.part,
            },
        )


def _recipient(hub: EnrolledHub) -> str:
    if not hub.recipient:
        raise NotFound(
            mark("this workstation does not know yet how to encrypt for its hub"),
            hint=mark(
                "Synchronise once with a newer hub, enrol anew, or take an answer of the hub from a"
                " stick: main.py bundle import."
            ),
        )
    return hub.recipient
