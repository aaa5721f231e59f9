"""Writes what waits into bundles on a stick.

Each bundle is written once. A run that was interrupted goes on with the next one, also on another
stick.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from acts.errors import OldAnswer
from acts.hub.join_hub import enrolled_hub
from acts.hub.plan_bundles import (
    drop_bundles,
    leave_out,
    must_ask,
    note_asked,
    note_read_back,
    note_written,
    plan_bundles,
)
from domain.errors import TidewaiterError
from domain.words import mark
from storage import exports
from storage.exports import Bundle
from storage.workstation import Workstation
from sync.stick.answers import take_own_answer
from sync.stick.content import (
    TOO_LARGE,
    ContentReader,
    SetAside,
    members_of,
    missing,
    recipient_of,
    signed_manifest,
)
from sync.stick.outcome import ExportOutcome, ExportProgress, WrittenBundle
from sync.stick.parts import FAT_LIMIT, Part, divide
from sync.stick.room import Planned, choose, is_divided_again, room_on, size_of_file
from sync.wire.bundle import write_bundle
from sync.wire.errors import WireError
from sync.wire.stick import bundle_name, bundles_on, device_in
from system.errors import StickFailed
from system.stick import PART, StickFile, as_stick, digest_of, flush_disk, give_name, part_of


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
        self._recipient = recipient_of(self._hub)
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
            room = room_on(self._folder)
            planned = [] if only or self._file is not None else self._begun(room)
            planned += self._planned(only, room)
            if not planned and self._asks():
                planned = [(plan_bundles(self._ws, [()])[0], Part())]
            self._write_all(planned, room)
        except _Cancelled:
            outcome.cancelled = True
        written = {bundle.path for bundle in outcome.written}
        if written:
            self._flush(written)
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

    def _begun(self, room: int) -> Planned:
        """The bundles that an earlier run planned and did not finish.

        One of which the hub holds everything, or nothing can be read, is not written any more; nor
        one that is too large for this stick and can be divided: what is in it is planned anew.
        """
        found = []
        limit = size_of_file(self._size, room)
        for bundle in exports.unfinished(self._ws.db):
            content = self._reader.planned(bundle, self._size)
            part = Part()
            for batch in content.batches:
                part.add(batch)
            for photo, size in content.photos:
                part.add_photo(photo, size)
            waits = part.members and exports.still_waits(self._ws.db, bundle.id)
            if not waits or (bundle.sha256 is None and is_divided_again(part, limit)):
                drop_bundles(self._ws, [bundle])
            else:
                leave_out(self._ws, bundle, [item.name for item in content.set_aside])
                found.append((bundle, part))
        return found

    def _planned(self, only: str, room: int) -> Planned:
        """New bundles for what waits and is in none: those for this stick, and then those of items
        that are too large for it.
        """
        limit = self._size if self._file is not None else size_of_file(self._size, room)
        content = self._reader.waiting(only, limit)
        self._outcome.set_aside += content.set_aside
        if not content.batches and not content.photos:
            return []
        parts, rest = divide(content.batches, content.photos, limit)
        later, too_large = divide(rest.batches, rest.photos, self._size)
        error = TidewaiterError(TOO_LARGE, size=self._size)
        self._outcome.set_aside += [SetAside(name, "", error) for name in too_large.items]
        if self._file is not None and len(parts) > 1:
            raise StickFailed(
                mark("it takes {count} files of at most {size} bytes"),
                about=str(self._file),
                hint=mark("Name a folder with --out, or give a larger --size."),
                count=len(parts),
                size=self._size,
            )
        bundles = plan_bundles(self._ws, [part.items for part in (*parts, *later)])
        return list(zip(bundles, (*parts, *later), strict=True))

    def _write_all(self, planned: Planned, room: int) -> None:
        there = [b.id for b, _ in planned if b.sha256 is not None and self._is_there(b)]
        fit, rest = choose(planned, room, there)
        self._done, self._total = 0, sum(part.size for _, part in fit)
        for number, (bundle, part) in enumerate(fit):
            self._outcome.left = len(planned) - number
            try:
                self._write(bundle, part)
            except StickFailed as error:
                self._outcome.problem = self._with_way_on(error, bundle)
                return
        self._outcome.left = len(rest)
        if rest:
            full = StickFailed(mark("there is no room left on it"), about=str(self._folder))
            self._outcome.problem = self._with_way_on(full, rest[0][0])

    def _flush(self, written: set[Path]) -> None:
        """What cannot be flushed is perhaps not on the stick, and is written again."""
        try:
            with as_stick(self._folder / PART):
                self._expect_stick()
            flush_disk(self._folder)
            self._outcome.flushed = True
            note_asked(self._ws)
        except StickFailed as error:
            if self._outcome.problem is None:
                found = exports.finished(self._ws.db)
                drop_bundles(self._ws, [each for each in found if self._path(each) in written])
                self._outcome.problem = error

    def _asks(self) -> bool:
        """Whether a bundle without content is written, for its questions alone."""
        there = any(device_in(path) == self._ws.device for path in bundles_on(self._folder))
        return must_ask(self._ws) or bool(missing(self._outcome.set_aside) and not there)

    def _is_there(self, bundle: Bundle) -> bool:
        path = self._path(bundle)
        with as_stick(path):
            return path.exists() or part_of(path).exists()

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
            signed = signed_manifest(
                self._ws, self._hub.id, bundle, part, missing(self._outcome.set_aside)
            )
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
                "Safe on it: {safe} of {parts} parts. Go on with the next stick: part {part} is"
                " written to it first."
            ),
            **{
                **error.values,
                "safe": self._safe(bundle.nonce),
                "parts": bundle.parts,
                "part": bundle.part,
            },
        )
