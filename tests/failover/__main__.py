"""Kills a PostgreSQL primary, or one of two hubs, again and again while workstations send.

    python -m tests.failover [--rounds N] [--seed N] [--senders N] [--folder]

A primary with a replica that confirms each commit, two hubs on both, photos in a bucket (Swift;
with `--folder` in a folder), several senders and one workstation that runs `main.py record` and
`main.py sync`. Each round kills with -9 at a random moment, lets the others go on, and then puts a
fresh replica or hub in the empty seat; servers flush. No hub is started anew when a primary is
killed. At the end the hub holds every entry and photo exactly once, byte for byte, and the
workstation's journal is sound. Exit status 0 then.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hub.build import open_hub
from hub.codes import fresh_code
from storage import journal
from storage.keys import Passphrase
from storage.workstation import open_workstation
from tests.failover.judge import Others, judge
from tests.failover.senders import Sender
from tests.failover.servers import HubProcess, Pair, a_pair, two_hubs, until
from tests.hub.station import Station
from tests.hub.stored import InBucket, InFolder, Stored
from tests.journeys.conftest import INIT, WORDS
from tests.journeys.desk import Desk, a_record_file, an_item
from tests.journeys.desk import run as command
from tests.light_keys import make_lighter
from tests.s3 import a_store

LONGEST = 2.0
"""Seconds until something is killed."""
TRIES = 60
"""Of the real workstation, for one record."""


@dataclass
class RealWorkstation:
    """`main.py record` and `main.py sync`, at one hub or the other."""

    desk: Desk
    hubs: Sequence[HubProcess]
    chance: Random
    folder: Path
    records: int = 0
    happened: Counter[str] = field(default_factory=Counter)

    def work(self, enough: threading.Event) -> None:
        """Record and bring it to the hub, until there is enough."""
        while not enough.is_set():
            number = self.records
            item = {"postal_item_id": an_item(number)}
            file = a_record_file(
                self.folder,
                f"r{number}",
                shade=number % 250,
                case_ref=f"C{number}",
                consignment=item,
            )
            said = self.desk.run("record", file)
            assert said.status == 0, said.err
            self.records += 1
            self.bring()

    def bring(self) -> None:
        """Until everything is at the hub."""
        for _ in range(TRIES):
            said = self.desk.run("sync", "--hub", self.chance.choice(self.hubs).url)
            if said.status == 0:
                return
            assert "put back" not in said.err, said.err
            self.happened["sync came to no end"] += 1
        raise AssertionError(said.err)

    def others(self) -> Others:
        """What the hub should hold of it; its own judgement is asked too."""
        said = self.desk.run("verify")
        assert said.status == 0, said
        with open_workstation(self.desk.home, Passphrase(WORDS)) as ws:
            entries = tuple(entry for _, entry in journal.everything(ws.db))
        return Others(entries, self.records, 2 * self.records)


@dataclass
class Course:
    """What goes on during the rounds."""

    pair: Pair
    hubs: list[HubProcess]
    senders: list[Sender]
    chance: Random
    happened: Counter[str] = field(default_factory=Counter)
    away: list[float] = field(default_factory=list)
    """Seconds from the death of a primary until a record was at the hub again."""

    def reached(self) -> int:
        """How many records are at the hub, each with its photo."""
        return sum(len(sender.photos) for sender in self.senders)

    def round(self, failed: threading.Event) -> None:
        """Kill something, see that it goes on, and fill the empty seat."""
        threading.Event().wait(self.chance.uniform(0.1, LONGEST))
        before, begun = self.reached(), time.monotonic()
        hub = self.chance.choice(self.hubs)
        dies = self.chance.choice(("primary", "primary", "hub", "both"))
        if dies in ("hub", "both"):
            hub.kill()
        if dies in ("primary", "both"):
            self.pair.fail_over()
        until(lambda: failed.is_set() or self.reached() > before)
        if dies != "hub":
            self.away.append(time.monotonic() - begun)
        until(lambda: failed.is_set() or self.reached() >= before + len(self.senders))
        if dies in ("hub", "both"):
            hub.start()
        if dies in ("primary", "both"):
            self.pair.begin_again()
        self.happened[f"killed: {dies}"] += 1


@contextmanager
def photos(folder: Path, *, in_bucket: bool) -> Iterator[tuple[list[str], Stored]]:
    """The addresses of the photos for the two hubs, and the photos."""
    if not in_bucket:
        yield [f"file://{folder}/objects"] * 2, InFolder(folder / "objects")
        return
    with a_store(folder / "swift") as swift:
        bucket = swift.bucket()
        yield [bucket.address(folder / f"arriving-{name}") for name in "ab"], InBucket(bucket)


def run(folder: Path, given: argparse.Namespace) -> int:
    """The rounds, and the judgement."""
    chance = Random(given.seed)
    with ExitStack() as stack:
        addresses, stored = stack.enter_context(photos(folder, in_bucket=not given.folder))
        pair = stack.enter_context(a_pair(durable=True))
        hubs = stack.enter_context(two_hubs(folder, pair.url, addresses))
        senders = _senders(pair, hubs, addresses[0], given.senders, chance)
        real = _workstation(folder, pair, hubs, chance)
        course = Course(pair, hubs, senders, chance)
        enough, failed = threading.Event(), threading.Event()
        pool = stack.enter_context(ThreadPoolExecutor(len(senders) + 1))
        stack.callback(enough.set)
        workers: list[Sender | RealWorkstation] = [*senders, real]
        working = [pool.submit(each.work, enough) for each in workers]
        for each in working:
            each.add_done_callback(lambda done: failed.set() if done.exception() else None)
        for number in range(given.rounds):
            course.round(failed)
            if failed.is_set():
                break
            print(f"round {number + 1}: {course.reached()} records", flush=True)
        enough.set()
        for each in working:
            each.result(300)
        real.bring()
        entries, held = judge(pair, senders, stored, real.others())
    for worker in workers:
        course.happened += worker.happened
    for what, count in sorted(course.happened.items()):
        print(f"{what:32} {count}")
    if course.away:
        print(f"until a record went through again: at most {max(course.away):.1f} s")
    print(f"{entries} entries and {held} photos are at the hub, each exactly once")
    return 0


def _senders(
    pair: Pair, hubs: list[HubProcess], objects: str, count: int, chance: Random
) -> list[Sender]:
    """Enrolled senders, half of them at each hub."""
    senders = []
    with open_hub(pair.primary.url("hub"), objects) as hub:
        for seed in range(2, count + 2):
            sender = Sender(Station(hubs[seed % 2].url, seed), hubs, Random(chance.random()))
            sender.enrol(fresh_code(hub))
            senders.append(sender)
    return senders


def _workstation(
    folder: Path, pair: Pair, hubs: list[HubProcess], chance: Random
) -> RealWorkstation:
    """An enrolled workstation."""
    words = folder / "passphrase"
    words.write_text(WORDS + "\n", encoding="utf-8")
    words.chmod(0o600)
    desk = Desk(folder / "home", words)
    said = desk.run("init", *INIT)
    assert said.status == 0, said.err
    make_lighter(desk.home, said.out.split()[-1], WORDS)
    code = command(["hub", "code", "--database", pair.url]).out.strip()
    said = desk.run("enrol", "--hub", hubs[0].url, code)
    assert said.status == 0, said.err
    return RealWorkstation(desk, hubs, Random(chance.random()), folder / "files")


def main() -> int:
    """Exit status 0 when nothing was lost and nothing doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--senders", type=int, default=4, metavar="N")
    parser.add_argument("--folder", action="store_true", help="photos in a folder, not in a bucket")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tidewaiter-failover-") as folder:
        return run(Path(folder), given)


if __name__ == "__main__":
    sys.exit(main())
