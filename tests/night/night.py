"""A whole night: the workstation, its hub and its small disk, parcel after parcel, and what must
hold in the morning.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from acts.session import Session
from acts.station.init import make_workstation
from domain.document import parts_at, value_at
from domain.encoding import to_plain
from domain.ids import RecordId
from gui.drafts import DELETE_KEY
from gui.scanning.scan import bare
from hub.codes import fresh_code
from storage import cases, settings
from storage.check import check
from storage.identity import Station
from storage.keys import Passphrase, SystemKeyStore
from storage.workstation import Workstation, open_workstation
from sync.http.enrol import enrol
from system.shipped import shipped_packs
from tests.builders import OFFICER, a_secret_file
from tests.hub.conftest import Running, run_hub
from tests.night.hand import Gaps, Hand, three
from tests.night.kinds import KINDS
from tests.night.mishaps import Mishap
from tests.night.plan import Parcel, a_parcel
from tests.night.seat import Seat, Stuck

DISK_MB = 600
WAY = Passphrase("heron lantern quay drizzle")
NEEDS_A_DISK = "disk full"
CUTS = ("power cut", "power cut while signing")


@dataclass(frozen=True)
class Spent:
    """What one record cost."""

    parcel: int
    wrong: str
    seconds: float
    thread_ms: float
    kilobytes: int


@dataclass
class Night:
    """One workstation with its hub; `record` goes on with the next parcel."""

    folder: Path
    random: Random
    parcels: list[Parcel]
    language: str = "en"
    gaps: Gaps = three
    pictures: Path | None = None
    delete_key = DELETE_KEY
    spent: list[Spent] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)
    chained: int = -1
    _watched: bool = False

    def __post_init__(self) -> None:
        self.disk = self.folder / "disk"
        self.home = self.disk / "workstation"
        key = a_secret_file(self.folder / "passphrase.txt", WAY.text)
        for name in ("camera", "desk", "hub"):
            (self.folder / name).mkdir()
        self.seat = Seat(self.home, key)
        self.hand = Hand(self.seat, self.random, self.gaps, self.folder / "camera", self.language)
        secrets: dict[str, str] = {}
        self._quick_way = SystemKeyStore(secrets.get, secrets.__setitem__)
        """Costs no derivation of a key; the desk is opened by the passphrase."""
        self._hub: ExitStack | None = None
        self._port = 0
        self._hub_back = -1

    @contextmanager
    def open(self) -> Iterator[Night]:
        """The night, from the making of the workstation to the closing of all."""
        try:
            self.disk.mkdir()
            self.small = mount(self.disk)
            self._start_hub()
            self._make()
            self.seat.sit_down()
            yield self
        finally:
            self.seat.leave()
            self._stop_hub()
            if self.small:
                subprocess.run(["umount", "-l", self.disk], check=True)

    def _make(self) -> None:
        station = Station(name="bench", post="MCN", country="XA", number=1)
        ways, packs = (WAY, self._quick_way), shipped_packs()
        make_workstation(self.home, station, ways, packs, session=Session("admin"))
        with open_workstation(self.home, self._quick_way) as ws:
            wanted = [settings.OFFICER.to(OFFICER), settings.LANGUAGE.to(self.language)]
            settings.write(ws.db, wanted)
            enrol(ws, self._running.url, fresh_code(self._running.hub))

    # parcel by parcel

    def work(self) -> None:
        """All parcels."""
        for parcel in self.parcels:
            self.record(parcel)

    def record(self, parcel: Parcel) -> None:
        """One parcel from the label to the number."""
        begun, before = time.monotonic(), self.seat.sight["thread_ms"]
        mishap = KINDS.get(parcel.wrong, Mishap)(self, parcel)
        self.happened[parcel.wrong] += 1
        try:
            self._record(parcel, mishap)
        except Stuck as error:
            self._picture(f"stuck-{parcel.number:03}")
            what = f"parcel {parcel.number} ({parcel.wrong or 'nothing wrong'}): {error}"
            raise Stuck(what) from error
        sight = self.seat.sight
        self.spent.append(
            Spent(parcel.number, parcel.wrong, time.monotonic() - begun,
                  sight["thread_ms"] - before, sight["kilobytes"])
        )  # fmt: skip

    def _record(self, parcel: Parcel, mishap: Mishap) -> None:
        if self._hub_back == parcel.number:
            self._start_hub()
        mishap.before()
        if self.chained != parcel.number:
            self.hand.begin(parcel)
        if parcel.photo_way == "folder" and not self._watched:
            self.hand.watch_the_camera()
            self._watched = True
        mishap.begun()
        self.hand.fill(parcel, mishap.at)
        mishap.full()
        self.hand.add_photos(parcel)
        if parcel.wrong:
            self._picture(f"{parcel.number:03}-{parcel.wrong.replace(' ', '-')}")
        mishap.finalise()
        sight = self.seat.look(messages=[])
        if sight["finals"] != parcel.number + 1:
            raise Stuck(f"{sight['finals']} records are final after {parcel.number + 1} parcels")

    def _picture(self, name: str) -> None:
        if self.pictures is not None:
            self.seat.picture(self.pictures / f"{name}.png")

    def after(self, parcel: Parcel) -> Parcel | None:
        """The next parcel, which is begun now."""
        if parcel.number + 1 >= len(self.parcels):
            return None
        self.chained = parcel.number + 1
        return self.parcels[self.chained]

    def used_bag(self) -> str:
        """The bag of a record that is final."""
        return self.random.choice(self.parcels[: self.seat.sight["finals"]]).bag

    # what happens to the machine

    def cut_power(self, wait: float = 0.0, *keys: str) -> None:
        """Kill the desk, some seconds after these keys, and start it again."""
        if keys:
            self.seat.press_and_kill([(key, 0) for key in keys], wait)
        else:
            self.seat.kill()
        self.seat.sit_down()

    def hub_goes(self, for_parcels: int) -> None:
        """Nothing answers at the hub's address."""
        self._stop_hub()
        self._hub_back = self.seat.sight["finals"] + for_parcels

    def _start_hub(self) -> None:
        if self._hub is None:
            self._hub = ExitStack()
            self._running: Running = self._hub.enter_context(
                run_hub(self.folder / "hub", port=self._port)
            )
            self._port = urlsplit(self._running.url).port or 0

    def _stop_hub(self) -> None:
        if self._hub is not None:
            self._hub.close()
            self._hub = None

    def fill_disk(self) -> None:
        """Leave no room on the disk of the workstation."""
        filler = self.disk / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free_disk(self) -> None:
        """Give the room back."""
        (self.disk / "filler").unlink()

    # the morning

    def end(self) -> None:
        """All goes to the hub, the desk is closed, and what was recorded is compared."""
        self._start_hub()
        self.hand.press("F7", "Ctrl+Enter", waiting=0)
        self.hand.press("F2", messages=[])
        self._picture("morning")
        status = self.seat.close()
        if status != 0:
            raise Stuck(f"the desk ended with {status}")
        with open_workstation(self.home, self._quick_way) as ws:
            health = check(ws)
            if not health.sound:
                raise Stuck(f"the folder is damaged: {health.findings}")
            self._compare(ws)
            self._compare_hub(ws)

    def _compare(self, ws: Workstation) -> None:
        rows = ws.db.execute("SELECT record FROM record ORDER BY record").fetchall()
        if len(rows) != len(self.parcels):
            raise Stuck(f"{len(rows)} records of {len(self.parcels)} parcels")
        for parcel, (record,) in zip(self.parcels, rows, strict=True):
            held = to_plain(cases.complete(ws.db, RecordId(record)))
            for path, value in parcel.held().items():
                if not _is_kept(value_at(held, path), value):
                    raise Stuck(f"parcel {parcel.number}: {path} is {value_at(held, path)!r}")
            photos = [str(photo["sha256"]) for photo in parts_at(held, "photos")]
            if sorted(photos) != sorted(each.hex() for each in parcel.photos):
                raise Stuck(f"parcel {parcel.number}: {len(photos)} photos")
        drafts = ws.db.execute("SELECT count(*) FROM draft").fetchone()[0]
        if drafts:
            raise Stuck(f"{drafts} drafts are left")

    def _compare_hub(self, ws: Workstation) -> None:
        ours = {bytes(row[0]) for row in ws.db.execute("SELECT hash FROM entry").fetchall()}
        with self._running.hub.database.reading() as rows:
            theirs = [bytes(row[0]) for row in rows.execute("SELECT hash FROM entry").fetchall()]
            photos = [bytes(row[0]) for row in rows.execute("SELECT hash FROM photo").fetchall()]
        if sorted(theirs) != sorted(ours):
            raise Stuck(f"the hub holds {len(theirs)} entries of {len(ours)}")
        taken = sorted({photo for parcel in self.parcels for photo in parcel.photos})
        if sorted(photos) != taken:
            raise Stuck(f"the hub holds {len(photos)} photos of {len(taken)}")


def may_mount() -> bool:
    """Whether a disk can be mounted here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def mount(folder: Path) -> bool:
    """Put a small disk of its own there; False where the system does not let us."""
    if not may_mount():
        return False
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def _is_kept(held: object, typed: object) -> bool:
    """Bags are kept without dashes, and the month in a code as its last day."""
    if isinstance(typed, str):
        return bare(str(held)).startswith(bare(typed))
    return held == typed


def a_night_of(parcels: int, random: Random, language: str, kinds: Sequence[str]) -> list[Parcel]:
    """The parcels of a night: each kind of mishap at least once, else one in ten.

    Power is cut in the first quarter and at the end only, so that the memory of one process is
    measured over the rest.
    """
    made = [a_parcel(number, random, language) for number in range(parcels)]
    wrong = [kinds[place % len(kinds)] for place in range(max(len(kinds), parcels // 10))]
    free = list(range(1, parcels))
    for kind in sorted(wrong, key=lambda kind: kind not in CUTS):
        outer = [n for n in free if n < parcels // 4 or n >= parcels - 5]
        number = random.choice(outer if kind in CUTS and outer else free)
        free.remove(number)
        made[number].wrong = kind
    return made
