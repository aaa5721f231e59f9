"""What the hub's intake costs, and how much of it no program could save.

    python -m benchmarks.hub [--engine postgresql] [--records N] [--sizes N ...]

Batches of 1, 50 and 500 interceptions, each with four photos that have not arrived, are taken by
`hub.intake.take`, without HTTP. The bare time is that of the same rows, read back from the hub and
inserted into an empty database of the same engine with the same number of commits and no rule; for
PostgreSQL also by COPY, the fastest way into its tables. Times are those of the clock, because
PostgreSQL works in other processes; it is started for this and flushes each commit, as SQLite does.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from domain.entry import Entry
from domain.ids import PhotoHash
from domain.interception.conveyance import Consignment
from domain.interception.media import Photo
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from hub.store.port import Database
from hub.store.sql import devices
from hub.store.sql.devices import Device
from sync.wire.batch import pack_batch
from tests.hub.engines import Url, postgres_server, sqlite_url
from tests.hub.station import Station

SIZES = (1, 50, 500)
Lot = dict[str, list[tuple[Any, ...]]]
"""The rows of one batch, table by table."""
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
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    print("| batch | interceptions/s | x bare | x COPY |\n| --- | --- | --- | --- |", flush=True)
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        for number, size in enumerate(given.sizes, start=1):
            records = min(given.records, size * 400)
            home = Path(folder, str(size))
            ours, bare, copy = _measure(home, url, size, records, number)
            by_copy = f"{ours / copy:.2f}" if copy else "-"
            print(f"| {size} | {records / ours:.0f} | {ours / bare:.2f} | {by_copy} |", flush=True)


@contextmanager
def urls(engine: str) -> Iterator[Url]:
    """Databases of that engine; PostgreSQL is started for it."""
    if engine == "sqlite":
        yield sqlite_url
        return
    with postgres_server(durable=True) as server, server.databases() as url:
        yield url


def _measure(
    folder: Path, url: Url, size: int, records: int, seed: int
) -> tuple[float, float, float]:
    """Seconds of the intake, of the same rows by bare statements, and by COPY (0: none)."""
    station = a_station(records, seed)
    with a_hub(folder / "ours", url, station) as hub:
        take(hub, station.device, pack_batch(station.chain[:1]))
        made = station.chain[1:]
        batches = [pack_batch(made[at : at + size]) for at in range(0, records, size)]
        begin = time.perf_counter()
        for batch in batches:
            took = take(hub, station.device, batch)
            assert took.new == size
        ours = time.perf_counter() - begin
        lots = [_rows(hub.database, made[at : at + size]) for at in range(0, len(made), size)]
    with a_hub(folder / "bare", url, station) as hub:
        bare = _bare(hub.database, lots)
    copy = 0.0
    if url is not sqlite_url:
        with a_hub(folder / "copy", url, station):
            copy = _by_copy(url(folder / "copy"), lots)
    return ours, bare, copy


@contextmanager
def a_hub(folder: Path, url: Url, station: Station) -> Iterator[Hub]:
    """An empty hub that knows the workstation."""
    folder.mkdir(parents=True)
    with open_hub(url(folder), f"file://{folder}/objects") as hub:
        with hub.database.writing() as rows:
            devices.enrol(rows, Device(station.device, station.key.verify_key, "", "MCN", 1, 0, 0))
        yield hub


def a_station(records: int, seed: int) -> Station:
    """A workstation with so many interceptions of 3 kB, each with four photos."""
    station = Station("http://127.0.0.1", seed)
    for number in range(records):
        photos = tuple(
            Photo(sha256=PhotoHash.of(b"%d %d %d" % (seed, number, each)), role="overview", size=1)
            for each in range(4)
        )
        words = f"capsules in blisters, {number} " + "found under the parcel's second floor " * 45
        item = Consignment(mode="mail", postal_item_id=f"RR{seed:03d}{number:06d}GB")
        station.finalise(consignment=item, photos=photos, remarks=words)
    return station


def _bare(target: Database, lots: Sequence[Lot]) -> float:
    """Seconds that the rows take, one lot in a transaction."""
    begin = time.perf_counter()
    for lot in lots:
        with target.writing() as rows:
            for table, values in lot.items():
                marks = ", ".join("?" * len(values[0]))
                rows.executemany(f"INSERT INTO {table} ({TABLES[table]}) VALUES ({marks})", values)
    return time.perf_counter() - begin


def _by_copy(url: str, lots: Sequence[Lot]) -> float:
    """Seconds that PostgreSQL needs for the rows by COPY, one lot in a transaction."""
    with psycopg.connect(url) as connection:
        begin = time.perf_counter()
        for lot in lots:
            for table, values in lot.items():
                into = f"COPY {table} ({TABLES[table]}) FROM STDIN".encode()
                with connection.cursor().copy(into) as copy:
                    for row in values:
                        copy.write_row(row)
            connection.commit()
        return time.perf_counter() - begin


def _rows(source: Database, made: Iterable[Entry]) -> Lot:
    found: Lot = {table: [] for table in TABLES}
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
