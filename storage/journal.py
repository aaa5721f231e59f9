"""The journal: appends and reads entries. Only this file writes entries.

An entry is read back and checked before it is reported as saved. The database refuses to change or
delete an entry. The workstation's own chain continues from its `head`; other branches of the same
device (a copy of the folder that was used) are stored too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.entry import Entry
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.kinds import EntryKind
from domain.words import mark
from storage import facts
from system.database import Connection
from system.errors import Damaged

HEAD, CAME_BACK = "head", "came_back"
"""Facts of the workstation: its newest entry (a hash), and how many came back from the hub."""
_COLUMNS = "hash, device, seq, prev, kind, subject, at, bytes, signature"
_BACK_BY_SYNC = (
    "`main.py verify` says what is missing, `main.py sync` may fetch it back.",
    mark("“Checks” in the settings says what is missing; “Synchronise now” may fetch it back."),
)
"""The ways out of a gap in the journal, at the command line and at the desk."""


def append(db: Connection, entry: Entry) -> None:
    """Add an entry to the own chain; part of the caller's transaction.

    Raises `Damaged` when it does not continue the head, or when the row read back differs.
    """
    head = head_hash(db)
    if head is None and last_number(db, entry.head.device):
        raise Damaged(mark("the workstation does not know its newest entry")).with_way_out(
            *_BACK_BY_SYNC
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


def read_back(db: Connection, entry: Entry) -> None:
    """Compare all bytes of the entry with those that are stored. Raises `Damaged`."""
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
    """Continue from another stored entry (after a lost branch came back from the hub)."""
    facts.write(db, HEAD, newest.raw)


def begin_chain(db: Connection) -> None:
    """Let the next entry be the first of a new chain: the folder becomes another workstation."""
    facts.remove(db, HEAD)


def holds(db: Connection, name: EntryHash) -> bool:
    """Whether the entry is in the journal."""
    row = db.execute("SELECT 1 FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    return row is not None


def entry(db: Connection, name: EntryHash) -> Entry:
    """The checked entry with that hash. Raises `Damaged` when it is missing or was changed."""
    row = db.execute("SELECT bytes, signature FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    if row is None:
        raise Damaged(
            mark("an entry is missing from the journal"),
            about=name.short,
        ).with_way_out(*_BACK_BY_SYNC)
    found = Entry(bytes(row[0]), bytes(row[1]))
    if found.hash != name:
        raise Damaged(mark("an entry of the journal was changed"), about=name.short)
    return found


def parent(db: Connection, name: EntryHash) -> EntryHash | None:
    """The entry before; None before the first, or when `name` is not held."""
    row = db.execute("SELECT prev FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    before = EntryHash(bytes(row[0])) if row else NOTHING_BEFORE
    return None if before == NOTHING_BEFORE else before


def kind_of(db: Connection, name: EntryHash) -> str | None:
    """The kind of the entry; None when it is not held."""
    row = db.execute("SELECT kind FROM entry WHERE hash = ?", (name.raw,)).fetchone()
    return str(row[0]) if row else None


def key_changes(db: Connection, device: DeviceId) -> tuple[Entry, ...]:
    """The entries with which `device` changed its key, parents before children."""
    rows = db.execute(
        "SELECT bytes, signature FROM entry WHERE device = ? AND kind = ? ORDER BY seq, place",
        (str(device), EntryKind.STATION_KEY_CHANGED),
    )
    return tuple(Entry(bytes(data), bytes(signature)) for data, signature in rows.fetchall())


def is_left_behind(db: Connection) -> bool:
    """Whether another copy of the folder changed the key at the head: only that copy goes on."""
    head = head_hash(db)
    row = (
        head
        and db.execute(
            "SELECT 1 FROM entry WHERE prev = ? AND kind = ?",
            (head.raw, EntryKind.STATION_KEY_CHANGED),
        ).fetchone()
    )
    return bool(row)


def knows(db: Connection, subject: str) -> bool:
    """Whether there is an entry about a subject."""
    row = db.execute("SELECT 1 FROM entry WHERE subject = ? LIMIT 1", (subject,)).fetchone()
    return row is not None


def about(db: Connection, subject: str) -> tuple[Entry, ...]:
    """All entries about a subject, in the order in which they were added (parents first)."""
    rows = db.execute(
        "SELECT bytes, signature FROM entry WHERE subject = ? ORDER BY place", (subject,)
    )
    return tuple(Entry(bytes(data), bytes(signature)) for data, signature in rows.fetchall())


def up_to(db: Connection, entry: Entry) -> tuple[Entry, ...]:
    """The entries about the same subject that were added before `entry`, then `entry` itself."""
    rows = db.execute(
        "SELECT bytes, signature FROM entry WHERE subject = ?1"
        " AND place < (SELECT place FROM entry WHERE hash = ?2) ORDER BY place",
        (entry.head.subject, entry.hash.raw),
    )
    before = (Entry(bytes(data), bytes(signature)) for data, signature in rows.fetchall())
    return (*before, entry)


def everything(db: Connection, *, after: int = 0) -> Iterator[tuple[int, Entry]]:
    """All entries after row `after` with their row numbers, in the order of adding."""
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
    """The last entries of `device`, with their numbers: one per branch."""
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


def has_recorded(db: Connection) -> bool:
    """Whether the journal has an entry about an interception."""
    row = db.execute("SELECT 1 FROM entry WHERE kind LIKE 'interception.%' LIMIT 1").fetchone()
    return row is not None


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
    """The number of entries that were written here and are missing, by the counter of the table.

    Entries that came back from the hub are not missing (`count_back`).
    """
    count, last = db.execute("SELECT count(*), coalesce(max(place), 0) FROM entry").fetchone()
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").fetchone()
    # without the counter, which this program never removes, only the last row number is known
    written = max(last, row[0] if row else 0)
    return max(0, int(written - count - _came_back(db)))


def count_back(db: Connection, count: int) -> None:
    """Add to the count of entries that came back; part of the caller's transaction."""
    facts.write(db, CAME_BACK, str(_came_back(db) + count).encode())


def _came_back(db: Connection) -> int:
    return int(facts.read(db, CAME_BACK) or b"0")


def lacking(db: Connection, device: DeviceId, held: Iterable[EntryHash]) -> list[EntryHash]:
    """The hashes missing at a hub with the tips `held` and all entries before them, parents first.

    Hashes in `held` that are unknown here are ignored.
    """
    marked: set[bytes] = set()
    for name in held:
        marked.update(_chain_down(db, name, marked))
    rows = db.execute("SELECT hash FROM entry WHERE device = ? ORDER BY seq, place", (str(device),))
    return [EntryHash(bytes(name)) for (name,) in rows if bytes(name) not in marked]


def ancestors(db: Connection, name: EntryHash) -> frozenset[EntryHash]:
    """The entry and all entries before it."""
    return frozenset(EntryHash(raw) for raw in map(bytes, _chain_down(db, name, set())))


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
