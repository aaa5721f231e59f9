"""The parts of a history: folders of workstations, the hub, and their clocks."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from acts.session import Session
from acts.station.init import make_workstation
from domain.entry import Entry
from domain.ids import PhotoHash
from domain.instant import Instant
from hub.backup import back_up, prepare
from hub.build import api, begin_epoch, open_hub
from hub.check import check
from hub.codes import fresh_code
from hub.hub import Hub
from hub.packs import open_library
from hub.serving.arrivals import Arrivals
from storage import journal
from storage.identity import Station
from storage.keys import SystemKeyStore
from storage.workstation import Workstation, open_workstation
from sync.http.enrol import enrol
from system.clock import Uptime
from system.shipped import shipped_packs
from tests.builders import NIGHT
from tests.chaos.net import Net, installed

PORT = 8443
URL = f"http://127.0.0.1:{PORT}"
ADMIN = Session("admin")


class Clock:
    """The true time, which only grows, and what one machine makes of it."""

    def __init__(self, true: TrueTime) -> None:
        self._true = true
        self.ahead = 0
        """Milliseconds that this clock shows too much; negative when it is behind."""
        self.boots = 0

    def __call__(self) -> Instant:
        return Instant(self._true.millis + self.ahead, NIGHT.offset_minutes)

    def uptime(self) -> Uptime:
        """How long the computer has been running."""
        return Uptime(f"start {self.boots}", self._true.millis - NIGHT.millis)


@dataclass
class TrueTime:
    """The time of a history; waiting costs nothing."""

    millis: int = NIGHT.millis

    def pass_by(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.millis += round(seconds * 1000)


@dataclass
class Machine:
    """One folder of a workstation, opened when it is needed. Two folders may be one device."""

    name: str
    home: Path
    way: SystemKeyStore
    clock: Clock
    random: Random
    noted: int = 0
    """The last row of the journal that the ledger knows."""
    kept: set[bytes] = field(default_factory=set)
    """The photos that were stored in this folder."""
    _ws: Workstation | None = None

    @property
    def ws(self) -> Workstation:
        """The open workstation."""
        if self._ws is None:
            self._ws = open_workstation(
                self.home,
                self.way,
                now=self.clock,
                uptime=self.clock.uptime,
                random=self.random.randbytes,
            )
        return self._ws

    def close(self) -> None:
        """End the program; the folder stays."""
        if self._ws is not None:
            self._ws.close()
            self._ws = None

    def copy_to(self, folder: Path) -> None:
        """Copy the folder, as a backup or a second computer gets it."""
        self.close()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.home, folder)

    def become(self, folder: Path) -> None:
        """Put the copy in the place of the folder."""
        self.close()
        shutil.rmtree(self.home)
        shutil.copytree(folder, self.home)
        self.noted = 0


@dataclass
class HubSite:
    """The hub's folder and the hub that serves it."""

    folder: Path
    clock: Clock
    random: Random
    net: Net
    backups: list[Path] = field(default_factory=list)
    _hub: Hub | None = None

    @property
    def hub(self) -> Hub:
        """The hub, serving."""
        if self._hub is None:
            self._hub = self._opened()
            library = open_library(self._hub.database)
            self.net.apps[PORT] = api(self._hub, library, Arrivals(self._hub.database))
        return self._hub

    def _opened(self, *, accept_folder: bool = False) -> Hub:
        return open_hub(
            f"sqlite://{self.folder}/hub.sqlite",
            f"file://{self.folder}/objects",
            accept_folder=accept_folder,
            now=self.clock,
            random=self.random.randbytes,
        )

    def close(self) -> None:
        """Stop the hub."""
        self.net.apps.pop(PORT, None)
        if self._hub is not None:
            self._hub.close()
            self._hub = None

    def start(self) -> None:
        """Serve, also after a stop."""
        assert self.hub

    def back_up(self) -> None:
        """`hub backup` into the folder beside the hub."""
        folder = self.folder.with_name("backup")
        if not self.backups:
            prepare(self.hub, folder)
        self.backups.append(back_up(self.hub, folder).database)

    def restore(self, number: int) -> None:
        """The restore drill of docs/hub.md, with one of the backups."""
        if not self.backups:
            return
        copy = self.backups[number % len(self.backups)]
        self.close()
        for file in self.folder.glob("hub.sqlite*"):
            file.unlink()
        shutil.copy2(copy, self.folder / "hub.sqlite")
        shutil.rmtree(self.folder / "objects")
        shutil.copytree(copy.parent.parent / "photos", self.folder / "objects" / "photos")
        # the folder of backups may hold photos that came after this copy of the database
        with closing(self._opened(accept_folder=True)) as restored:
            check(restored, ask_again=True)
        self.start()

    def begin_epoch(self) -> None:
        """`hub check --new-epoch`, while the hub is not served."""
        url = f"sqlite://{self.folder}/hub.sqlite"
        begin_epoch(url, now=self.clock, random=self.random.randbytes)

    def entries(self) -> dict[bytes, Entry]:
        """What the hub holds, by hash; the bytes are hashed again."""
        with self.hub.database.reading() as rows:
            found = rows.execute("SELECT hash, bytes, signature FROM entry").fetchall()
        held = {}
        for name, data, signature in found:
            assert hashlib.sha256(data).digest() == bytes(name), "an entry under another name"
            held[bytes(name)] = Entry(bytes(data), bytes(signature))
        assert len(held) == len(found), "an entry twice"
        return held

    def photos(self) -> set[bytes]:
        """The photos that the hub lists and whose bytes are in its folder, hashed again."""
        with self.hub.database.reading() as rows:
            listed = [bytes(row[0]) for row in rows.execute("SELECT hash FROM photo").fetchall()]
        assert len(set(listed)) == len(listed), "a photo twice"
        return {name for name in listed if self.has_bytes(name)}

    def has_bytes(self, name: bytes) -> bool:
        """Whether the file of the photo has the bytes that its name says."""
        try:
            return hashlib.sha256(self.photo_file(name).read_bytes()).digest() == name
        except FileNotFoundError:
            return False

    def photo_file(self, name: bytes) -> Path:
        """Where docs/hub.md says that the photo lies."""
        text = name.hex()
        return self.folder / "objects" / "photos" / text[:2] / text


@dataclass(frozen=True)
class Template:
    """Enrolled workstations and their hub, made once and copied for each history."""

    folder: Path
    stores: tuple[Mapping[str, str], ...]

    @classmethod
    def make(cls, folder: Path, stations: int, random: Random) -> Template:
        """Set up the hub and so many workstations, enrolled and brought up to date."""
        true = TrueTime()
        folder.mkdir(parents=True)
        (folder / "hub").mkdir()
        stores: list[dict[str, str]] = [{} for _ in range(stations)]
        with installed(Net()) as net:
            site = HubSite(folder / "hub", Clock(true), random, net)
            site.start()
            for number, store in enumerate(stores, start=1):
                _enrolled(folder / f"station-{number}", number, store, site, random)
            site.close()
        return cls(folder, tuple(stores))

    def copy_to(self, folder: Path, net: Net, random: Random) -> tuple[HubSite, list[Machine]]:
        """A hub and its workstations of their own."""
        true = TrueTime()
        shutil.copytree(self.folder, folder)
        site = HubSite(folder / "hub", Clock(true), random, net)
        machines = [
            Machine(f"station {n}", folder / f"station-{n}", _way(dict(store)), Clock(true), random)
            for n, store in enumerate(self.stores, start=1)
        ]
        return site, machines


def _way(store: dict[str, str]) -> SystemKeyStore:
    return SystemKeyStore(store.get, store.__setitem__)


def _enrolled(
    home: Path, number: int, store: dict[str, str], site: HubSite, random: Random
) -> None:
    station = Station(name=f"bench {number}", post="MCN", country="XA", number=number)
    make_workstation(
        home, station, (_way(store),), shipped_packs(), session=ADMIN,
        now=site.clock, random=random.randbytes,
    )  # fmt: skip
    machine = Machine("new", home, _way(store), site.clock, random)
    with closing(machine):
        enrol(machine.ws, URL, fresh_code(site.hub))


def journal_of(machine: Machine) -> dict[bytes, Entry]:
    """All entries in the journal of the folder, by hash."""
    return {entry.hash.raw: entry for _, entry in journal.everything(machine.ws.db)}


def named_by(machine: Machine) -> set[bytes]:
    """The photos that the records of the folder name."""
    rows = machine.ws.db.execute("SELECT DISTINCT hash FROM record_photo").fetchall()
    return {bytes(row[0]) for row in rows}


def originals_of(machine: Machine) -> set[bytes]:
    """Those of them whose bytes are in the folder."""
    return {name for name in named_by(machine) if machine.ws.photos.has(PhotoHash(name))}
