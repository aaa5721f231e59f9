"""Thousands of workstations come back at once.

    python -m benchmarks.hub_devices [--engine postgresql] [--devices N] [--within SECONDS]

Each has five interceptions. Over a connection and from an address of its own (Linux has millions of
them on loopback) it asks for its tips and sends its batch, over real HTTP, to a hub with its usual
limits, which is a child process; with PostgreSQL, which flushes, to one of two hubs. A workstation
does as the real one does: after ten seconds of silence it asks on the side whether the hub is
alive, gives up when no answer comes within ten more, and comes again after a pause that grows, or
that the hub asks for (`sync/pace.py`, `sync/watch.py`). Prints how long workstations waited from
their first try to the answer for their batch, what went wrong on the way, and the hubs' memory;
looks into the database whether every entry is there exactly once.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.filled import Recorder, batches
from benchmarks.hub import urls
from domain.ids import DeviceId
from domain.instant import Instant
from hub.build import open_hub
from hub.store.sql import devices
from hub.store.sql.devices import Device
from sync.pace import BACKGROUND, BACKGROUND_ASKED, Pace
from sync.watch import PATIENCE, SILENCE
from sync.wire.batch import pack_batch
from tests.failover.servers import HubProcess, two_hubs

EACH = 5
"""Interceptions of a workstation."""
PROCESSES = 2
"""Of the workstations: one would be busy with them alone."""
CONNECT = 10.0
"""Seconds that a connection may take, as at a workstation."""


class Waiting(NamedTuple):
    """A workstation, and the bytes that it sends."""

    known: Device
    token: str
    batch: bytes

    @property
    def device(self) -> DeviceId:
        """Its id."""
        return self.known.id


class Came(NamedTuple):
    """How long a workstation waited, in seconds, and what happened to it how often."""

    seconds: float
    happened: Counter[str]


class Interrupted(Exception):
    """The hub did not answer, or asks to come again in so many seconds."""

    def __init__(self, what: str, asked: float = 0.0) -> None:
        super().__init__(what)
        self.what, self.asked = what, asked


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--devices", type=int, default=10_000, metavar="N")
    parser.add_argument(
        "--within", type=float, default=0.0, metavar="SECONDS", help="in which they begin"
    )
    given = parser.parse_args()
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        objects = f"file://{home}/objects"
        with ProcessPoolExecutor(PROCESSES) as pool:
            waiting = list(pool.map(_recorded, range(1, given.devices + 1), chunksize=100))
        _enrol(url(home), objects, waiting)
        with _hubs(home, url(home), objects, two=given.engine == "postgresql") as hubs:
            before = [_memory(hub) for hub in hubs]
            begin = time.perf_counter()
            came = _all(waiting, hubs, given.within)
            whole = time.perf_counter() - begin
            after = [_memory(hub) for hub in hubs]
        with open_hub(url(home), objects) as hub, hub.database.reading() as rows:
            for table, expected in (("entry", EACH + 1), ("interception", EACH), ("tip", 1)):
                (count,) = rows.execute(f"SELECT count(*) FROM {table}").fetchone()
                assert count == expected * given.devices, (table, count)
    _print(came, whole, before, after)


def _print(came: Sequence[Came], whole: float, before: list[int], after: list[int]) -> None:
    seconds = sorted(each.seconds for each in came)
    count = len(seconds)
    happened = sum((each.happened for each in came), Counter[str]())
    print(f"{count} workstations, each entry exactly once, after {whole:.0f} s:")
    print(f"{count * EACH / whole:.0f} interceptions a second")
    print(f"a workstation waited: median {seconds[count // 2]:.1f} s", end="")
    print(f", p99 {seconds[int(count * 0.99)]:.1f} s, at most {seconds[-1]:.1f} s")
    for what, number in sorted(happened.items()):
        print(f"{what}: {number}")
    print(f"most memory of the hubs: {before} MB before, {after} MB after")


def _recorded(number: int) -> Waiting:
    """A workstation with what it recorded since it was at the hub."""
    ((sender, entries),) = batches([Recorder(number)], EACH, EACH, number)
    batch = pack_batch([each.read() for each in entries])
    return Waiting(sender.known, f"tw_{number:048d}", batch)


def _enrol(url: str, objects: str, waiting: Sequence[Waiting]) -> None:
    with open_hub(url, objects) as hub, hub.database.writing() as rows:
        for each in waiting:
            devices.enrol(rows, each.known)
            devices.give_token(rows, each.device, each.token, 0)


@contextmanager
def _hubs(home: Path, database: str, objects: str, *, two: bool) -> Iterator[list[HubProcess]]:
    if two:
        with two_hubs(home, database, (objects, objects)) as hubs:
            yield hubs
        return
    hub = HubProcess(("--database", database, "--objects", objects), home / "hub.log")
    hub.start()
    try:
        yield [hub]
    finally:
        hub.kill()


def _all(waiting: Sequence[Waiting], hubs: Sequence[HubProcess], within: float) -> list[Came]:
    """Let all of them come; the wait of each."""
    addresses = [hub.url for hub in hubs]
    shares = [(waiting[part::PROCESSES], part, addresses, within) for part in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return [each for share in pool.starmap(_share, shares) for each in share]


def _share(waiting: Sequence[Waiting], part: int, hubs: list[str], within: float) -> list[Came]:
    """The workstations of one process."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    async def come() -> list[Came]:
        return await asyncio.gather(
            *(
                _Workstation(each, hubs[number % len(hubs)], part, number).come(within)
                for number, each in enumerate(waiting)
            )
        )

    return asyncio.run(come())


class _Workstation:
    """One that comes again until the hub has what it recorded."""

    def __init__(self, waiting: Waiting, url: str, part: int, number: int) -> None:
        split = urlsplit(url)
        self._waiting = waiting
        self._host, self._port = split.hostname or "", split.port or 0
        # of its own: a hub takes 256 connections from one address
        self._from = f"127.{part + 1}.{number >> 8}.{number & 255}"
        self._happened: Counter[str] = Counter()

    async def come(self, within: float) -> Came:
        """The wait, from the first try."""
        chance = random.Random(str(self._waiting.device))
        await asyncio.sleep(within * chance.random())
        begin = time.perf_counter()
        pace = Pace(BACKGROUND, BACKGROUND_ASKED)
        while True:
            try:
                await self._once()
                return Came(time.perf_counter() - begin, self._happened)
            except Interrupted as error:
                self._happened[error.what] += 1
                pace = pace.failed(Instant(0, 0))
                await asyncio.sleep(pace.pause(chance.random(), error.asked))

    async def _once(self) -> None:
        line = await self._connect()
        try:
            tips = f"GET /api/devices/{self._waiting.device}/tips HTTP/1.1"
            await self._answered(line, self._request(tips))
            await self._answered(
                line, self._request("POST /api/batches HTTP/1.1", self._waiting.batch)
            )
        finally:
            line[1].close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        connecting = asyncio.open_connection(self._host, self._port, local_addr=(self._from, 0))
        try:
            return await asyncio.wait_for(connecting, CONNECT)
        except TimeoutError as error:
            raise Interrupted("no connection") from error
        except OSError as error:
            raise Interrupted("connection refused") from error

    async def _answered(
        self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes
    ) -> None:
        """The answer is 200. Raises `Interrupted`."""
        reading = asyncio.ensure_future(_exchange(line, request))
        try:
            while not (await asyncio.wait((reading,), timeout=SILENCE))[0]:
                if not await self._is_alive():
                    raise Interrupted("given up after a silence")
            status, asked = reading.result()
        except (OSError, EOFError) as error:
            raise Interrupted("connection cut") from error
        finally:
            reading.cancel()
        if status == 503:
            raise Interrupted("asked to come again", asked)
        assert status == 200, status

    async def _is_alive(self) -> bool:
        """Whether the hub answers a small question on the side."""
        self._happened["asked whether it is alive"] += 1
        with suppress(Interrupted, OSError, EOFError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                line = await self._connect()
                try:
                    await _exchange(line, self._request("GET /api/health HTTP/1.1"))
                finally:
                    line[1].close()
                return True
        return False

    def _request(self, begin: str, body: bytes = b"") -> bytes:
        token = self._waiting.token
        head = f"{begin}\r\nHost: {self._host}\r\nAuthorization: Bearer {token}\r\n"
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        return f"{head}{length}\r\n".encode() + body


async def _exchange(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes
) -> tuple[int, float]:
    """The status of the answer, and the seconds after which the hub asks to come again."""
    reader, writer = line
    writer.write(request)
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    fields = dict(each.split(": ", 1) for each in head[1:] if ": " in each)
    await reader.readexactly(int(fields.get("content-length", "0")))
    return int(head[0].split()[1]), float(fields.get("retry-after", "0"))


def _memory(hub: HubProcess) -> int:
    """The most memory that the process had so far, in MB."""
    status = Path(f"/proc/{hub.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
