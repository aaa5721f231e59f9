"""Whether the hub's intake stays as fast when a million interceptions are there.

    python -m benchmarks.hub_growth [--engine postgresql] [--steps N ...] [--size N]

At each step the tables are filled up to so many interceptions with rows that look like those of the
intake (an entry of 3 kB, four photos, two numbers; 500 workstations), by plain statements. Then
batches of real interceptions are taken by `hub.intake.take`, in turns with as many of those rows
in as many transactions: both slow down with the indexes that they share, and the ratio tells what
the hub adds. Clock and processor time (of this process), in milliseconds for an interception.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.hub import TABLES, Lot, a_hub, a_station, urls
from domain.ids import DeviceId, RecordId
from domain.instant import Instant
from hub.hub import Hub
from hub.intake import take
from hub.store.sql import devices
from hub.store.sql.devices import Device
from hub.store.sql.many import insert
from sync.wire.batch import pack_batch
from tests.hub.station import Station

STEPS = (10_000, 100_000, 300_000)
TAKEN = 400
"""Interceptions at each step."""
AT_ONCE = 2_000
WORKSTATIONS = 500
BEYOND = 10**9
"""Numbers of arrival that the intake does not give meanwhile."""
FIRST = Instant.parse("2026-01-01T00:00:00.000+00:00")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--steps", type=int, nargs="+", default=STEPS, metavar="N")
    parser.add_argument("--size", type=int, default=50, metavar="N", help="of a batch")
    given = parser.parse_args()
    print("| interceptions | ms | ms of the processor | x bare |\n| --- | --- | --- | --- |")
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        station = a_station(TAKEN * len(given.steps), 1)
        with a_hub(Path(folder, "hub"), url, station) as hub:
            take(hub, station.device, pack_batch(station.chain[:1]))
            filler = _Filler(hub)
            for number, step in enumerate(given.steps):
                filler.fill(step)
                found = _step(filler, hub, station, number, given.size)
                print(f"| {step} | {found.clock:.2f} | {found.processor:.2f} | {found.ratio:.2f} |",
                      flush=True)  # fmt: skip


class Step(NamedTuple):
    """Milliseconds for an interception, and the ratio to plain rows."""

    clock: float
    processor: float
    ratio: float


class _Filler:
    """Fills the tables with rows of workstations that only exist there."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._chance = random.Random(5)
        self.count = 0
        with hub.database.writing() as rows:
            for number in range(WORKSTATIONS):
                known = Device(self._device(number), None, "", "MCN", 1, 0, 0)
                devices.enrol(rows, known)

    def _device(self, number: int) -> DeviceId:
        return DeviceId.from_random(number.to_bytes(10))

    def fill(self, until: int) -> None:
        """Rows up to so many interceptions."""
        while self.count < until:
            self.put([self.records(min(AT_ONCE, until - self.count))])

    def put(self, lots: Sequence[Lot]) -> float:
        """Insert each lot in a transaction; the seconds that it takes."""
        begin = time.perf_counter()
        for lot in lots:
            with self._hub.database.writing() as rows:
                for table, columns in TABLES.items():
                    if table in lot:
                        insert(rows, f"{table} ({columns})", lot[table])
        return time.perf_counter() - begin

    def records(self, count: int) -> Lot:
        """The rows of so many more interceptions."""
        lot: Lot = {}
        for number in range(self.count, self.count + count):
            for table, rows in self._record(number).items():
                lot.setdefault(table, []).extend(rows)
        self.count += count
        return lot

    def _record(self, number: int) -> Lot:
        chance = self._chance
        at = Instant(FIRST.millis + number * 1_000, 0)
        record = str(RecordId.make(at, chance.randbytes(10)))
        device = str(self._device(number % WORKSTATIONS))
        entry, photos = chance.randbytes(32), [chance.randbytes(32) for _ in range(4)]
        text = bytes(chance.choices(b"abcdefghijklmnop      ", k=300)) * 9
        summary = msgspec.json.encode({"pack_id": "SAMPLE-MED", "post": "MCN", "mode": "mail"})
        return {
            "entry": [(entry, device, number + 2, chance.randbytes(32), "interception.finalised",
                       record, number, device, 1, text, bytes(64), None)],
            "interception": [(record, BEYOND + number, device, number, number, f"XA-{number}",
                              "final", 1, summary.decode())],
            "interception_photo": [(record, place, photo) for place, photo in enumerate(photos)],
            "used_number": [("seizure", f"XA-{number}", record, 0),
                            ("item", f"RR{chance.randrange(10**9):09d}", record, 0)],
        }  # fmt: skip


def _step(filler: _Filler, hub: Hub, station: Station, number: int, size: int) -> Step:
    made = station.chain[1 + TAKEN * number : 1 + TAKEN * (number + 1)]
    pieces = [made[at : at + size] for at in range(0, len(made), size)]
    turns = [(pack_batch(piece), filler.records(len(piece))) for piece in pieces]
    clock = processor = bare = 0.0
    for batch, lot in turns:
        begin, used = time.perf_counter(), time.process_time()
        take(hub, station.device, batch)
        clock += time.perf_counter() - begin
        processor += time.process_time() - used
        bare += filler.put([lot])
    return Step(clock / len(made) * 1_000, processor / len(made) * 1_000, clock / bare)


if __name__ == "__main__":
    main()
