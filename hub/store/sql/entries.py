"""Entries as they arrived: identified by their hash, chained, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.signing import VerifyKey
from domain.statement import Level, Refusal, Tip
from system.database import Connection


class IntakeResult(Enum):
    """The result of storing an entry."""

    NEW = "new"
    HELD = "held"
    GAP = "gap"
    """Its parent is missing; the device must send from an earlier entry."""
    MISFIT = "misfit"
    """Its parent is here, but belongs to another device, or has the wrong number."""


def clean(text: str) -> str:
    """Text that every engine can store: PostgreSQL refuses NUL.

    The entry's bytes stay as they are.
    """
    return text.replace("\x00", "\ufffd")


def insert(
    rows: Connection,
    entry: Entry,
    *,
    brought_by: DeviceId,
    now: int,
    readable: bool,
    signer: VerifyKey | None = None,
) -> IntakeResult:
    """Store the entry when it begins a chain or continues a stored one, in one statement.

    `signer` is the key that signed it; None for the first key of its workstation.
    """
    head = entry.head
    first = head.prev == NOTHING_BEFORE
    made = rows.execute(
        "INSERT INTO entry (hash, device, seq, prev, kind, subject, arrived_at, brought_by,"
        " readable, bytes, signature, signer) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " WHERE ? = 1 OR EXISTS (SELECT 1 FROM entry WHERE hash = ? AND device = ? AND seq = ?)"
        " ON CONFLICT (hash) DO NOTHING RETURNING arrival",
        (
            entry.hash.raw,
            str(head.device),
            head.seq,
            head.prev.raw,
            clean(head.kind),
            clean(head.subject),
            now,
            str(brought_by),
            int(readable),
            entry.bytes,
            entry.signature,
            signer.raw if signer else None,
            int(first),
            head.prev.raw,
            str(head.device),
            head.seq - 1,
        ),
    ).fetchall()
    if made:
        _advance(rows, entry)
        return IntakeResult.NEW
    if is_held(rows, entry.hash):
        return IntakeResult.HELD
    return IntakeResult.MISFIT if is_held(rows, head.prev) else IntakeResult.GAP


def _advance(rows: Connection, entry: Entry) -> None:
    """Make the new entry a tip in place of its parent.

    A parent that is not a tip means a new branch.
    """
    rows.execute("DELETE FROM tip WHERE hash = ?", (entry.head.prev.raw,))
    rows.execute(
        "INSERT INTO tip (hash, device, seq) VALUES (?, ?, ?)",
        (entry.hash.raw, str(entry.head.device), entry.head.seq),
    )


def is_held(rows: Connection, wanted: EntryHash) -> bool:
    """Whether the entry is stored."""
    found = rows.execute("SELECT 1 FROM entry WHERE hash = ?", (wanted.raw,)).fetchone()
    return found is not None


def tips(rows: Connection, device: DeviceId, epoch: str) -> tuple[Tip, ...]:
    """The tips of all branches of a device, deepest first."""
    found = rows.execute(
        "SELECT tip.hash, tip.seq, safe.hash IS NOT NULL FROM tip"
        " LEFT JOIN safe ON safe.hash = tip.hash AND safe.epoch = ?"
        " WHERE tip.device = ? ORDER BY tip.seq DESC, tip.hash",
        (epoch, str(device)),
    )
    return tuple(
        Tip(EntryHash(bytes(h)), seq, Level.SAFE if safe else Level.RECEIVED)
        for h, seq, safe in found
    )


def tip_hashes(rows: Connection, device: DeviceId) -> tuple[EntryHash, ...]:
    """The hashes of the tips of all branches of a device."""
    found = rows.execute("SELECT hash FROM tip WHERE device = ?", (str(device),))
    return tuple(EntryHash(bytes(raw)) for (raw,) in found)


def about(rows: Connection, subject: str) -> tuple[tuple[int, Entry], ...]:
    """All entries about a subject, with their arrival numbers, parents before children."""
    found = rows.execute(
        "SELECT arrival, bytes, signature FROM entry WHERE subject = ? ORDER BY arrival",
        (clean(subject),),
    )
    return tuple((a, Entry(bytes(b), bytes(s))) for a, b, s in found)


def unread(rows: Connection, before: int, limit: int) -> tuple[tuple[int, Entry], ...]:
    """Entries that this program cannot read, newest first, that arrived before number `before`."""
    found = rows.execute(
        "SELECT arrival, bytes, signature FROM entry WHERE readable = 0 AND arrival < ?"
        " ORDER BY arrival DESC LIMIT ?",
        (before, limit),
    )
    return tuple((a, Entry(bytes(b), bytes(s))) for a, b, s in found)


def beyond(
    rows: Connection, device: DeviceId, held: Iterable[EntryHash], *, limit: int, size: int
) -> tuple[tuple[Entry, ...], int]:
    """Entries that the device lacks when it has `held` and their ancestors; parents before
    children. At most `limit` entries or about `size` bytes; also returns how many are left.
    """
    chain = rows.execute(
        "SELECT hash, prev, length(bytes) FROM entry WHERE device = ? ORDER BY seq, arrival",
        (str(device),),
    ).fetchall()
    before = {bytes(h): bytes(p) for h, p, _ in chain}
    known: set[bytes] = set()
    for tip in held:
        step: bytes | None = tip.raw
        while step is not None and step in before and step not in known:
            known.add(step)
            step = before[step]
    missing = [(bytes(h), length) for h, _, length in chain if bytes(h) not in known]
    chosen: list[Entry] = []
    for wanted, length in missing[:limit]:
        if chosen and length > size:
            break
        size -= length
        row = rows.execute(
            "SELECT bytes, signature FROM entry WHERE hash = ?", (wanted,)
        ).fetchone()
        chosen.append(Entry(bytes(row[0]), bytes(row[1])))
    return tuple(chosen), len(missing) - len(chosen)


def refuse(rows: Connection, refusal: Refusal, brought_by: DeviceId, now: int) -> None:
    """Store a refused item, for the administrator; the last reason counts."""
    rows.execute(
        "INSERT INTO refusal (hash, brought_by, reason, code, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (hash) DO UPDATE SET reason = excluded.reason, code = excluded.code",
        (refusal.hash.raw, str(brought_by), clean(refusal.reason), refusal.code, now),
    )


def lift_refusals(rows: Connection, taken: Iterable[EntryHash]) -> None:
    """Forget the refusals of entries that are stored now."""
    rows.executemany("DELETE FROM refusal WHERE hash = ?", [(entry.raw,) for entry in taken])


def refusals(rows: Connection, limit: int) -> tuple[tuple[str, str, str, int], ...]:
    """The newest refused items: hash, sender, reason, time."""
    found = rows.execute(
        "SELECT hash, brought_by, reason, at FROM refusal ORDER BY at DESC LIMIT ?", (limit,)
    )
    return tuple((bytes(h).hex(), by, why, at) for h, by, why, at in found)


def count_intact(rows: Connection) -> tuple[int, int]:
    """How many entries have the right hash, and how many do not; reads and hashes all of them."""
    intact = damaged = 0
    for raw, data, signature in rows.execute("SELECT hash, bytes, signature FROM entry"):
        try:
            found = Entry(bytes(data), bytes(signature)).hash.raw
        except EntryRefused:
            found = b""
        if found == bytes(raw):
            intact += 1
        else:
            damaged += 1
    return intact, damaged


def all_tips(rows: Connection) -> list[bytes]:
    """The hashes of the tips of all devices."""
    return [bytes(row[0]) for row in rows.execute("SELECT hash FROM tip")]
