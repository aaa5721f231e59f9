"""Compares what a hub holds with what its senders made: each once, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.entry import Entry
from domain.ids import PhotoHash
from tests.failover.senders import Sender
from tests.failover.servers import Pair
from tests.hub.stored import Stored, stored_as


@dataclass
class Others:
    """What real workstations brought besides, which compare it themselves."""

    entries: tuple[Entry, ...] = ()
    records: int = 0
    photos: int = 0


def judge(
    pair: Pair, senders: Sequence[Sender], stored: Stored, others: Others | None = None
) -> tuple[int, int]:
    """How many entries and photos the hub holds; an `AssertionError` names what is wrong."""
    others = others or Others()
    of_senders = ", ".join(f"'{sender.station.device}'" for sender in senders)
    made = [entry for sender in senders for entry in sender.station.chain]
    promised = {entry for sender in senders for entry in sender.promised}
    assert promised <= {entry.hash for entry in made}
    records = len(made) - len(senders)
    made += others.entries
    held = pair.rows("SELECT hash, bytes FROM entry")
    assert sorted(held) == sorted((entry.hash.raw, entry.bytes) for entry in made)
    every = records + others.records
    for question, expected in (
        ("SELECT count(*) FROM interception", every),
        ("SELECT count(*) FROM interception_photo", records + others.photos),
        ("SELECT count(DISTINCT record) FROM used_number WHERE kind = 'seizure'", every),
        ("SELECT count(*) FROM used_number WHERE shared = 1 AND kind = 'seizure'", 0),
    ):
        assert pair.rows(question) == [(expected,)], question
    tips = {entry.hash.raw for entry in made} - {entry.head.prev.raw for entry in made}
    assert {tip for (tip,) in pair.rows("SELECT hash FROM tip")} == tips

    photos = {photo: data for sender in senders for photo, data in sender.photos.items()}
    assert len(photos) == records, "a sender stopped before its photo was there"
    rows = pair.rows(f"SELECT hash, size FROM photo WHERE device IN ({of_senders})")
    assert sorted(rows) == sorted((photo.raw, len(data)) for photo, data in photos.items())
    names = {stored_as(data): data for data in photos.values()}
    found = [name for name in stored.names() if name.startswith("photos/")]
    assert {*names, "photos/hub.json"} <= set(found)
    named = pair.rows("SELECT count(DISTINCT hash) FROM interception_photo")
    assert pair.rows("SELECT count(*) FROM photo") == named
    assert [(len(found) - 1,)] == named, "an object too many, or one was set aside"
    for name, data in names.items():
        assert PhotoHash.of(stored.read(name)) == PhotoHash.of(data), name
    return len(held), len(photos) + others.photos
