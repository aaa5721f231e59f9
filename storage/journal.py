"""The journal: append, and read after a tip. Nothing else writes entries.

An entry is read back and judged before it is reported as saved. The database refuses to change or
delete one. The workstation's own chain goes on from its `head`; other branches of the same device
(a backup that was worked on) are held beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.entry import Entry
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.words import mark
from storage import facts
from system.database import Connection
from system.errors import Damaged

HEAD, CAME_BACK = "head", "came_back"
"""Facts of the workstation: its newest entry (a hash), and how many came back from the hub."""
_COLUMNS = "hash, device, seq, prev, kind, subject, at, bytes, signature"


def append(db: Connection, entry: Entry) -> None:
    """Add an entry that continues the own chain; part of the caller's transaction.

    Raises `Damaged` when it does not continue the head, or when the row read back is not it.
    """
    head = head_hash(db)
    if head is None and db.execute("SELECT EXISTS (SELECT 1 FROM entry)").fetchone()[0]:
        raise Damaged(
            mark("the workstation does not know its newest entry"),
            hint=mark("`main.py verify` says what is missing, `main.py sync` may fetch it back."),
        )
    if entry.head.prev != (head or NOTHING_BEFORE):
        raise Damaged(
            mark("the entry does not continue this workstation's chain"), about=entry.hash.short
        )
    _insert(db, entry)
    set_head(db, entry.hash)


def take(db: Connection, entry: Entry) -> bool:
    """Add an entry of any branch (fetched back from the hub); False when it is held already.

    Raises `Damaged` when the entry before it is not held.
    """
    if holds(db, entry.hash):
        return False
    if entry.head.prev != NOTHING_BEFORE and not holds(db, entry.head.prev):
        raise Damaged(mark("the entry before it is not held"), about=entry.hash.short)
    _insert(db, entry)
    return True


def verify_stored(db: Connection, entry: Entry) -> None:
    """Read the row back and compare it to the byte. Raises `Damaged`."""
    row = db.execute(
        "SELECT bytes, signature FROM entry WHERE hash = ?", (entry.hash.raw,)
    ).fetchone()
    if row is None or bytes(row[0]) != entry.bytes or bytes(row[1]) != entry.signature:
        raise Damaged(
            mark("the journal gave back another entry than was written"), about=entry.hash.short
        )


def head_hash(db: Connection) -> EntryHash | None:
    """The newest entry of the own chain; None before the first."""
    newest = facts.read(db, HEAD)
    return None if newest is None else EntryHash(newest)


def head(db: Connection) -> Entry | None:
    """The newest entry of the own chain."""
    newest = head_hash(db)
    return None if newest is None else entry(db, newest)


def set_head(db: Connection, newest: EntryHash) -> None:
    """Go on from another held entry (after a lost branch came back from the hub)."""
    facts.write(db, HEAD, newest.raw)


def holds(db: Connection, name: EntryHash) -> bool:
    """Whether the entry is in the journal."""
    row = db.execute("SELECT 1 FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    return row is not None


def entry(db: Connection, name: EntryHash) -> Entry:
    """The entry of that hash, judged. Raises `Damaged` when missing or not what it is named."""
    row = db.execute("SELECT bytes, signature FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    if row is None:
        raise Damaged(
            mark("an entry is missing from the journal"),
            about=name.short,
            hint=mark("`main.py verify` says what is missing, `main.py sync` may fetch it back."),
        )
    found = Entry(bytes(row[0]), bytes(row[1]))
    if found.hash != name:
        raise Damaged(mark("an entry of the journal was changed"), about=name.short)
    return found


def parent(db: Connection, name: EntryHash) -> EntryHash | None:
    """The entry before; None before the first, or when `name` is not held."""
    row = db.execute("SELECT prev FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    before = EntryHash(bytes(row[0])) if row else NOTHING_BEFORE
    return None if before == NOTHING_BEFORE else before


def about(db: Connection, subject: str, *, until: EntryHash | None = None) -> tuple[Entry, ...]:
    """All entries about a subject, in the order they came (parents before children).

    With `until` those that had come when that entry did, itself included.
    """
    rows = db.execute(
        "SELECT bytes, signature FROM entry WHERE subject = ?1 AND (?2 IS NULL"
        " OR place <= (SELECT place FROM entry WHERE hash = ?2)) ORDER BY place",
        (subject, until.raw if until else None),
    )
    return tuple(Entry(bytes(data), bytes(signature)) for data, signature in rows.fetchall())


def everything(db: Connection, *, after: int = 0) -> Iterator[tuple[int, Entry]]:
    """All entries with their row numbers, in the order they came, from beyond row `after`."""
    while True:
        rows = db.execute(
            "SELECT place, bytes, signature FROM entry WHERE place > ? ORDER BY place LIMIT 500",
            (after,),
        ).fetchall()
        if not rows:
            return
        for row, data, signature in rows:
            yield row, Entry(bytes(data), bytes(signature))
            after = row


def tips(db: Connection, device: DeviceId) -> tuple[tuple[EntryHash, int], ...]:
    """The entries of `device` that nothing follows, with their numbers: one per branch."""
    rows = db.execute(
        "SELECT hash, seq FROM entry AS e WHERE device = ? AND NOT EXISTS"
        " (SELECT 1 FROM entry WHERE prev = e.hash) ORDER BY seq",
        (str(device),),
    ).fetchall()
    return tuple((EntryHash(bytes(name)), seq) for name, seq in rows)


def numbered(db: Connection, device: DeviceId, seq: int) -> tuple[EntryHash, ...]:
    """The entries of `device` that have that number: one per branch; () when there are none."""
    rows = db.execute("SELECT hash FROM entry WHERE device = ? AND seq = ?", (str(device), seq))
    return tuple(EntryHash(bytes(name)) for (name,) in rows.fetchall())


def last_number(db: Connection, device: DeviceId) -> int:
    """The highest number of an entry of `device`; 0 when there are none."""
    row = db.execute("SELECT max(seq) FROM entry WHERE device = ?", (str(device),)).fetchone()
    return int(row[0] or 0)


def forks(db: Connection, device: DeviceId) -> tuple[tuple[EntryHash, int], ...]:
    """Entries of `device` that several others follow, and how many do; 64 zeros for the start."""
    rows = db.execute(
        "SELECT prev, count(*) FROM entry WHERE device = ? GROUP BY prev HAVING count(*) > 1",
        (str(device),),
    ).fetchall()
    return tuple((EntryHash(bytes(name)), count) for name, count in rows)


def gone(db: Connection) -> int:
    """How many entries were written here and are here no more, by the counter of the table.

    Those that came back from the hub under a new place are not among them (`count_back`).
    """
    count, last = db.execute("SELECT count(*), coalesce(max(place), 0) FROM entry").fetchone()
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").fetchone()
    # without the counter, which no program of ours removes, the last place is all that is known
    written = max(last, row[0] if row else 0)
    return max(0, int(written - count - _came_back(db)))


def count_back(db: Connection, count: int) -> None:
    """Note that so many entries came back that had been here; part of the caller's transaction."""
    facts.write(db, CAME_BACK, str(_came_back(db) + count).encode())


def _came_back(db: Connection) -> int:
    return int(facts.read(db, CAME_BACK) or b"0")


def lacking(db: Connection, device: DeviceId, held: Iterable[EntryHash]) -> list[EntryHash]:
    """What someone lacks who holds the chains down from `held`: hashes, parents first.

    Hashes in `held` that are not known here are passed over.
    """
    marked: set[bytes] = set()
    for name in held:
        marked.update(_chain_down(db, name, marked))
    rows = db.execute("SELECT hash FROM entry WHERE device = ? ORDER BY seq, place", (str(device),))
    return [EntryHash(bytes(name)) for (name,) in rows if bytes(name) not in marked]


def _chain_down(db: Connection, name: EntryHash, known: set[bytes]) -> Iterator[bytes]:
    rows = db.execute(
        "WITH RECURSIVE chain (hash, prev) AS ("
        " SELECT hash, prev FROM entry WHERE hash = ?"
        " UNION ALL SELECT e.hash, e.prev FROM entry AS e JOIN chain ON e.hash = chain.prev"
        ") SELECT hash FROM chain",
        (name.raw,),
    )
    for (found,) in rows:
        if bytes(found) in known:
            return
        yield bytes(found)


def _insert(db: Connection, entry: Entry) -> None:
    head_ = entry.head
    db.execute(
        f"INSERT INTO entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.hash.raw,
            str(head_.device),
            head_.seq,
            head_.prev.raw,
            head_.kind,
            head_.subject,
            head_.at.millis,
            entry.bytes,
            entry.signature,
        ),
    )
