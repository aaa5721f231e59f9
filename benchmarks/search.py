"""Time of the first page, of other pages and of searches in many interceptions.

    python -m benchmarks.search [rows]

The rows are written directly into the projections. Ratios are to the plain full-text query that
returns only row numbers.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from domain.fold import Status
from domain.ids import RecordId
from domain.instant import Instant
from storage import hub_memory
from storage.projections import records
from storage.projections.records import Cursor
from storage.projections.words import spaced
from system.database import Connection, transaction
from tests.builders import NIGHT, Place

NOTE = "这是白色药片，没有说明书"
"""A Chinese note in every second interception."""
GOODS = ("pregabalin capsules", "test kits antigen", "surgical masks", "crystal methamphetamine")


def main(rows: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Place(Path(folder) / "workstation")
        with place.open() as ws:
            fill(ws.db, rows)
            size = sum(f.stat().st_size for f in ws.home.glob("workstation.db*"))
            print(f"{rows} interceptions, {size / 1e6:.0f} MB, medians of 50")
            _table(ws.db, rows)


def _table(db: Connection, rows: int) -> None:
    bare = _timed(
        lambda: db.execute(
            "SELECT rowid FROM record_words WHERE record_words MATCH '\"pregabalin\"*'"
            " ORDER BY rowid DESC LIMIT 50"
        ).fetchall()
    )
    middle, rare = Cursor(rows // 2), f"RR{rows // 2:08d}"
    works: list[tuple[str, Callable[[], object]]] = [
        ("first page", lambda: records.page(db, limit=50)),
        ("a page in the middle", lambda: records.page(db, after=middle, limit=50)),
        ("one letter: p", lambda: records.page(db, search="p", limit=50)),
        ("two letters: pr", lambda: records.page(db, search="pr", limit=50)),
        ("common word", lambda: records.page(db, search="pregabalin", limit=50)),
        ("three words", lambda: records.page(db, search="masks surgical GB", limit=50)),
        ("one Chinese character", lambda: records.page(db, search="药", limit=50)),
        ("two in the middle: 药片", lambda: records.page(db, search="药片", limit=50)),
        ("a Chinese phrase", lambda: records.page(db, search="是白色药片", limit=50)),
        ("one item number", lambda: records.page(db, search=rare, limit=50)),
        ("word and status", lambda: records.page(db, search="masks", status=Status.RETURNED)),
        ("nothing found", lambda: records.page(db, search="zzzz", limit=50)),
        ("the footer's counts", lambda: hub_memory.summary(db)),
    ]  # fmt: skip
    print(f"{'bare query, common word':24} {bare:8.2f} ms   1.0 x")
    for name, work in works:
        value = _timed(work)
        print(f"{name:24} {value:8.2f} ms {value / bare:5.1f} x")


def fill(db: Connection, rows: int) -> None:
    """Write so many invented interceptions into the projections."""
    with transaction(db):
        for n in range(1, rows + 1):
            goods, status = GOODS[n % 4], "returned" if n % 50 == 0 else "final"
            record = RecordId.make(Instant(NIGHT.millis + n), n.to_bytes(10, "big"))
            db.execute(
                "INSERT INTO record VALUES (?, ?2, ?2, ?, ?, 1, ?, x'', ?, 'mail', 'GB → XA', ?,"
                " '', 'SAMPLE-MED 1.0.0', 0, 'X', '5 unit', 1, 4, '')",
                (n, str(record), f"XA-MCN1-2026-{n:05d}-X", status, n, str(NIGHT), goods),
            )
            words = (
                f"#{status} XA-MCN1-2026-{n:05d}-X RR{n:08d} {n:08d} {goods} GB XA lot B{n} mail"
            )
            if n % 2:
                words = spaced(f"{words} {NOTE}")
            db.execute("INSERT INTO record_words (rowid, words) VALUES (?, ?)", (n, words))


def _timed(work: Callable[[], object]) -> float:
    times = []
    for _ in range(50):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
