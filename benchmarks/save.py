"""What one durable save costs, and how much of it no program could save.

    python -m benchmarks.save [count]

Two copies of one folder take turns. In the first, drafts are made final: rules, number, signature,
projections, full text, commit, read back. In the second, the same rows are written by hand: the
statements of the first copy that change something, already prepared, in one transaction, without
any rule. Times are processor times of this thread, and ratios of the medians of one run. Pages and
flushes are those of a record with two photos, its photos included. SQLite flushes its log once a
commit (`synchronous = FULL`), which Python does not see; the commits are counted for it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from domain.ids import RecordId
from storage import drafts
from storage.first_look import DATABASE
from storage.workstation import Workstation
from tests.builders import SESSION, Place, a_draft, a_final

HEADER, FRAME = 32, 24 + 4096
"""Bytes of the write-ahead log: its own, and those of each page in it."""
RECORDS = 400
"""Records that are made one after the other; pages and flushes are those of the second half."""
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Noted:
    """A connection that notes the statements that change something, with their parameters."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.made: list[tuple[str, list[Any]]] = []

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Do and note it."""
        if sql.lstrip().startswith(CHANGES):
            self.made.append((sql, [parameters]))
        return self._connection.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        """Do and note them."""
        rows = list(parameters)
        self.made.append((sql, rows))
        return self._connection.executemany(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = Path(folder) / "workstation"
        place = Place(home)
        with place.open() as ws:
            a_final(ws)
            records = [a_draft(ws) for _ in range(count)]
        with place.open() as ws:
            place.home = Path(folder) / "copy"
            shutil.copytree(home, place.home)
            with place.open() as other:
                _take_turns(ws, other, records, Path(folder) / "floor")
            _count(ws)


def _take_turns(ws: Workstation, other: Workstation, records: list[RecordId], floor: Path) -> None:
    deed, hand, saved, flushed = [], [], [], []
    document = drafts.draft(ws.db, records[0]).document
    with floor.open("ab", buffering=0) as file:
        for record in records:
            saved.append(_spent(lambda r=record: save_draft(ws, r, document)))  # type: ignore[misc]
            noted = Noted(ws.db)
            ws._local.connection = noted
            deed.append(_spent(lambda r=record: finalise(ws, r, SESSION)))  # type: ignore[misc]
            ws._local.connection = noted._connection
            hand.append(_spent(lambda made=noted.made: _by_hand(other.db, made)))  # type: ignore[misc]
            flushed.append(_spent(lambda: _append(file.fileno(), b"x" * 1900)))
    by_hand = statistics.median(hand)
    print(f"{len(records)} times, medians of the thread's processor time")
    for name, spent in (
        ("append 1.9 kB + fdatasync", flushed),
        ("the rows of a record by hand", hand),
        ("save a draft", saved),
        ("finalise", deed),
    ):
        middle = statistics.median(spent)
        print(f"{name:30} {middle:7.2f} ms  {middle / by_hand:5.2f} x by hand")


def _by_hand(db: Any, made: list[tuple[str, list[Any]]]) -> None:
    db.execute("BEGIN IMMEDIATE")
    for sql, rows in made:
        for row in rows:
            db.execute(sql, row)
    db.execute("COMMIT")


def _append(handle: int, data: bytes) -> None:
    os.write(handle, data)
    os.fdatasync(handle)


def _count(ws: Workstation) -> None:
    """Pages and flushes of records with two photos, in the middle of a shift."""
    pages, flushes = [], []
    log = ws.home / f"{DATABASE}-wal"
    fsync, calls = os.fsync, 0

    def counted(handle: Any) -> None:
        nonlocal calls
        calls += 1
        fsync(handle)

    setattr(os, "fsync", counted)  # noqa: B010  (mypy refuses the assignment)
    try:
        for _ in range(RECORDS):
            before = calls
            record = a_draft(ws)
            held = _pages(log)
            finalise(ws, record, SESSION)
            grown = _pages(log) - held
            # one more for the commit of the deed
            flushes.append(calls - before + 1)
            if grown > 0:  # else SQLite has begun to use the log again from its start
                pages.append(grown)
    finally:
        os.fsync = fsync
    late = flushes[len(flushes) // 2 :]
    print(f"a record with two photos: {statistics.median(pages[len(pages) // 2 :]):.0f} pages in "
          f"the log, {statistics.mean(late):.1f} flushes")  # fmt: skip


def _pages(log: Path) -> int:
    """Pages in the write-ahead log since SQLite last began it: those with its present salt."""
    data = log.read_bytes()
    salt, count = data[16:24], 0
    for at in range(HEADER, len(data), FRAME):
        if data[at + 8 : at + 16] != salt:
            break
        count += 1
    return count


def _spent(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
