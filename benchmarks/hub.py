"""What the hub's intake costs, and how much of it no program could save.

    python -m benchmarks.hub [--records N] [--database URL]

Batches of 1, 50 and 500 interceptions, each with four photos that have not arrived, are taken by
`hub.intake.take`, without HTTP. The bare time is that of the same rows, read back from the hub and
inserted into an empty database of the same engine with the same number of commits and no rule.
`--database` names an empty PostgreSQL database for the hub; the bare rows go into it too, after
all its tables were emptied. Without it the rows are in SQLite, in a new folder. Times are those of
the clock, because PostgreSQL works in other processes.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from domain.entry import Entry
from domain.ids import PhotoHash
from domain.interception.media import Photo
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from hub.store.port import Database
from hub.store.sql import devices
from hub.store.sql.devices import Device
from sync.wire.batch import pack_batch
from tests.hub.station import Station

SIZES = (1, 50, 500)
TABLES = {
    "entry": "hash, device, seq, prev, kind, subject, arrived_at, brought_by, readable, bytes,"
    " signature, signer",
    "tip": "hash, device, seq",
    "interception": "record, arrival, device, arrived_at, changed_at, number, status, revision,"
    " summary",
    "interception_photo": "record, place, hash",
    "used_number": "kind, number, record, shared",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2_000, metavar="N")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument(
        "--database", default="", metavar="URL", help="an empty PostgreSQL database"
    )
    given = parser.parse_args()
    print("| batch | interceptions/s | × bare |\n| --- | --- | --- |", flush=True)
    for number, size in enumerate(given.sizes, start=1):
        records = min(given.records, size * 400)
        with tempfile.TemporaryDirectory(prefix="tidewaiter-hub-") as folder:
            ours, bare = _measure(Path(folder), given.database, size, records, number)
        print(f"| {size} | {records / ours:.0f} | {ours / bare:.2f} |", flush=True)


def _measure(
    folder: Path, database: str, size: int, records: int, seed: int
) -> tuple[float, float]:
    """Seconds of the intake, and of the same rows by bare statements."""
    station = _station(records, seed)
    with open_hub(database or f"sqlite://{folder}/hub.sqlite", f"file://{folder}/objects") as hub:
        _enrol(hub, station)
        take(hub, station.device, pack_batch(station.chain[:1]))
        made = station.chain[1:]
        batches = [pack_batch(made[at : at + size]) for at in range(0, records, size)]
        begin = time.perf_counter()
        for batch in batches:
            took = take(hub, station.device, batch)
            assert took.new == size
        ours = time.perf_counter() - begin
        if database:
            return ours, _bare(hub.database, hub.database, made, size)
        with open_hub(f"sqlite://{folder}/bare.sqlite", f"file://{folder}/bare") as other:
            _enrol(other, station)
            return ours, _bare(hub.database, other.database, made, size)


def _station(records: int, seed: int) -> Station:
    station = Station("http://127.0.0.1", seed)
    for number in range(records):
        photos = tuple(
            Photo(sha256=PhotoHash.of(b"%d %d %d" % (seed, number, each)), role="overview", size=1)
            for each in range(4)
        )
        words = f"capsules in blisters, {number} " + "found under the parcel's second floor " * 45
        station.finalise(photos=photos, remarks=words)
    return station


def _enrol(hub: Hub, station: Station) -> None:
    with hub.database.writing() as rows:
        devices.enrol(rows, Device(station.device, station.key.verify_key, "", "MCN", 1, 0, 0))


def _bare(source: Database, target: Database, made: Sequence[Entry], size: int) -> float:
    """Seconds that the rows of the entries take, `size` of them in a transaction."""
    lots = [_rows(source, made[at : at + size]) for at in range(0, len(made), size)]
    if source is target:
        with target.writing() as rows:
            rows.execute(f"TRUNCATE {', '.join(TABLES)}")
    begin = time.perf_counter()
    for lot in lots:
        with target.writing() as rows:
            for table, values in lot.items():
                marks = ", ".join("?" * len(values[0]))
                rows.executemany(f"INSERT INTO {table} ({TABLES[table]}) VALUES ({marks})", values)
    return time.perf_counter() - begin


def _rows(source: Database, made: Iterable[Entry]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
    with source.reading() as rows:
        for entry in made:
            for table, columns in TABLES.items():
                by = "hash" if table in ("entry", "tip") else "record"
                wanted = entry.hash.raw if by == "hash" else entry.head.subject
                select = f"SELECT {columns} FROM {table} WHERE {by} = ?"
                found[table] += rows.execute(select, (wanted,)).fetchall()
    return {table: values for table, values in found.items() if values}


if __name__ == "__main__":
    main()
