"""The checker: reads the whole folder and reports everything that is missing or was changed.

`main.py verify` runs it, and so do all fault tests.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash, PhotoHash
from domain.interception.nominal import commit
from domain.kinds import (
    InterceptionFinalised,
    KeyChanged,
    ReceiptIssued,
    ReceiptPrinted,
    StationOpened,
    read_body,
)
from domain.remark import Remark, remark
from domain.signing import VerifyKey
from domain.words import filled, mark
from storage import journal, nominal
from storage.came_back import came_back
from storage.check_whole import judge_end, judge_lists, judge_photos_left
from storage.finding import Finding
from storage.first_look import DATABASE, FILE
from storage.forks import forks
from storage.hub_memory import is_held
from storage.key_memory import key_file_faults
from storage.keys import Unlock, open_keys
from storage.signers import Signers
from storage.workstation import Workstation
from system.database import Connection
from system.database.errors import errors_as_ours
from system.database.integrity import NOT_FOLDED_IN, integrity_faults
from system.database.opener import open_encrypted
from system.errors import Damaged, MachineError
from system.lock import FolderLock


@dataclass(frozen=True, slots=True)
class Health:
    """The result of a check."""

    entries: int
    photos: int
    papers: int
    findings: tuple[Finding, ...]
    head: EntryHash | None = None
    """The newest readable entry of this workstation's chain; None when there is none."""
    seq: int = 0
    """The number of that entry."""
    whole: bool = True
    """Whether the workstation has stored this entry as its newest."""

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged."""
        return all(finding.warns for finding in self.findings)

    @property
    def end(self) -> str:
        """The end of the journal, to be compared with a note of it elsewhere."""
        what, values = self.end_words
        return filled(what, dict(values))

    @property
    def end_words(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        """The same as a template and its values."""
        if self.head is None:
            return mark("no entry of the journal can be read"), ()
        values = (("seq", self.seq), ("head", self.head))
        if not self.whole:
            return mark("what can be read of the journal ends at entry {seq}, {head}"), values
        return mark("the journal ends at entry {seq}, {head}"), values

    @property
    def forked(self) -> bool:
        """Whether two copies of the folder were used; somebody must act on that."""
        return any(finding.forked for finding in self.findings)


def check(ws: Workstation, progress: Callable[[int], None] | None = None) -> Health:
    """Check database, journal, nominal parts, lists, photos and papers. Changes nothing.

    SQLite's log is first written into the database, which changes no row. A damaged page is a
    finding, and so is each part of the check that cannot be done because of it.
    """
    findings = _pages(ws.db)
    photos: set[str] = set()
    papers: set[str] = set()
    entries = 0
    chain = _Chain(ws.keys_of, ws.device)
    read = False
    with as_far_as_it_goes(ws.home, findings, lambda: _after(entries)):
        for entries, row in enumerate(_rows(ws.db), start=1):
            entry, faults = chain.judge(*row)
            findings += faults
            if entry is not None:
                findings += _judge_body(ws, entry, photos, papers)
            if progress is not None:
                progress(entries)
        read = True
    if read:  # entries that were not read would seem to be missing
        with as_far_as_it_goes(ws.home, findings, lambda: remark(mark("end of the journal"))):
            findings.extend(judge_end(ws.db, chain.seqs.keys(), chain.children.keys()))
        with as_far_as_it_goes(ws.home, findings, lambda: remark(mark("lists"))):
            findings.extend(judge_lists(ws, photos))
        with as_far_as_it_goes(ws.home, findings, lambda: remark("photos/")):
            findings.extend(judge_photos_left(ws, photos))
    with as_far_as_it_goes(ws.home, findings, lambda: remark(mark("branches"))):
        findings.extend(forks(ws.db, ws.device))
    with as_far_as_it_goes(ws.home, findings, lambda: remark(FILE)):
        findings.extend(_key_files(ws))
    known: EntryHash | None = None
    with as_far_as_it_goes(ws.home, findings, lambda: remark(mark("journal"))):
        known = journal.head_hash(ws.db)
    head = known if known in chain.seqs else chain.end()
    seq = chain.seqs.get(head, 0) if head else 0
    return Health(
        entries, len(photos), len(papers), tuple(findings), head, seq, whole=head == known
    )


def check_unopened(home: Path, unlock: Unlock, met: Damaged) -> Health:
    """Check a folder that does not open because of `met`: which pages are damaged.

    Nothing is written. Raises the errors of reading the keys and of taking the lock.
    """
    keys = open_keys(home, unlock)
    lock = FolderLock(home, reading=True)
    findings: list[Finding] = []
    try:
        with as_far_as_it_goes(home, findings, lambda: _THE_DATABASE):
            db = open_encrypted(home / DATABASE, keys.database, keys.salt, read_only=True)
            with contextlib.closing(db):
                findings += _pages(db)
    finally:
        lock.release()
    rest = _not_judged(_THE_DATABASE, met)
    return Health(0, 0, 0, (*findings, rest), whole=False)


@contextlib.contextmanager
def as_far_as_it_goes(
    home: Path, findings: list[Finding], about: Callable[[], Remark]
) -> Iterator[None]:
    """Turns damage that ends one part of the check into a finding; the other parts continue."""
    try:
        with errors_as_ours(home):
            yield
    except Damaged as error:
        findings.append(_not_judged(about(), error))


_THE_DATABASE = remark(mark("database"))


def _after(entries: int) -> Remark:
    return remark(
        mark("journal after {count} entry", "journal after {count} entries"), count=entries
    )


def _not_judged(about: Remark, error: Damaged) -> Finding:
    what = mark("the rest cannot be judged: {why}")
    return Finding(about, what, values=(("why", filled(error.what, error.values)),))


def _pages(db: Connection) -> list[Finding]:
    faults = integrity_faults(db)
    found = [Finding(_THE_DATABASE, "{fault}", values=(("fault", fault),)) for fault in faults]
    if set(faults) - {NOT_FOLDED_IN}:
        way = mark("Stop recording here and restore the folder from a backup; keep this one.")
        found.append(Finding(_THE_DATABASE, way))
    return found


def _key_files(ws: Workstation) -> Iterator[Finding]:
    for about, what, values in key_file_faults(ws.db, ws.home, ws.identity()):
        yield Finding(remark(about), what, values=values)


def _rows(db: Connection) -> Iterator[tuple[int, EntryHash, bytes, bytes]]:
    rows = db.execute("SELECT place, hash, bytes, signature FROM entry ORDER BY place")
    for row, name, data, signature in rows:
        yield row, EntryHash(bytes(name)), bytes(data), bytes(signature)


class _Chain:
    """Follows the chains of the journal, entry by entry in stored order."""

    def __init__(
        self, keys_of: Callable[[DeviceId], tuple[VerifyKey, ...]], device: DeviceId
    ) -> None:
        self._keys_of, self._device = keys_of, device
        self._signers = Signers(keys_of)
        self._own: set[EntryHash] = set()
        """The entries of the present workstation."""
        self.seqs: dict[EntryHash, int] = {NOTHING_BEFORE: 0}
        """The numbers of all entries, and 0 for the name before the first."""
        self.children: dict[EntryHash, list[EntryHash]] = {}
        """The entries that follow an entry, if there are any."""

    def end(self) -> EntryHash | None:
        """The last entry of the branch with the highest number; None when no entry was read."""
        ends = [name for name in self._own if name not in self.children]
        found = max(ends, key=self.seqs.__getitem__, default=NOTHING_BEFORE)
        return None if found == NOTHING_BEFORE else found

    def judge(
        self, row: int, name: EntryHash, data: bytes, signature: bytes
    ) -> tuple[Entry | None, list[Finding]]:
        about = remark(mark("journal entry {row} ({entry})"), row=row, entry=name.short)
        try:
            entry = Entry(data, signature)
        except EntryRefused:
            return None, [Finding(about, mark("cannot be read"))]
        found: list[Finding] = []
        if entry.hash != name:
            found.append(Finding(about, mark("was changed: its hash is not its name")))
        if not self._keys_of(entry.head.device):
            found.append(Finding(about, mark("is another workstation's")))
        elif self._signers.verify(entry) is None:
            found.append(Finding(about, mark("was changed: the signature is not ours")))
        if entry.head.device == self._device:
            self._own.add(name)
        before = self.seqs.get(entry.head.prev)
        if before is None:
            found.append(Finding(about, mark("the entry before it is missing")))
        elif entry.head.seq != before + 1:
            found.append(Finding(about, mark("its number does not follow the one before")))
        self.seqs[name] = entry.head.seq
        self.children.setdefault(entry.head.prev, []).append(name)
        return entry, found


def _subject(entry: Entry) -> Remark:
    return remark(mark("entry {entry}"), entry=entry.hash.short)


def _judge_body(
    ws: Workstation, entry: Entry, photos: set[str], papers: set[str]
) -> Iterator[Finding]:
    body = read_body(entry)
    known = isinstance(body, StationOpened | KeyChanged) and str(body.public_key) in map(
        str, ws.keys_of(entry.head.device)
    )
    if isinstance(body, StationOpened) and not known:
        yield Finding(_subject(entry), mark("opens the chain with another key"))
    if isinstance(body, KeyChanged) and not known:
        what = mark("another copy of this folder changed the key, which is not known here")
        yield Finding(_subject(entry), what, warns=True)
    if isinstance(body, InterceptionFinalised):
        yield from _judge_nominal(ws, entry, body)
        for photo in body.shared.photos:
            if photo.sha256 is not None and str(photo.sha256) not in photos:
                photos.add(str(photo.sha256))
                yield from _judge_photo(ws, entry, photo.sha256, body.number)
    if isinstance(body, (ReceiptIssued, ReceiptPrinted)) and str(body.paper) not in papers:
        papers.add(str(body.paper))
        yield from _judge_paper(ws, entry, body)


def _judge_paper(
    ws: Workstation, entry: Entry, body: ReceiptIssued | ReceiptPrinted
) -> Iterator[Finding]:
    about = remark(mark("receipt {number}"), number=body.number)
    if not ws.papers.has(body.paper) and came_back(ws.db, entry.hash):
        yield Finding(
            about, mark("its paper is not stored here: {why}"), True, (("why", _CAME_BACK),)
        )
    else:
        yield from _readable(about, lambda: ws.papers.get(body.paper))


_CAME_BACK = mark("the entry came back from the hub without it")


def _judge_photo(ws: Workstation, entry: Entry, photo: PhotoHash, number: str) -> Iterator[Finding]:
    about = remark(mark("photo {photo} of {number}"), photo=photo.short, number=number)
    gone = not ws.photos.has(photo)
    if gone and is_held(ws.db, photo):
        yield Finding(about, mark("is at the hub and no longer here"), warns=True)
    elif gone and came_back(ws.db, entry.hash):
        yield Finding(about, mark("is not stored here: {why}"), True, (("why", _CAME_BACK),))
    else:
        yield from _readable(about, lambda: ws.photos.original(photo))


def _judge_nominal(ws: Workstation, entry: Entry, body: InterceptionFinalised) -> Iterator[Finding]:
    if body.nominal is None:
        return
    held = nominal.read(ws.db, entry.hash)
    about = remark(mark("names of {number}"), number=body.number)
    if held is None and came_back(ws.db, entry.hash):
        yield Finding(about, mark("are not stored here"), warns=True)
    elif held is None:
        what = mark("are gone, and the entry was written here: restore the folder from a backup")
        yield Finding(about, what)
    elif commit(*held) != body.nominal:
        yield Finding(about, mark("were changed"))


def _readable(about: Remark, read: Callable[[], bytes]) -> Iterator[Finding]:
    try:
        read()
    except MachineError as error:
        yield Finding(about, error.what, values=tuple(error.values.items()))
