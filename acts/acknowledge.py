"""Take note of what the hub signed that it holds. Nothing here ever deletes an entry or a photo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.changes import Changes
from domain.ids import EntryHash, PhotoHash
from domain.instant import Instant
from storage import clock, journal
from storage.database import Connection, transaction
from storage.projections import hub
from storage.workstation import Workstation


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A signed statement, verified by whoever received it, in the words of the domain.

    `tips` are all branch ends the hub holds of this device, with their level; `photos` what it
    holds of the photos in `asked`. Levels are `received` or `safe`.
    """

    epoch: str
    at: Instant
    tips: Mapping[EntryHash, str]
    asked: frozenset[PhotoHash] = frozenset()
    photos: Mapping[PhotoHash, str] = field(default_factory=dict)
    refused: Mapping[EntryHash, str] = field(default_factory=dict)
    branched: bool = False


def acknowledge(ws: Workstation, said: Statement) -> Changes:
    """Entries and photos that the hub signed for no longer wait; those it lost wait again.

    One transaction. What an older epoch of the hub said counts no more.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        if hub.remembered(db, "epoch") != said.epoch.encode():
            hub.forget(db)
        _entries(ws, db, said, now)
        for photo in said.asked - set(said.photos):
            hub.let_go(db, "photo", photo, hub.photo_owner(db, photo), now)
        for level in ("received", "safe"):
            held = [name for name, stands in said.photos.items() if stands == level]
            hub.hold(db, "photo", held, level=level, epoch=said.epoch, at=now)
        for name, reason in said.refused.items():
            hub.refuse(db, "entry", name, reason, now)
        hub.remember(db, "epoch", said.epoch.encode())
        hub.remember(db, "last_contact", str(now).encode())
        hub.remember(db, "branched", b"1" if said.branched else b"0")
        clock.heard(db, now, ws.uptime(), said.at)
    return Changes(hub=True)


def _entries(ws: Workstation, db: Connection, said: Statement, now: Instant) -> None:
    known = [name for name in said.tips if journal.holds(db, name)]
    for name in journal.lacking(db, ws.device, known):
        if hub.is_held(db, name):
            head = journal.entry(db, name).head
            hub.let_go(db, "entry", name, head.subject, head.at)
    for level in ("received", "safe"):
        tips = [name for name in known if said.tips[name] == level]
        hub.hold(db, "entry", _down_to_held(db, tips, level), level=level, epoch=said.epoch, at=now)


def _down_to_held(db: Connection, tips: Iterable[EntryHash], level: str) -> list[EntryHash]:
    """The entries from the tips down to the first that is known to be held at that level."""
    found: list[EntryHash] = []
    for tip in tips:
        name: EntryHash | None = tip
        while name is not None and journal.holds(db, name):
            row = db.execute("SELECT level FROM held WHERE hash = ?", (name.raw,)).fetchone()
            if row is not None and row[0] in (level, "safe"):
                break
            found.append(name)
            name = journal.parent(db, name)
    return found
