"""What the hub's pages cost at size, and while many of them are open.

    python -m benchmarks.hub_pages [--engine postgresql] [--records N] [--pages N]

The first byte of the list is that of two hubs with 1,000 and with N interceptions, asked in turns.
Then an interception arrives while one page is open, and while many are: until the last of them has
the event with its row. Meanwhile `/api/health` is asked without a break. Rows are put into the
tables as the intake writes them, without entries; hubs are processes of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from benchmarks.hub import urls
from domain.encoding import to_json
from hub.build import open_hub
from hub.codes import fresh_code
from hub.store.sql import margins
from hub.store.sql.margins import Counts
from hub.summary import Summary, SummaryLine
from tests.hub.engines import Url
from tests.hub.station import Station

SMALL = 1_000
TURNS = 31
ARRIVALS = 7
AT_ONCE = 5_000
POSTS = ("MCN", "SPT", "MCS", "LBX")
PATHS = ("/", "/rows", "/?post=SPT", "/?status=cancelled&post=SPT", "/?number=XA-MCN1-2026-0000009")
DAY = 86_400_000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=500_000, metavar="N")
    parser.add_argument("--pages", type=int, default=100, metavar="N")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        for home, count in ((small, SMALL), (large, given.records)):
            _fill(home, url, count)
        with served(small, url) as (_, at_small), served(large, url) as (api, at_large):
            print(f"| address | ms at {SMALL} | ms at {given.records} | x |")
            print("| --- | --- | --- | --- |")
            for path in PATHS:
                _first_byte(path, at_small, at_large)
            _open_pages(large, url, api, at_large, given.pages)


def _fill(home: Path, url: Url, count: int) -> None:
    """A hub with so many interceptions of four photos each, which have not arrived."""
    home.mkdir()
    with open_hub(url(home), f"file://{home}/objects") as hub:
        for begin in range(1, count + 1, AT_ONCE):
            numbers = range(begin, min(begin + AT_ONCE, count + 1))
            with hub.database.writing() as rows:
                rows.executemany(
                    "INSERT INTO interception (record, arrival, device, arrived_at, changed_at,"
                    " number, status, revision, summary) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
                    [_row(number, count) for number in numbers],
                )
                rows.executemany(
                    "INSERT INTO interception_photo (record, place, hash) VALUES (?, ?, ?)",
                    [
                        (f"R{number}", index, b"%16d%16d" % (number * 7_919 % count, index))
                        for number in numbers
                        for index in range(4)
                    ],
                )
                rows.executemany(
                    "INSERT INTO used_number (kind, number, record, shared)"
                    " VALUES ('seizure', ?, ?, 0)",
                    [(f"XA-MCN1-2026-{number:07}", f"R{number}") for number in numbers],
                )
        with hub.database.writing() as rows:
            sent = Counter(_post(number) for number in range(1, count + 1))
            margins.add(rows, {(post, "D"): Counts(n, n, 4 * n) for post, n in sent.items()})


def _post(number: int) -> str:
    return POSTS[number % 4] if number % 1_000 else "LBX"


def _row(number: int, count: int) -> tuple[object, ...]:
    """Its arrival is below those of the entries that come."""
    summary = Summary(
        pack_id="SAMPLE-MED",
        pack_version="2.0.0",
        post=_post(number),
        mode="mail",
        goods=(SummaryLine(category="B11", words="capsules", quantity="560"),),
        lines=1,
    )
    at = 20_000 * DAY + number * 20_000
    status = "final" if number % 50 else "cancelled"
    shown = f"XA-MCN1-2026-{number:07}"
    return f"R{number}", number - count, "D", at, at, shown, status, to_json(summary).decode()


@contextmanager
def served(home: Path, url: Url, *, sign_in: bool = False) -> Iterator[tuple[str, str]]:
    """The addresses of the API and of the pages of a hub in a process of its own."""
    words = ["hub", "serve", "--listen", "127.0.0.1:0", "--database", url(home)]
    words += ["--objects", f"file://{home}/objects"]
    words += [] if sign_in else ["--pages-without-sign-in"]
    child = subprocess.Popen(
        [sys.executable, "main.py", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        api, pages = (child.stdout.readline().split()[-1] for _ in range(2))
        yield api, pages
    finally:
        child.terminate()
        child.wait(30)


def _first_byte(path: str, small: str, large: str) -> None:
    times: dict[str, list[float]] = {small: [], large: []}
    with httpx2.Client(timeout=60) as client:
        for _ in range(TURNS):
            for base, found in times.items():
                begin = time.perf_counter()
                with client.stream("GET", base + path) as answer:
                    pieces = answer.iter_raw()
                    next(pieces)
                    found.append(time.perf_counter() - begin)
                    assert answer.status_code == 200
                    list(pieces)
    few, many = (statistics.median(found) * 1_000 for found in times.values())
    print(f"| `{path}` | {few:.1f} | {many:.1f} | {many / few:.2f} |", flush=True)


def _open_pages(home: Path, url: Url, api: str, pages: str, many: int) -> None:
    with open_hub(url(home), f"file://{home}/objects") as hub:
        code = fresh_code(hub)
    station = Station(api, 1)
    station.enrol(code)
    station.send()
    idle = _health(api, lambda: time.sleep(5))
    print(f"\nhealth, idle: {_in_words(idle)}")
    times = {}
    for count in (1, many):
        took: list[float] = []
        health = _health(api, lambda n=count, t=took: t.extend(_until_shown(pages, station, n)))  # type: ignore[misc]
        times[count] = statistics.median(took)
        largest = max(took) * 1_000
        print(
            f"{count} open: {times[count] * 1_000:.0f} ms until all have it, {largest:.0f} at most"
        )
        print(f"health meanwhile: {_in_words(health)}, x idle {_ratio(health, idle)}", flush=True)
    print(f"{many} open x one: {times[many] / times[1]:.2f}")


def _in_words(times: Sequence[float]) -> str:
    worst = statistics.quantiles(times, n=100)[98]
    return f"median {statistics.median(times) * 1_000:.1f} ms, p99 {worst * 1_000:.1f} ms"


def _ratio(times: Sequence[float], idle: Sequence[float]) -> str:
    worst = [statistics.quantiles(each, n=100)[98] for each in (times, idle)]
    return (
        f"{statistics.median(times) / statistics.median(idle):.2f}, p99 {worst[0] / worst[1]:.2f}"
    )


def _health(api: str, work: Callable[[], object]) -> list[float]:
    """Seconds of the answers to `/api/health` while the work is done."""
    found: list[float] = []
    done = threading.Event()

    def ask() -> None:
        with httpx2.Client(timeout=60) as client:
            while not done.is_set():
                begin = time.perf_counter()
                client.get(f"{api}/api/health")
                found.append(time.perf_counter() - begin)
                done.wait(0.01)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        work()
    finally:
        done.set()
        asking.join()
    return found


def _until_shown(pages: str, station: Station, count: int) -> list[float]:
    """Seconds from sending one interception until the last of the lines has it, several times."""

    async def measure() -> list[float]:
        split = urlsplit(pages)
        lines = [
            await asyncio.open_connection(split.hostname, split.port, limit=1 << 20)
            for _ in range(count)
        ]
        for reader, writer in lines:
            writer.write(f"GET /live HTTP/1.1\r\nHost: {split.netloc}\r\n\r\n".encode())
            await reader.readuntil(b"data: ")
        found = []
        for _ in range(ARRIVALS):
            await asyncio.sleep(1.5)
            name = station.finalise().head.subject.encode()
            begin = time.perf_counter()
            waiting = [asyncio.ensure_future(reader.readuntil(name)) for reader, _ in lines]
            await asyncio.to_thread(station.send, station.chain[-1:])
            await asyncio.gather(*waiting)
            found.append(time.perf_counter() - begin)
        for _, writer in lines:
            writer.close()
        return found

    return asyncio.run(measure())


if __name__ == "__main__":
    main()
