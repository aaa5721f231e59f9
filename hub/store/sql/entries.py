"""Entries as they arrived: identified by their hash, chained, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash
from domain.signing import VerifyKey
from domain.statement import Level, Refusal, Tip
from hub.store.sql.many import copies, for_each, insert, pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection, Row


class Position(msgspec.Struct, frozen=True):
    """Where an entry stands: its workstation, and its number in the chain."""

    device: DeviceId
    seq: int


class NewEntry(msgspec.Struct, frozen=True):
    """An entry to be stored; `signer` is None for the first key of its workstation."""

    entry: Entry
    brought_by: DeviceId
    readable: bool
    signer: VerifyKey | None = None


def clean(text: str) -> str:
    """Text that every engine can store: PostgreSQL refuses NUL.

    The entry's bytes stay as they are.
    """
    return text.replace("\x00", "\ufffd")


def add(rows: Connection, new: Sequence[NewEntry], now: int) -> Iterator[tuple[EntryHash, int]]:
    """Store entries, parents before children; their numbers of arrival, to be read once.

    None of them is stored, and each begins a chain or continues a stored one or one before it here.
    """
    returning = "" if copies(rows, len(new)) else " RETURNING hash, arrival"
    found = insert(
        rows,
        "entry (hash, device, seq, prev, kind, subject, arrived_at, brought_by, readable, bytes,"
        " signature, signer)",
        [_values(each, now) for each in new],
        returning,
    )
    _advance(rows, [each.entry for each in new])
    if not returning:
        found = _arrivals(rows, new)
    return ((EntryHash(bytes(raw)), arrival) for raw, arrival in found)


def _arrivals(rows: Connection, stored: Iterable[NewEntry]) -> Iterator[Row]:
    for marks, hashes in pieces(each.entry.hash.raw for each in stored):
        yield from rows.execute(f"SELECT hash, arrival FROM entry WHERE hash IN ({marks})", hashes)


def _values(new: NewEntry, now: int) -> tuple[object, ...]:
    head = new.entry.head
    return (
        new.entry.hash.raw,
        str(head.device),
        head.seq,
        head.prev.raw,
        clean(head.kind),
        clean(head.subject),
        now,
        str(new.brought_by),
        int(new.readable),
        new.entry.bytes,
        new.entry.signature,
        new.signer.raw if new.signer else None,
    )


def _advance(rows: Connection, new: Sequence[Entry]) -> None:
    """Make the last of the new entries tips in place of the parents.

    A parent that is not a tip means a new branch.
    """
    added = {entry.hash for entry in new}
    parents = {entry.head.prev for entry in new}
    for_each(rows, "DELETE FROM tip WHERE hash = ?", [(parent.raw,) for parent in parents - added])
    insert(
        rows,
        "tip (hash, device, seq)",
        [
            (entry.hash.raw, str(entry.head.device), entry.head.seq)
            for entry in new
            if entry.hash not in parents
        ],
    )


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored of that on which a plan is based."""

    positions: Mapping[EntryHash, Position]
    """Those of the entries asked about that are stored."""
    counts: Mapping[str, int]
    """How many entries about each of the subjects are stored."""
    ended: frozenset[DeviceId]
    """Those of the workstations that headquarters ended."""


def basis(
    rows: Connection,
    asked: Iterable[EntryHash],
    subjects: Iterable[str],
    devices: Iterable[DeviceId],
) -> Basis:
    """What is stored of these entries, subjects and workstations; asked in one statement as long as
    they are few.
    """
    counts = dict.fromkeys(map(clean, subjects), 0)
    positions: dict[EntryHash, Position] = {}
    ended: set[DeviceId] = set()
    questions = zip_longest(
        *(
            [(sql.format(marks), values) for marks, values in pieces(wanted)]
            for sql, wanted in (
                (_POSITIONS, [entry.raw for entry in asked]),
                (_COUNTS, counts),
                (_ENDED, map(str, devices)),
            )
        )
    )
    for question in questions:
        parts = [part for part in question if part is not None]
        statement = " UNION ALL ".join(sql for sql, _ in parts)
        for kind, raw, text, number in rows.execute(
            statement, [value for _, values in parts for value in values]
        ):
            if kind == 0:
                positions[EntryHash(bytes(raw))] = Position(DeviceId(text), number)
            elif kind == 1:
                counts[text] = number
            else:
                ended.add(DeviceId(text))
    return Basis(positions=positions, counts=counts, ended=frozenset(ended))


_POSITIONS = "SELECT 0, hash, device, seq FROM entry WHERE hash IN ({})"
_COUNTS = "SELECT 1, NULL, subject, count(*) FROM entry WHERE subject IN ({}) GROUP BY subject"
_ENDED = "SELECT 2, NULL, id, 0 FROM device WHERE ended_at IS NOT NULL AND id IN ({})"


def is_held(rows: Connection, wanted: EntryHash) -> bool:
    """Whether the entry is stored."""
    found = rows.execute("SELECT 1 FROM entry WHERE hash = ?", (wanted.raw,)).fetchone()
    return found is not None


def tips(rows: Connection, device: DeviceId, epoch: str) -> Iterator[Tip]:
    """The tips of all branches of a device, deepest first; asked now, and read when iterated."""
    found = rows.execute(
        "SELECT tip.hash, tip.seq, safe.hash IS NOT NULL FROM tip"
        " LEFT JOIN safe ON safe.hash = tip.hash AND safe.epoch = ?"
        " WHERE tip.device = ? ORDER BY tip.seq DESC, tip.hash",
        (epoch, str(device)),
    )
    return (
        Tip(EntryHash(bytes(h)), seq, Level.SAFE if safe else Level.RECEIVED)
        for h, seq, safe in found
    )


def tip_hashes(rows: Connection, device: DeviceId) -> tuple[EntryHash, ...]:
    """The hashes of the tips of all branches of a device."""
    found = rows.execute("SELECT hash FROM tip WHERE device = ?", (str(device),))
    return tuple(EntryHash(bytes(raw)) for (raw,) in found)


def about(rows: Connection, subjects: Iterable[str]) -> dict[str, list[tuple[int, Entry]]]:
    """All entries about each subject, with their arrival numbers, parents before children."""
    found: dict[str, list[tuple[int, Entry]]] = {clean(subject): [] for subject in subjects}
    for marks, names in pieces(found):
        stored = rows.execute(
            "SELECT subject, arrival, bytes, signature FROM entry"
            f" WHERE subject IN ({marks}) ORDER BY arrival",
            names,
        )
        for subject, arrival, data, signature in stored:
            found[subject].append((arrival, Entry(bytes(data), bytes(signature))))
    return found


def unread(
    rows: Connection, before: int, limit: int, scope: Scope = EVERYTHING
) -> tuple[tuple[int, Entry], ...]:
    """Entries that this program cannot read, newest first, that arrived before number `before`."""
    inside, values = within("device", scope)
    found = rows.execute(
        "SELECT arrival, bytes, signature FROM entry WHERE readable = 0 AND arrival < ?"
        f"{inside} ORDER BY arrival DESC LIMIT ?",
        (before, *values, limit),
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
    for marks, hashes in pieces(entry.raw for entry in taken):
        rows.execute(f"DELETE FROM refusal WHERE hash IN ({marks})", hashes)


def refusals(
    rows: Connection, limit: int, scope: Scope = EVERYTHING
) -> tuple[tuple[str, str, str, int], ...]:
    """The newest refused items of senders of the scope: hash, sender, reason, time."""
    inside, values = within("brought_by", scope)
    found = rows.execute(
        f"SELECT hash, brought_by, reason, at FROM refusal WHERE 1 = 1{inside}"
        " ORDER BY at DESC LIMIT ?",
        (*values, limit),
    )
    return tuple((bytes(h).hex(), by, why, at) for h, by, why, at in found)


def all_tips(rows: Connection) -> list[bytes]:
    """The hashes of the tips of all devices."""
    return [bytes(row[0]) for row in rows.execute("SELECT hash FROM tip")]
