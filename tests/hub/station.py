"""A workstation as the hub sees one: a key, a chain, and requests over real HTTP."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import httpx2

from domain.entry import Entry, sign
from domain.ids import DeviceId, EntryHash, PhotoHash, RecordId
from domain.instant import ClockState, Instant
from domain.interception.conveyance import Consignment, Route
from domain.interception.goods import GoodsLine
from domain.interception.media import Photo
from domain.interception.record import Interception, PackRef
from domain.key_change import changed_key, changes_key
from domain.kinds import InterceptionFinalised, StationOpened
from domain.signing import SigningKey, VerifyKey
from domain.statement import Acknowledgement
from sync.wire.acknowledgement import read_acknowledgement
from sync.wire.batch import pack_batch
from sync.wire.enrolment import EnrolmentAnswer, make_request, read_answer

NIGHT = Instant.parse("2026-11-23T03:12:08.123+01:00")


class Station:
    """A workstation with a chain of its own; `seed` makes its key, its ids and its number."""

    def __init__(self, url: str, seed: int = 1, *, pages: str = "", number: int = 0) -> None:
        self.chance = random.Random(seed)
        self.number = number or seed
        self.pages = pages
        self.key = SigningKey(self.chance.randbytes(32))
        self.first_key = self.key.verify_key
        self.device = DeviceId.from_random(self.chance.randbytes(10))
        self.url = url
        # the system's authorities take 30 ms to read, and plain HTTP needs none
        self.http = httpx2.Client(base_url=url, timeout=30, verify=url.startswith("https"))
        self.hub_key = VerifyKey(bytes(32))
        self.token = ""
        self.chain: list[Entry] = []
        self.add("station.opened", str(self.device), self._opened())

    def _opened(self) -> StationOpened:
        key = self.key.verify_key.raw.hex()
        return StationOpened(public_key=key, name="Mail North 1", post="MCN", station=self.number)

    def enrol(self, code: str) -> EnrolmentAnswer:
        """Show the code, keep what the hub answers."""
        answer = self.http.post("/api/enrol", content=self.request(code))
        answer.raise_for_status()
        given = read_answer(answer.content)
        self.hub_key, self.token = given.public_key, given.token
        self.http.headers["Authorization"] = f"Bearer {given.token}"
        return given

    def request(self, code: str) -> bytes:
        """The body of a request to enrol."""
        return make_request(
            self.key,
            code=code,
            device=self.device,
            name="Mail North 1",
            post="MCN",
            station=self.number,
            first_key=self.first_key,
            changes=[entry for entry in self.chain if changes_key(entry)],
        )

    def add(self, kind: str, subject: str, body: object, *, after: Entry | None = None) -> Entry:
        """One more entry, after the newest or after the one given."""
        before = after or (self.chain[-1] if self.chain else None)
        entry = sign(
            self.key,
            device=self.device,
            after=before,
            at=NIGHT,
            clock=ClockState.TRUSTED,
            actor="4417",
            kind=kind,
            subject=subject,
            body=body,
        )
        self.chain.append(entry)
        return entry

    def change_key(self, seed: int) -> Entry:
        """From the returned entry on this workstation signs with another key."""
        key = SigningKey(random.Random(seed).randbytes(32))
        body = changed_key(
            key, device=self.device, prev=self.chain[-1].hash, present=self.key.verify_key
        )
        entry = self.add("station.key_changed", str(self.device), body)
        self.key = key
        return entry

    def finalise(self, **fields: Any) -> Entry:
        """One interception becomes final; `fields` are those of an interception."""
        record = RecordId.make(NIGHT, self.chance.randbytes(10))
        body = InterceptionFinalised(
            record=record,
            number=f"XA-MCN{self.number}-2026-{len(self.chain):06d}",
            revision=1,
            shared=an_interception(record_id=record, **fields),
        )
        return self.add("interception.finalised", str(record), body)

    def send(self, entries: Sequence[Entry] | None = None) -> Acknowledgement:
        """Send these entries, or the whole chain; the hub's verified statement."""
        answer = self.post(pack_batch(self.chain if entries is None else entries))
        answer.raise_for_status()
        return self.read(answer)

    def page(self, path: str) -> httpx2.Response:
        """What a person sees there."""
        return httpx2.get(self.pages + path, timeout=30)

    def post(self, batch: bytes) -> httpx2.Response:
        """Send the bytes of a batch."""
        return self.http.post("/api/batches", content=batch)

    def read(self, answer: httpx2.Response) -> Acknowledgement:
        """The statement in an answer."""
        return read_acknowledgement(answer.content, self.hub_key, device=self.device)

    def tips(self, **question: object) -> Acknowledgement:
        """What the hub says of the chain; `question` are the parameters of the address."""
        path = f"/api/devices/{self.device}/tips"
        answer = self.http.get(path, params={name: str(each) for name, each in question.items()})
        answer.raise_for_status()
        return self.read(answer)

    def ask_as_bytes(self, *photos: PhotoHash, **question: object) -> Acknowledgement:
        """What the hub says of these photos, each asked for by the bytes of its hash."""
        answer = self.http.post(
            f"/api/devices/{self.device}/photos",
            params={name: str(each) for name, each in question.items()},
            content=b"".join(photo.raw for photo in photos),
            headers={"Content-Type": "application/vnd.tidewaiter.hashes"},
        )
        answer.raise_for_status()
        return self.read(answer)

    def ask(self, *photos: PhotoHash) -> Acknowledgement:
        """What the hub says of these photos."""
        path = f"/api/devices/{self.device}/photos"
        answer = self.http.post(path, json={"hashes": [str(photo) for photo in photos]})
        answer.raise_for_status()
        return self.read(answer)


def an_interception(**fields: Any) -> Interception:
    """An interception in the post, of two blisters of capsules."""
    made: dict[str, Any] = {
        "pack": PackRef(id="SAMPLE-MED", version="2.0.0"),
        "post": "MCN",
        "officer": "4417",
        "consignment": Consignment(mode="mail", postal_item_id="RR123456785GB"),
        "route": Route(dispatch_country="GB", destination_country="XA"),
        "goods": (GoodsLine(category="B11", description="capsules", packs=40, units_per_pack=14),),
    }
    return Interception(**(made | fields))


def a_photo(data: bytes, role: str = "overview") -> Photo:
    """A photo as a record names it."""
    return Photo(sha256=PhotoHash.of(data), role=role, size=len(data))


def tips_of(ack: Acknowledgement) -> set[EntryHash]:
    """The hashes of the tips in a statement."""
    return {tip.hash for tip in ack.tips}
