"""How near synchronisation comes to the limit of a bad link, over real processes.

    python -m benchmarks.sync [--only NAME ...] [--side-by-side N] [--seed N] [--list]

Each row is a run of `main.py sync` (or of the desk) against `main.py hub serve` through the link
emulator in `tests/link/`, divided by one raw TCP stream that resumes, which runs at the same time
through an emulator of its own. The time is that of the machine: neither the link nor the pauses of
the product are speeded up. Rows run side by side, because they mostly wait.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.links import rows
from benchmarks.links.field import Field
from benchmarks.links.held import fill
from benchmarks.links.loads import Load
from benchmarks.links.rows import HELD, Result, Row

RAM = Path("/dev/shm")


@dataclass(frozen=True)
class Printer:
    """Prints one line of the table at a time."""

    lock: threading.Lock

    def say(self, row: Row, results: Iterable[Result]) -> None:
        """The lines of one row."""
        with self.lock:
            for each in results:
                print(
                    f"| {each.what} | {each.today} | {each.aim} | {each.measured} |"
                    f"  {row.name}: {each.remark}",
                    flush=True,
                )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = [row.name for row in rows.ROWS]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME")
    parser.add_argument("--side-by-side", type=int, default=6, metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="of the losses on the link")
    parser.add_argument("--list", action="store_true", help="print the names of the rows")
    given = parser.parse_args()
    if given.list:
        print("\n".join(f"{row.name:14} {row.purpose}" for row in rows.ROWS))
        return
    chosen = [row for row in rows.ROWS if row.name in given.only]
    home = RAM if RAM.is_dir() else Path.cwd()
    with tempfile.TemporaryDirectory(dir=home, prefix="tidewaiter-sync-") as folder:
        _run(chosen, Path(folder), given.side_by_side, given.seed)


def _run(chosen: list[Row], folder: Path, side_by_side: int, seed: int) -> None:
    made = _prepared({row.load for row in chosen}, folder / "made")
    print("| | today | aim | measured |\n| --- | --- | --- | --- |", flush=True)
    printer = Printer(threading.Lock())

    def measure(row: Row) -> None:
        here = made[row.load].copied_to(folder / row.name)
        printer.say(row, row.measure(here, seed))

    for row in (row for row in chosen if row.alone):
        measure(row)
    with ThreadPoolExecutor(side_by_side) as pool:
        list(pool.map(measure, (row for row in chosen if not row.alone)))


def _prepared(loads: set[Load], folder: Path) -> dict[Load, Field]:
    """A field with each load, made before anything is measured."""
    made = {}
    for load in sorted(loads, key=lambda load: load.payload):
        here = Field(folder / f"{load.photos}x{load.size}")
        here.make(None if load is HELD else load)
        if load is HELD:
            fill(here, HELD.photos)
        made[load] = here
    return made


Measure = Callable[[Field, int], list[Result]]

if __name__ == "__main__":
    main()
