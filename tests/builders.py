"""Data with good defaults for tests, so that a test shows only what matters to it."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from acts.interception.add_photo import add_photo
from acts.interception.amend import begin_amendment
from acts.interception.begin_draft import begin_draft, over
from acts.interception.finalise import finalise
from acts.interception.save_draft import save_draft
from acts.session import Session
from acts.station.init import make_workstation
from domain.encoding import to_plain
from domain.ids import HubId, PackHash, PhotoHash, RecordId
from domain.instant import Instant
from domain.pack.checklist import Checklist
from domain.pack.read import read_pack
from domain.statement import Acknowledgement, HeldPhoto, Level, Tip
from storage import drafts, hub_memory, journal
from storage.hub_memory import HubFact
from storage.identity import Station
from storage.keys import SystemKeyStore
from storage.workstation import Workstation, open_workstation
from system.clock import Uptime
from system.database import transaction
from system.shipped import shipped_packs, terms

NIGHT = Instant.parse("2026-11-23T03:12:08.000+01:00")
OFFICER = "4417"
BEGUN = 1 + len(shipped_packs())
"""Entries of a workstation that has just begun: its opening, and the packs that ship."""
SESSION = Session(OFFICER)


def a_checklist(name: str = "SAMPLE-MED") -> Checklist:
    """A pack that ships."""
    data = shipped_packs()[name]
    return Checklist(read_pack(data, name), PackHash.of(data), terms())


def a_category(checklist: Checklist, group: str) -> str:
    """The first category whose goods are like that profile of the program."""
    kinds = ((one.code, checklist.goods_kind(one.code)) for one in checklist.pack.categories)
    return next(code for code, kind in kinds if kind is not None and kind.group == group)


def a_photo(shade: int = 90, size: tuple[int, int] = (320, 240)) -> bytes:
    """A small JPEG; another shade is another photo."""
    out = io.BytesIO()
    Image.new("RGB", size, (shade % 256, shade // 256 % 256, 160)).save(
        out, "JPEG", comment=str(shade)
    )
    return out.getvalue()


def a_bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    side = (30_000).to_bytes(4, "big")
    head = chunk(b"IHDR", side + side + b"\x08\x00\x00\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000)))


def a_document(**changes: Any) -> dict[str, Any]:
    """What an officer typed of a mail packet with pregabalin, complete but for its photos.

    `changes` go over it group by group; a list is replaced whole.
    """
    ground: dict[str, Any] = {
        "officer": OFFICER,
        "post": "MCN",
        "occasion": {
            "seized_at": str(NIGHT),
            "place_text": "Mail Centre North",
            "place_type": "mail_centre",
            "customs_direction": "import",
        },
        "consignment": {
            "mode": "mail",
            "postal_item_id": "RR 473 124 829 GB",
            "declaration": {"form": "cn22", "cn_category": "gift", "description": "cosmetics"},
        },
        "route": {"dispatch_country": "GB", "destination_country": "XA"},
        "detection": {"methods": ["XRAY"]},
        "goods": [a_line()],
        "legal": {
            "action": "seizure",
            "legal_basis": ["SAMPLE-MEDICINES-4"],
            "grounds": "Forty blisters between two layers of hand cream; no import licence.",
        },
    }
    return over(ground, changes)


def a_line(**changes: Any) -> dict[str, Any]:
    """One line of goods as typed."""
    line: dict[str, Any] = {
        "category": "MED_PREGAB",
        "description": "Capsules in blisters",
        "packs": "40",
        "units_per_pack": "14",
        "unit": "capsule",
        "reasons": ["NO_AUTHORISATION"],
        "medicine": {"inn": "pregabalin", "strength": "150 mg", "lot": "B2291"},
    }
    return over(line, changes)


class Clock:
    """A clock that stands still until it is set on, and the time since the computer started."""

    def __init__(self, now: Instant = NIGHT) -> None:
        self.now = now
        self.since_start = Uptime("first start", 3_600_000)

    def __call__(self) -> Instant:
        return self.now

    def uptime(self) -> Uptime:
        """How long the computer has been running."""
        return self.since_start

    def go(self, minutes: int) -> None:
        """Let so many minutes pass."""
        self.now = self.now.plus(minutes=minutes)
        start = self.since_start
        self.since_start = Uptime(start.boot, start.millis + minutes * 60_000)

    def set(self, now: Instant) -> None:
        """Somebody sets the wall clock."""
        self.now = now

    def start_anew(self, boot: str = "second start") -> None:
        """The computer is switched off and on; the wall clock goes on."""
        self.since_start = Uptime(boot, 0)


class Place:
    """A workstation's folder that a test opens, leaves, damages and opens again."""

    def __init__(
        self, home: Path, number: int = 1, packs: Mapping[str, bytes] | None = None
    ) -> None:
        self.home = home
        self.clock = Clock()
        self._store: dict[str, str] = {}
        self.way = SystemKeyStore(self._store.get, self._store.__setitem__)
        station = Station(name="bench", post="MCN", country="XA", number=number)
        self.recovery = make_workstation(
            home,
            station,
            (self.way,),
            shipped_packs() if packs is None else packs,
            session=Session("admin"),
            now=self.clock,
        )

    @classmethod
    def alike(cls, home: Path) -> Place:
        """The first workstation of this process once more, at `home`: quicker than a new one.

        Its keys are those of every other place that is made so; a test that needs two
        workstations makes the second one new.
        """
        first = _first_place()
        shutil.copytree(first.home, home)
        place = copy(first)
        place.home = home
        place.clock = Clock()
        place._store = dict(first._store)
        place.way = SystemKeyStore(place._store.get, place._store.__setitem__)
        return place

    def open(self) -> Workstation:
        """The workstation; the caller closes it."""
        return open_workstation(self.home, self.way, now=self.clock, uptime=self.clock.uptime)


@cache
def _first_place() -> Place:
    folder = Path(tempfile.mkdtemp(prefix="first-place-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Place(folder / "workstation")


def a_secret_file(path: Path, text: str) -> Path:
    """A file with a passphrase or a recovery key that its owner alone can read."""
    path.write_text(f"{text}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def a_draft(ws: Workstation, document: Mapping[str, Any] | None = None) -> RecordId:
    """A draft with the photos that its checklist requires."""
    checklist = next(c for c in ws.checklists() if c.pack.id == "SAMPLE-MED")
    record = begin_draft(ws, checklist, SESSION)
    held: Any = over(drafts.draft(ws.db, record).document, document or a_document())
    categories = tuple(line["category"] for line in held["goods"])
    shade = int.from_bytes(ws.random(2), "big")
    held["photos"] = [
        to_plain(
            add_photo(ws, a_photo(shade + n), file_name=f"{role}.jpg", role=role, source="camera")
        )
        for n, role in enumerate(checklist.required_photos(categories))
    ]
    save_draft(ws, record, held)
    return record


def begin_changed(ws: Workstation, record: RecordId, remarks: str = "Second look.") -> None:
    """An amendment is begun in which the remarks are different."""
    begin_amendment(ws, record)
    save_draft(ws, record, over(drafts.draft(ws.db, record).document, {"remarks": remarks}))


def a_final(ws: Workstation, document: Mapping[str, Any] | None = None) -> RecordId:
    """An interception that is final."""
    record = a_draft(ws, document)
    finalise(ws, record, SESSION)
    return record


def a_statement(
    ws: Workstation,
    epoch: str = "1-a",
    *,
    at: Instant = NIGHT,
    level: Level | None = None,
    photos: Iterable[PhotoHash] = (),
    nonce: str = "",
) -> Acknowledgement:
    """What a hub states of `ws`: that it holds all entries and these photos at `level`, or none."""
    ends = journal.tips(ws.db, ws.device) if level else ()
    return Acknowledgement(
        hub=HubId.from_random(bytes(10)),
        epoch=epoch,
        device=ws.device,
        at=at,
        tips=tuple(Tip(name, seq, level) for name, seq in ends if level),
        photos=tuple(HeldPhoto(photo, level) for photo in photos if level),
        refused=(),
        branched=False,
        nonce=nonce,
    )


def known_at(ws: Workstation, url: str) -> Workstation:
    """The workstation, as if it had enrolled at its hub by this address."""
    with transaction(ws.db):
        hub_memory.remember(ws.db, HubFact.URL, url.encode())
    return ws
