"""Whether the hub's intake stays as fast when a million interceptions are there.

    python -m benchmarks.hub_growth [--engine postgresql] [--steps N ...] [--size N] [--rounds N]

A hub of each size is filled (`benchmarks.filled`). Then the same batches of real interceptions are
taken by `hub.intake.take` in each of them by turns, so that other work on the machine, which is the
same for all, changes no ratio. PostgreSQL flushes; its tables are vacuumed and analysed after they
were filled, as autovacuum does in time. For each size, and for an interception: the median of the
clock; processor time of this process, and of the server's processes for this hub. The whole
measurement is made `--rounds` times.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg

from benchmarks.filled import Recorder, batches, enrol, fill
from benchmarks.hub import urls
from domain.ids import DeviceId
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from sync.wire.batch import pack_batch
from tests.hub.engines import Url

STEPS = (10_000, 100_000, 1_000_000)
TURNS, WARM = 60, 10
"""Batches that are measured, and batches before them."""
WORKSTATIONS = 500
BATCH = 50
"""Interceptions of a batch while the hubs are filled."""


class Batch(NamedTuple):
    """What is taken in each hub."""

    sender: DeviceId
    data: bytes
    entries: int


class Grown:
    """A hub of so many interceptions, and what its turns took, in seconds for a batch."""

    def __init__(self, folder: Path, url: Url, count: int) -> None:
        folder.mkdir()
        self.count = count
        self.clock: list[float] = []
        self.processor: list[float] = []
        self.hub: Hub = open_hub(url(folder), f"file://{folder}/objects")
        begin = time.monotonic()
        senders = [Recorder(number, signs=False) for number in range(1, WORKSTATIONS + 1)]
        enrol(self.hub, senders)
        fill(self.hub, batches(senders, count, BATCH))
        self._address = url(folder) if url(folder).startswith("postgresql") else ""
        if self._address:
            with psycopg.connect(self._address, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")
                connection.execute("CHECKPOINT")
        print(f"{count} are there after {time.monotonic() - begin:.0f} s", flush=True)

    def take(self, batch: Batch) -> None:
        """One turn."""
        begin, used = time.perf_counter(), time.process_time()
        took = take(self.hub, batch.sender, batch.data)
        self.clock.append(time.perf_counter() - begin)
        self.processor.append(time.process_time() - used)
        assert took.new == batch.entries, took

    def server_seconds(self) -> float:
        """Processor time so far of the server's processes that work for this hub."""
        if not self._address:
            return 0.0
        with psycopg.connect(self._address) as connection:
            pids = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid()"
            ).fetchall()
        files = (Path(f"/proc/{pid}/schedstat") for (pid,) in pids)
        return sum(int(file.read_text().split()[0]) for file in files if file.exists()) / 1e9


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--steps", type=int, nargs="+", default=STEPS, metavar="N")
    parser.add_argument("--size", type=int, default=50, metavar="N", help="of a batch")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    given = parser.parse_args()
    with (
        urls(given.engine) as url,
        tempfile.TemporaryDirectory() as folder,
        _grown(Path(folder), url, given.steps) as hubs,
    ):
        print("| interceptions | ms | x | ms of the processor | x | of the server | x |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for number in range(given.rounds):
            _measure(hubs, given.size, number)


@contextmanager
def _grown(folder: Path, url: Url, steps: Sequence[int]) -> Iterator[list[Grown]]:
    with ExitStack() as opened:
        hubs = []
        for count in steps:
            grown = Grown(folder / str(count), url, count)
            opened.callback(grown.hub.close)
            hubs.append(grown)
        yield hubs


def _measure(hubs: Sequence[Grown], size: int, number: int) -> None:
    """Take the same batches in each hub, the hubs in another order at each turn."""
    sender = Recorder(WORKSTATIONS + 1 + number)
    count = size * (TURNS + WARM)
    first = max(grown.count for grown in hubs) + number * count
    waiting = [
        Batch(each.sender.device, pack_batch([e.read() for e in each.entries]), len(each.entries))
        for each in batches([sender], count, size, first)
    ]
    for grown in hubs:
        enrol(grown.hub, [sender])
        grown.clock.clear()
        grown.processor.clear()
        for batch in waiting[:WARM]:
            grown.take(batch)
    gc.disable()
    before = [grown.server_seconds() for grown in hubs]
    for turn, batch in enumerate(waiting[WARM:]):
        at = turn % len(hubs)
        for grown in (*hubs[at:], *hubs[:at]):
            grown.take(batch)
    gc.enable()
    servers = [grown.server_seconds() - was for grown, was in zip(hubs, before, strict=True)]
    found = [
        (
            statistics.median(grown.clock[WARM:]),
            statistics.median(grown.processor[WARM:]),
            server / TURNS,
        )
        for grown, server in zip(hubs, servers, strict=True)
    ]
    for grown, figures in zip(hubs, found, strict=True):
        cells = [
            f"{mine / size * 1_000:.3f} | {mine / first:.2f}" if first else "- | -"
            for mine, first in zip(figures, found[0], strict=True)
        ]
        print(f"| {grown.count} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
