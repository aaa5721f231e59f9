"""Fills a hub as quickly as its engine allows, with the rows that its intake would have written.

The entries are real: each has its place in the chain of its workstation, its hash and, unless they
are many, its signature. They are made from the bytes of one interception (3 kB, four photos that
have not arrived, a postal item of its own) in which what differs is replaced. A test compares every
table of a hub filled like this with one that took the same batches.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash, PhotoHash, RecordId
from domain.instant import Instant
from domain.interception.conveyance import Consignment
from domain.interception.media import Photo
from domain.signing import ENTRY
from hub.hub import Hub
from hub.listing import listings
from hub.store.postgres.rows import PostgresRows
from hub.store.sql import devices, margins, news
from hub.store.sql.devices import Device
from hub.store.sql.margins import Counts
from system.database import Connection, Row
from tests.hub.station import Station

FIRST = Instant.parse("2026-01-01T00:00:00.000+00:00")
PHOTOS = 4
AT_ONCE = 4_000
"""Entries of a transaction."""
WORDS = "found under the parcel's second floor " * 45


class Recorded(NamedTuple):
    """An entry of a workstation, and what of it is in the tables."""

    entry: bytes
    signature: bytes
    hash: bytes
    seq: int
    prev: bytes
    kind: str
    subject: str
    number: str
    item: str
    photos: tuple[bytes, ...]

    def read(self) -> Entry:
        """As the intake has it."""
        return Entry(self.entry, self.signature)


class Recorder:
    """A workstation whose interceptions cost next to nothing; `signs` unless nobody looks."""

    def __init__(self, number: int, *, signs: bool = True) -> None:
        self._station = Station("http://127.0.0.1", number)
        self._station.http.close()
        self._signs = signs
        self._chance = random.Random(number)
        opened = self._station.chain[0]
        self.opened = Recorded(
            opened.bytes, opened.signature, opened.hash.raw, 1, bytes(32), opened.head.kind,
            opened.head.subject, "", "", (),
        )  # fmt: skip
        self._before = self.opened
        self._photos = tuple(PhotoHash.of(b"%d" % each) for each in range(PHOTOS))
        photos = tuple(Photo(sha256=each, role="overview", size=1) for each in self._photos)
        item = Consignment(mode="mail", postal_item_id="RR000000000GB")
        first = self._station.finalise(photos=photos, remarks=WORDS, consignment=item)
        self._summary = _summary(first)
        self._first = first
        named = [first.head.subject, *map(str, self._photos), "RR000000000GB"]
        named += [f"XA-MCN{number}-2026-000001", '"seq":2,', f'"prev":"{opened.hash}"']
        self._pieces = re.split(f"({'|'.join(map(re.escape, named))})".encode(), first.bytes)

    @property
    def device(self) -> DeviceId:
        """Its id."""
        return self._station.device

    @property
    def known(self) -> Device:
        """As a hub knows it."""
        key = self._station.key.verify_key
        return Device(self.device, key, "", "MCN", self._station.number, 0, 0)

    @property
    def summary(self) -> str:
        """What the list shows of each of its interceptions."""
        return self._summary

    def record(self, at: Instant) -> Recorded:
        """Its next interception, begun at `at`."""
        seq, before = self._before.seq + 1, self._before.hash
        record = str(RecordId.make(at, self._chance.randbytes(10)))
        number = f"XA-MCN{self._station.number}-2026-{seq - 1:06d}"
        item = f"RR{self._chance.randrange(10**9):09d}GB"
        photos = tuple(self._chance.randbytes(32) for _ in range(PHOTOS))
        words = {
            self._first.head.subject: record,
            "RR000000000GB": item,
            f"XA-MCN{self._station.number}-2026-000001": number,
            '"seq":2,': f'"seq":{seq},',
            f'"prev":"{self.opened.hash.hex()}"': f'"prev":"{before.hex()}"',
            **{str(was): now.hex() for was, now in zip(self._photos, photos, strict=True)},
        }
        by_bytes = {was.encode(): now.encode() for was, now in words.items()}
        data = b"".join(by_bytes.get(piece, piece) for piece in self._pieces)
        signature = self._station.key.sign(ENTRY, data) if self._signs else bytes(64)
        self._before = Recorded(
            data, signature, EntryHash.of(data).raw, seq, before, "interception.finalised",
            record, number, item, photos,
        )  # fmt: skip
        return self._before


def _summary(first: Entry) -> str:
    (listed,) = listings(first.head.subject, (), [first], 0)
    return msgspec.json.encode(listed.row.summary).decode()


class Sent(NamedTuple):
    """A batch as its workstation sends it."""

    sender: Recorder
    entries: Sequence[Recorded]


def batches(senders: Sequence[Recorder], count: int, size: int, first: int = 0) -> Iterator[Sent]:
    """So many interceptions in batches of `size`, of one workstation after another; the first one
    begins a second after the one with number `first`. A workstation's first batch opens its chain.
    """
    begun: set[DeviceId] = set()
    for turn, begin in enumerate(range(first, first + count, size)):
        sender = senders[turn % len(senders)]
        entries = [] if sender.device in begun else [sender.opened]
        begun.add(sender.device)
        numbers = range(begin, min(begin + size, first + count))
        made = (sender.record(Instant(FIRST.millis + n * 1_000, 0)) for n in numbers)
        yield Sent(sender, [*entries, *made])


def enrol(hub: Hub, senders: Iterable[Recorder]) -> None:
    """The hub knows the workstations."""
    with hub.database.writing() as rows:
        for sender in senders:
            devices.enrol(rows, sender.known)


def fill(hub: Hub, sent: Iterable[Sent]) -> None:
    """Store the batches, the first ones of enrolled workstations, in a hub without entries."""
    arrival, lot, count = 0, [], 0
    for batch in sent:
        lot.append(batch)
        count += len(batch.entries)
        if count >= AT_ONCE:
            arrival = _store(hub, lot, arrival)
            lot, count = [], 0
    _store(hub, lot, arrival)


TABLES = {
    "entry": "arrival, hash, device, seq, prev, kind, subject, arrived_at, brought_by, readable,"
    " bytes, signature, signer",
    "interception": "record, arrival, device, arrived_at, changed_at, number, status, revision,"
    " summary",
    "interception_photo": "record, place, hash",
    "used_number": "kind, number, record, shared",
}


def _store(hub: Hub, lot: Sequence[Sent], arrival: int) -> int:
    """Store a lot in one transaction; the newest number of arrival."""
    now = hub.now().millis
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    counts: dict[tuple[str, str], Counts] = {}
    tips: dict[str, tuple[bytes, int]] = {}
    for sender, entries in lot:
        device = str(sender.device)
        for each in entries:
            arrival += 1
            found["entry"].append(
                (arrival, each.hash, device, each.seq, each.prev, each.kind, each.subject, now,
                 device, 1, each.entry, each.signature, None)
            )  # fmt: skip
            if not each.number:
                continue
            found["interception"].append(
                (each.subject, arrival, device, now, now, each.number, "final", 1, sender.summary)
            )
            found["interception_photo"] += [
                (each.subject, place, photo) for place, photo in enumerate(each.photos)
            ]
            found["used_number"] += [
                ("seizure", each.number, each.subject, 0), ("item", each.item, each.subject, 0)
            ]  # fmt: skip
            owner = ("MCN", device)
            counts[owner] = counts.get(owner, Counts()) + Counts(1, 1, PHOTOS)
        tips[device] = entries[-1].hash, entries[-1].seq
    with hub.database.writing() as rows:
        for table, columns in TABLES.items():
            _insert(rows, table, columns, found[table])
        rows.executemany("DELETE FROM tip WHERE device = ?", [(device,) for device in tips])
        values = [(tip, device, seq) for device, (tip, seq) in tips.items()]
        rows.executemany("INSERT INTO tip (hash, device, seq) VALUES (?, ?, ?)", values)
        margins.add(rows, counts)
        for sender, entries in lot:
            devices.note_contact(rows, sender.device, now)
            changed = [each.subject for each in reversed(entries) if each.number]
            news.put(rows, changed)
        _number_on(rows, arrival)
    return arrival


def _insert(rows: Connection, table: str, columns: str, values: list[Row]) -> None:
    """By COPY where there is one."""
    if isinstance(rows, PostgresRows):
        rows.copy_in(f"{table} ({columns})", [values])
    elif values:
        marks = ", ".join("?" * len(values[0]))
        rows.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def _number_on(rows: Connection, arrival: int) -> None:
    """The next entry gets the number after `arrival`; SQLite sees to that itself."""
    if isinstance(rows, PostgresRows) and arrival:
        rows.execute("SELECT setval(pg_get_serial_sequence('entry', 'arrival'), ?)", (arrival,))
