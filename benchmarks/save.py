"""Time of one durable save, compared with appending the same bytes with fdatasync.

    python -m benchmarks.save [count]

Prints medians in milliseconds and the ratio to that minimum. `finalise` is the time of the whole
deed: all rules, number, signature, projections, full text, two photos' rows, commit, read back.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from storage import drafts, journal
from tests.builders import SESSION, Place, a_draft, a_final


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        place = Place(Path(folder) / "workstation")
        with place.open() as ws:
            a_final(ws)
            newest = journal.head(ws.db)
            assert newest is not None
            entry = newest.bytes
            records = [a_draft(ws) for _ in range(count)]
            document = drafts.draft(ws.db, records[0]).document
            floor = _floor(Path(folder) / "floor", entry, count)
            saved = _timed([lambda r=r: save_draft(ws, r, document) for r in records])  # type: ignore[misc]
            final = _timed([lambda r=r: finalise(ws, r, SESSION) for r in records])  # type: ignore[misc]
    print(f"{len(entry)}-byte entry, {count} times, medians")
    for name, value in (
        ("append + fdatasync", floor),
        ("save a draft", saved),
        ("finalise, encrypted", final),
    ):
        print(f"{name:22} {value:7.2f} ms  {value / floor:5.2f} x floor")


def _floor(path: Path, data: bytes, count: int) -> float:
    with path.open("ab", buffering=0) as file:

        def append() -> None:
            file.write(data)
            os.fdatasync(file.fileno())

        return _timed([append] * count)


def _timed(works: list[Callable[[], object]]) -> float:
    times = []
    for work in works:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
