"""What a page costs with a sign-in and its note in the audit, against the same page without.

    python -m benchmarks.hub_signed_in [--engine postgresql] [--records N] [--turns N]

Two hubs with the same rows, each a process of its own, one of them without sign-in, are asked in
turns; a static file, which needs no sign-in at either, shows what the two differ by themselves.
The processor time is that of the hub's process, without the server of PostgreSQL.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import httpx2

from benchmarks.filled import Recorder, batches, enrol, fill
from benchmarks.hub import urls
from benchmarks.hub_pages import served
from hub.build import open_hub
from hub.people.roles import Role
from tests.hub.engines import Url
from tests.hub.people import Person, a_person

PATHS = ("/static/style.css", "/", "/rows", "/devices")
SAME_PAGE = {"Sec-Fetch-Site": "same-origin"}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000, metavar="N")
    parser.add_argument("--turns", type=int, default=101, metavar="N")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    with urls(given.engine) as url, tempfile.TemporaryDirectory() as folder:
        free, closed = Path(folder, "free"), Path(folder, "closed")
        for home in (free, closed):
            record = _fill(home, url, given.records)
        person = _person(closed, url)
        with served(free, url) as (_, open_pages), served(closed, url, sign_in=True) as (_, pages):
            anybody, one = httpx2.Client(base_url=open_pages), _signed_in(pages, person)
            with closing(anybody), closing(one):
                print("| page | ms without | ms with sign-in | x | of the processor, x |")
                print("| --- | --- | --- | --- | --- |")
                asked = tuple(
                    (client, _process(home)) for client, home in ((anybody, free), (one, closed))
                )
                for path in (*PATHS, f"/interceptions/{record}"):
                    _in_turns(path, asked, given.turns)


def _fill(home: Path, url: Url, count: int) -> str:
    """The record of an interception of a hub with so many, the same each time."""
    home.mkdir()
    with open_hub(url(home), f"file://{home}/objects") as hub:
        senders = [Recorder(number) for number in (1, 2)]
        enrol(hub, senders)
        sent = list(batches(senders, count, 50))
        fill(hub, sent)
    return sent[0].entries[-1].subject


def _person(home: Path, url: Url) -> Person:
    with open_hub(url(home), f"file://{home}/objects") as hub:
        return a_person(hub, "bench", Role.ADMINISTRATOR)


def _signed_in(pages: str, person: Person) -> httpx2.Client:
    client = httpx2.Client(base_url=pages, headers=SAME_PAGE, timeout=60)
    typed = person.typed(code=person.recovery[0])  # that of the authenticator counts once
    answer = client.post("/sign-in", data=typed)
    assert answer.status_code == 303, answer.text
    return client


def _process(home: Path) -> Path:
    """Where the system tells the times of the child that serves the hub in the folder."""
    (found,) = (
        each.parent
        for each in Path("/proc").glob("[0-9]*/cmdline")
        if f"file://{home}/objects".encode() in each.read_bytes().split(b"\0")
    )
    return found / "stat"


def _in_turns(path: str, asked: Sequence[tuple[httpx2.Client, Path]], turns: int) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    used = [0, 0]
    for _ in range(turns):
        for number, (client, process) in enumerate(asked):
            before = _ticks(process)
            begin = time.perf_counter()
            answer = client.get(path)
            times[number].append(time.perf_counter() - begin)
            used[number] += _ticks(process) - before
            assert answer.status_code == 200, (path, answer.status_code)
    one, other = (statistics.median(found) * 1_000 for found in times)
    processor = used[1] / max(1, used[0])
    print(f"| `{path[:20]}` | {one:.1f} | {other:.1f} | {other / one:.2f} | {processor:.2f} |")


def _ticks(process: Path) -> int:
    """The processor time of a process so far, in the system's ticks: ten milliseconds."""
    return sum(map(int, process.read_text().rpartition(")")[2].split()[11:13]))


if __name__ == "__main__":
    main()
