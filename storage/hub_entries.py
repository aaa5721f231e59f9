"""Which entries the hub still lacks, the journal beside what it signed for, and what it refused."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.instant import Instant
from domain.statement import Level, Tip
from storage import hub_memory
from system.database import Connection


def waiting_entries(db: Connection, device: DeviceId, limit: int) -> tuple[EntryHash, ...]:
    """The first entries of the device that the hub has not signed for, parents first."""
    rows = db.execute(
        # CROSS: begin with what waits, not with the whole journal
        "SELECT e.hash FROM waiting AS w CROSS JOIN entry AS e ON e.hash = w.hash"
        " WHERE w.what = 'entry' AND e.device = ? ORDER BY e.seq, e.place LIMIT ?",
        (str(device), limit),
    )
    return tuple(EntryHash(bytes(name)) for (name,) in rows.fetchall())


def number_of_entry(db: Connection, entry: EntryHash) -> str:
    """The number of the interception that the entry is about; empty when it is about none."""
    row = db.execute(
        "SELECT r.number FROM entry AS e JOIN record AS r ON r.record = e.subject WHERE e.hash = ?",
        (entry.raw,),
    ).fetchone()
    return "" if row is None else str(row[0])


class NotTaken(msgspec.Struct, frozen=True):
    """An entry or photo that waits because the hub did not take it."""

    name: hub_memory.Deliverable
    number: str
    """Of the interception that it belongs to; empty when it belongs to none."""
    why: str
    """In the words of the hub."""
    curable: bool
    """Whether it goes again by itself."""


def not_taken(db: Connection) -> tuple[NotTaken, ...]:
    """What the hub did not take, that of the oldest records first."""
    rows = db.execute(
        "SELECT w.hash, w.what, coalesce(r.number, ''), f.reason, f.curable FROM waiting AS w"
        " JOIN refused AS f ON f.hash = w.hash LEFT JOIN record AS r ON r.record = w.record"
        " ORDER BY w.since, w.hash"
    )
    return tuple(
        NotTaken(
            (EntryHash if what == "entry" else PhotoHash)(bytes(name)), number, why, bool(curable)
        )
        for name, what, number, why, curable in rows.fetchall()
    )


def down_to_held(
    db: Connection, tip: EntryHash, level: Level
) -> tuple[list[EntryHash], EntryHash | None]:
    """The entry `tip` and those before it, down to the first that the hub signed for at `level` or
    a better one; and that entry, None when the chain begins first.
    """
    held = "EXISTS (SELECT 1 FROM held AS h WHERE h.hash = e.hash AND h.level IN (?2, 'safe'))"
    rows = db.execute(
        "WITH RECURSIVE chain (hash, prev, held) AS ("
        f" SELECT e.hash, e.prev, {held} FROM entry AS e WHERE e.hash = ?1"
        f" UNION ALL SELECT e.hash, e.prev, {held} FROM entry AS e JOIN chain"
        " ON e.hash = chain.prev WHERE NOT chain.held"
        ") SELECT hash, held FROM chain",
        (tip.raw, level),
    ).fetchall()
    names = [EntryHash(bytes(name)) for name, _ in rows]
    if rows and rows[-1][1]:
        return names[:-1], names[-1]
    return names, None


def hold_below(db: Connection, tips: Iterable[Tip], *, epoch: str, at: Instant) -> None:
    """Note that the hub signed for these tips, which are all in the journal, and for the entries
    before them.
    """
    for tip in sorted(tips, key=lambda tip: tip.level is Level.SAFE):
        below, _ = down_to_held(db, tip.hash, tip.level)
        hub_memory.hold(db, below, level=tip.level, epoch=epoch, at=at)


def lacks_some(db: Connection, tips: Iterable[EntryHash]) -> bool:
    """Whether a hub with these `tips`, which are all in the journal, lacks an entry that it signed
    for.

    Then a branch end that it signed for last is neither one of its tips nor the newest held entry
    before one. Only entries that are not held yet are read, whatever the length of the journal.
    """
    before = {tip for tip in hub_memory.noted_tips(db) or () if hub_memory.is_held(db, tip)}
    missing = before - set(tips)
    if missing:
        missing -= {down_to_held(db, tip, Level.RECEIVED)[1] for tip in tips}
    return bool(missing)
