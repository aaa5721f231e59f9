"""A workstation and a hub as real processes, and the link emulator between them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.links.loads import Load
from storage.keys import Passphrase
from storage.workstation import open_workstation
from tests.builders import known_at
from tests.hub.test_tls import self_signed
from tests.journeys.desk import MAIN, PATIENCE, Desk, HubChild
from tests.link.emulator import Counts, Link
from tests.link.profiles import Profile

WORDS = "harbour lantern sevenfold quartz meadow"
LOOK = 0.02
"""Seconds between two looks at the hub's database."""
TRIES = 1_000


@dataclass
class Field:
    """The folders of one workstation and of its hub, at rest."""

    folder: Path

    @property
    def desk(self) -> Desk:
        """The workstation."""
        return Desk(self.folder / "home", self.folder / "passphrase")

    @property
    def certificate(self) -> Path:
        """The certificate of the hub for the address of this machine."""
        return self.folder / "tls" / "hub.pem"

    def make(self, load: Load | None) -> None:
        """Set both up by the real commands: enrolled, and with the load recorded."""
        self.folder.mkdir(parents=True)
        self.desk.passphrase.write_text(WORDS + "\n", encoding="utf-8")
        self.desk.passphrase.chmod(0o600)
        self._do("init", "--post", "MCN", "--country", "XA", "--number", "1", "--officer", "admin")
        self_signed(self.folder / "tls")
        with self.hub() as hub:
            self._do("enrol", "--hub", hub.url, hub.code())
        if load is not None:
            files = load.files(self.folder / "files")
            self._do("record", *files)
            shutil.rmtree(self.folder / "files")

    def _do(self, *words: str | Path) -> None:
        said = self.desk.run(*words)
        assert said.status == 0, said.err

    def find_hub_at(self, url: str) -> None:
        """Let the workstation know its hub by this address, as if it had enrolled there: at another
        one the hub has to prove its key first, which costs a round trip.
        """
        with open_workstation(self.desk.home, Passphrase(WORDS)) as ws:
            known_at(ws, url)

    def copied_to(self, folder: Path) -> Field:
        """The same at another place."""
        shutil.copytree(self.folder, folder)
        return Field(folder)

    @contextmanager
    def hub(self, *, tls: bool = False) -> Iterator[HubChild]:
        """`main.py hub serve` until the caller is done with it."""
        hub = HubChild("", self.folder / "hub")
        hub.folder.mkdir(exist_ok=True)
        words = ["hub", "serve", "--listen", "127.0.0.1:0", "--pages", "127.0.0.1:0"]
        words += ["--database", hub.database, "--objects", hub.objects]
        if tls:
            key = self.certificate.with_suffix(".key")
            words += ["--certificate", str(self.certificate), "--private-key", str(key)]
        with (self.folder / "hub.log").open("a", encoding="utf-8") as log:
            child = subprocess.Popen(
                [sys.executable, MAIN, *words], stdout=subprocess.PIPE, stderr=log, text=True
            )
            assert child.stdout is not None
            try:
                hub.url = child.stdout.readline().split()[-1]
                yield hub
            finally:
                child.terminate()
                child.communicate(timeout=PATIENCE)


@dataclass
class Held:
    """What the hub holds, looked up in its database by another process."""

    folder: Path
    connection: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = sqlite3.connect(f"file:{self.folder}/hub.sqlite?mode=ro", uri=True)

    def count(self, table: str) -> int:
        """How many rows the table has."""
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@dataclass
class Measured:
    """One run of the command; seconds are since its first connection, None when not reached."""

    records: float | None = None
    photos: float | None = None
    ended: float | None = None
    status: int | None = None
    counts: Counts = field(default_factory=Counts)


def sync_over(
    here: Field,
    profile: Profile,
    load: Load,
    *,
    seed: int = 1,
    tls: bool = False,
    limit: float = 900.0,
    first: tuple[str, ...] = (),
) -> Measured:
    """Run `main.py sync` over the link until it ends, at most `limit` seconds.

    `first` is another program than `main.py sync` with its arguments.
    """
    with here.hub(tls=tls) as hub:
        held = Held(hub.folder)
        address = urlsplit(hub.url)
        with Link(profile, (address.hostname or "", address.port or 0), seed=seed) as link:
            here.find_hub_at(f"{address.scheme}://127.0.0.1:{link.port}")
            authority = ["--authority", str(here.certificate)] if tls else []
            words = ["sync", "--tries", str(TRIES), *authority]
            child = subprocess.Popen(
                [*(first or (sys.executable, MAIN)), *here.desk.words(*words)],
                stdout=subprocess.DEVNULL,
                stderr=(here.folder / "sync.log").open("a"),
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )
            try:
                return _watch(child, link, held, load, limit)
            finally:
                child.kill()
                child.wait()


def _watch(
    child: subprocess.Popen[bytes], link: Link, held: Held, load: Load, limit: float
) -> Measured:
    found = Measured()
    while link.seconds < limit:
        ended = child.poll()
        if found.records is None and held.count("interception") >= load.records:
            found.records = link.seconds
        if found.photos is None and held.count("photo") >= load.photos:
            found.photos = link.seconds
        if ended is not None:
            found.ended, found.status = link.seconds, ended
            break
        time.sleep(LOOK)
    found.counts = link.counted()
    return found
