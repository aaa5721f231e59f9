"""Real processes killed with -9 at random moments, hub and workstation, over a rough link.

    python -m benchmarks.killed [--kills N] [--seed N]

Between the kills interceptions are recorded and synchronised. At the end everything is at the hub
exactly once, byte for byte, and both ends judge themselves sound.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from benchmarks.links.field import TRIES, Field
from benchmarks.links.loads import Load
from tests.chaos.run import RAM
from tests.journeys.desk import MAIN, PATIENCE, run
from tests.link.emulator import Link
from tests.link.profiles import Profile

ROUGH = Profile("rough", 8_000_000, 0.060, loss=0.005, cut_every=1.5)
LOAD = Load(photos=4, size=300_000, per_record=2)
"""What is recorded between two kills."""
LONGEST = 2.5
"""Seconds after which a process is killed at the latest."""


@dataclass
class Runs:
    """The processes of one run."""

    here: Field
    random: Random
    link: Link
    hub: subprocess.Popen[str]
    kills: Counter[str] = field(default_factory=Counter)
    records: int = 0

    def round(self, number: int) -> None:
        """Record, synchronise, kill one of the two in the middle."""
        self.record(number)
        child = self.sync()
        try:
            if self.random.random() < 0.5:
                child.wait(self.random.uniform(0.3, LONGEST))
                self.kills["ended before it was killed"] += 1
            else:
                time.sleep(self.random.uniform(0.3, LONGEST))
                self.kill_hub()
                child.wait(self.random.uniform(0.0, LONGEST))
        except subprocess.TimeoutExpired:
            self.kills["workstation"] += 1
        finally:
            child.kill()
            child.wait(PATIENCE)

    def record(self, number: int) -> None:
        """Two more interceptions."""
        files = LOAD.files(self.here.folder / f"files-{number}", first=number * LOAD.records)
        said = self.here.desk.run("record", *files)
        assert said.status == 0, said.err
        self.records += LOAD.records

    def sync(self) -> subprocess.Popen[str]:
        """`main.py sync` over the link."""
        words = self.here.desk.words("sync", "--tries", str(TRIES))
        return subprocess.Popen(
            [sys.executable, MAIN, *words],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def kill_hub(self) -> None:
        """Kill the hub and start it again at the same address."""
        self.kills["hub"] += 1
        os.kill(self.hub.pid, signal.SIGKILL)
        self.hub.communicate()
        self.hub, _ = serve(self.here, self.link.target[1])


def serve(here: Field, port: int) -> tuple[subprocess.Popen[str], int]:
    """`main.py hub serve` at the port (0: any), serving, and its port."""
    folder = here.folder / "hub"
    words = ["hub", "serve", "--listen", f"127.0.0.1:{port}", "--pages", "127.0.0.1:0"]
    words += [
        "--database",
        f"sqlite://{folder}/hub.sqlite",
        "--objects",
        f"file://{folder}/objects",
    ]
    with (here.folder / "hub.log").open("a", encoding="utf-8") as log:
        hub = subprocess.Popen(
            [sys.executable, MAIN, *words], stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert hub.stdout is not None
    return hub, urlsplit(hub.stdout.readline().split()[-1]).port or 0


def killed(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Do so many rounds and judge the end; what was killed, and how often."""
    here = Field(folder / "field")
    here.make(None)
    hub, port = serve(here, 0)
    with Link(ROUGH, ("127.0.0.1", port), seed=seed) as link:
        here.find_hub_at(link.url)
        runs = Runs(here, Random(seed), link, hub)
        try:
            for number in range(kills):
                runs.round(number)
            child = runs.sync()
            assert child.wait(PATIENCE) == 0, "the last run did not bring everything"
        finally:
            runs.hub.terminate()
            runs.hub.communicate(timeout=PATIENCE)
    judge(here, runs.records)
    runs.kills["cuts"] = link.counts.cuts
    return runs.kills


def judge(here: Field, records: int) -> None:
    """Everything is there exactly once, and both ends are sound."""
    folder = here.folder / "hub"
    rows = sqlite3.connect(f"file:{folder}/hub.sqlite?mode=ro", uri=True)
    photos = records * LOAD.per_record
    # opening and two packs, then one entry for each record
    for table, count in (("entry", 3 + records), ("interception", records), ("photo", photos)):
        (found,) = rows.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert found == count, f"{found} rows in {table}, not {count}"
    assert rows.execute("SELECT count(*) FROM tip").fetchone() == (1,)
    rows.close()
    files = [path for path in (folder / "objects" / "photos").glob("??/*") if len(path.name) == 64]
    assert len(files) == photos
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert not list((folder / "objects" / "arriving").iterdir()), "an upload was left behind"
    said = here.desk.run("verify")
    assert (said.status, said.err) == (0, ""), said
    stores = [
        "--database",
        f"sqlite://{folder}/hub.sqlite",
        "--objects",
        f"file://{folder}/objects",
    ]
    assert run(["hub", "check", *stores]).status == 0


def main() -> None:
    """Print what was killed, and that it ended well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    home = RAM if RAM.is_dir() else None
    with tempfile.TemporaryDirectory(dir=home, prefix="tidewaiter-killed-") as folder:
        happened = killed(Path(folder), given.kills, given.seed)
    for what, count in sorted(happened.items()):
        print(f"{what:30} {count}")
    print("everything is at the hub exactly once")


if __name__ == "__main__":
    main()
