"""Workstations that send records and photos while servers go away, and note what was promised."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import httpx2

from domain.ids import EntryHash, PhotoHash
from sync.wire.batch import pack_batch
from tests.failover.servers import HubProcess
from tests.hub.station import Station, a_photo
from tests.hub.test_photos import TUS, begin, patch

LONGEST = 120.0
"""Seconds after which a sender gives up: whatever happened should be over by then."""
PIECES = 3
"""Requests in which a photo is sent, so that uploads are cut in the middle."""


class Interrupted(Exception):
    """The hub did not answer, or asks to come again: its answer is no refusal."""


@dataclass
class Sender:
    """One workstation. It never sends again what the hub signed for."""

    station: Station
    hubs: Sequence[HubProcess]
    chance: Random
    photo_size: int = 60_000
    promised: set[EntryHash] = field(default_factory=set)
    """Entries that a verified answer of the hub covers."""
    photos: dict[PhotoHash, bytes] = field(default_factory=dict)
    """Photos that the hub signed for."""
    happened: Counter[str] = field(default_factory=Counter)

    def enrol(self, code: str) -> None:
        """Become known to the hub."""
        self.station.enrol(code)
        self._until(self._send_entries)

    def work(self, enough: threading.Event) -> None:
        """Record and send, until there is enough."""
        while not enough.is_set():
            self.record()

    def record(self) -> None:
        """One more record with a photo, at the hub when this returns."""
        data = b"\xff\xd8\xff\xe0" + self.chance.randbytes(self.photo_size)
        self.station.finalise(photos=(a_photo(data),))
        self._until(self._send_entries)
        self._until(lambda: self._send_photo(data))
        self.photos[PhotoHash.of(data)] = data

    def _until(self, deed: Callable[[], None]) -> None:
        """Repeat at one hub or the other until the hub has answered."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            try:
                deed()
            except (httpx2.TransportError, Interrupted) as error:
                self.happened[type(error).__name__] += 1
                self.station.http.base_url = self.chance.choice(self.hubs).url
            else:
                return
        raise AssertionError("the hubs do not come back")

    def _send_entries(self) -> None:
        """What the hub has not signed for; then the end of the chain is its tip."""
        waiting = [entry for entry in self.station.chain if entry.hash not in self.promised]
        answer = _judged(self.station.post(pack_batch(waiting)), 200)
        told = self.station.read(answer)
        assert not told.refused, told.refused
        assert [tip.hash for tip in told.tips] == [self.station.chain[-1].hash], told.tips
        self.promised |= {entry.hash for entry in waiting}

    def _send_photo(self, data: bytes) -> None:
        """In pieces, from where the hub says that the upload is."""
        answer = _judged(begin(self.station, data), 201)
        where, at = answer.headers["Location"], 0
        size = len(data) // PIECES + 1
        while at < len(data):
            answer = patch(self.station, where, at, data[at : at + size])
            if answer.status_code == 409:  # the other hub has other bytes of it
                self.happened["offset of the other hub"] += 1
                at = int(answer.headers["Upload-Offset"])
                continue
            if answer.status_code in (404, 410):
                self.happened["upload begun again"] += 1
                raise Interrupted
            at = int(_judged(answer, 204).headers["Upload-Offset"])
            # a proxy may bring each request to another hub
            if self.chance.random() < 0.2:
                self.station.http.base_url = self.chance.choice(self.hubs).url
        found = self.station.http.head(where, headers=TUS)
        _judged(found, 200)
        asked = self.station.http.post(
            f"/api/devices/{self.station.device}/photos",
            json={"hashes": [str(PhotoHash.of(data))]},
        )
        if not self.station.read(_judged(asked, 200)).photos:
            self.happened["not held"] += 1
            raise Interrupted


def _judged(answer: httpx2.Response, expected: int) -> httpx2.Response:
    """The answer, when it is what the protocol says; 503 and 502 mean: come again."""
    if answer.status_code in (502, 503, 504):
        raise Interrupted
    assert answer.status_code == expected, (answer.status_code, answer.text[:300])
    return answer
