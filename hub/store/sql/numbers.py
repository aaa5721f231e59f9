"""Which records use which numbers, and which numbers are used more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from domain.ids import DeviceId
from hub.numbers import NumberKind, Used
from hub.store.sql.entries import clean
from hub.store.sql.many import for_each, insert, pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection


class Clash(msgspec.Struct, frozen=True):
    """A number that two records have."""

    kind: NumberKind
    number: str
    record: str
    """The other record."""
    shown: str
    """The other record's seizure number."""
    device: str
    """The workstation of the other record."""


def put(
    rows: Connection, records: Mapping[str, Used], listed_before: Iterable[str]
) -> tuple[str, ...]:
    """Replace the numbers of each record by these; only those in `listed_before` have any. Returns
    the other records one of whose numbers is repeated from now on.
    """
    now = {
        (kind, clean(number), clean(record))
        for record, used in records.items()
        for kind, number in used
    }
    before = _of_records(rows, listed_before)
    for_each(
        rows,
        "DELETE FROM used_number WHERE kind = ? AND number = ? AND record = ?",
        sorted(before - now),
    )
    added = sorted(now - before)
    counts = _counts(rows, added)
    more = Counter((kind, number) for kind, number, _ in added)
    shared = {name for name, count in more.items() if counts[name] + count > 1}
    insert(
        rows,
        "used_number (kind, number, record, shared)",
        [(kind, number, record, int((kind, number) in shared)) for kind, number, record in added],
    )
    repeated = sorted(name for name in shared if counts[name] == 1)
    for_each(rows, "UPDATE used_number SET shared = 1 WHERE kind = ? AND number = ?", repeated)
    return tuple(
        record
        for name in repeated
        for (record,) in rows.execute(
            "SELECT record FROM used_number WHERE kind = ? AND number = ?", name
        )
        if record not in records
    )


def _of_records(rows: Connection, records: Iterable[str]) -> set[tuple[NumberKind, str, str]]:
    """The stored numbers of the records."""
    found: set[tuple[NumberKind, str, str]] = set()
    for marks, names in pieces(clean(record) for record in records):
        stored = rows.execute(
            f"SELECT kind, number, record FROM used_number WHERE record IN ({marks})", names
        )
        found |= {(NumberKind(kind), number, record) for kind, number, record in stored}
    return found


def _counts(
    rows: Connection, wanted: Iterable[tuple[NumberKind, str, str]]
) -> Counter[tuple[NumberKind, str]]:
    """How many records have each of the numbers now, up to two: a word such as "none" in place of
    a number stands in very many.
    """
    counts: Counter[tuple[NumberKind, str]] = Counter()
    for marks, some in pieces((kind, number) for kind, number, _ in wanted):
        pairs = marks.replace("?", "(?, ?)")
        stored = rows.execute(
            f"WITH wanted (kind, number) AS (VALUES {pairs})"
            " SELECT kind, number, (SELECT count(*) FROM (SELECT 1 FROM used_number AS used"
            " WHERE used.kind = wanted.kind AND used.number = wanted.number LIMIT 2) AS first_two)"
            " FROM wanted",
            [part for name in some for part in name],
        )
        counts |= Counter({(NumberKind(kind), number): count for kind, number, count in stored})
    return counts


def clashes(
    rows: Connection, record: str, limit: int, scope: Scope = EVERYTHING
) -> tuple[Clash, ...]:
    """Numbers that the record shares with others of the scope: seizure numbers first, then bags,
    then postal items, which all interceptions of one case may have.
    """
    inside, values = within("listed.device", scope)
    found = rows.execute(
        "SELECT mine.kind, mine.number, other.record, listed.number, listed.device"
        " FROM used_number AS mine"
        " JOIN used_number AS other ON other.kind = mine.kind AND other.number = mine.number"
        " AND other.record <> mine.record"
        " JOIN interception AS listed ON listed.record = other.record"
        " JOIN interception AS own ON own.record = mine.record"
        " WHERE mine.record = ? AND mine.shared = 1"
        f" AND (mine.kind <> ? OR listed.case_id <> own.case_id){inside}"
        " ORDER BY mine.kind DESC, listed.arrival LIMIT ?",
        (clean(record), NumberKind.ITEM, *values, limit),
    )
    return tuple(Clash(NumberKind(row[0]), *row[1:]) for row in found)


class NumberUser(msgspec.Struct, frozen=True):
    """A record in which a number stands; `title` is its seizure number."""

    record: str
    title: str
    device: str


SharedNumber = tuple[NumberKind, str, tuple[NumberUser, ...]]


def shared(rows: Connection, limit: int, scope: Scope = EVERYTHING) -> tuple[SharedNumber, ...]:
    """Numbers that stand in several records of the scope: seizure numbers and bags, then postal
    items, which may be used again; newest first.
    """
    several, values = _several(scope)
    found = rows.execute(
        f"SELECT used.kind, used.number, max(listed.arrival) {several}"
        " ORDER BY used.kind = ?, 3 DESC LIMIT ?",
        (*values, NumberKind.ITEM, limit),
    ).fetchall()
    return tuple((NumberKind(kind), n, _users(rows, kind, n, scope)) for kind, n, _ in found)


def count_shared(rows: Connection, scope: Scope = EVERYTHING) -> int:
    """How many seizure numbers and bags stand in several records of the scope; none may."""
    several, values = _several(scope)
    row = rows.execute(
        f"SELECT count(*) FROM (SELECT used.kind AS kind {several}) AS several WHERE kind <> ?",
        (*values, NumberKind.ITEM),
    ).fetchone()
    return int(row[0])


def _several(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """Selects the numbers that stand in several records of the scope."""
    inside, values = within("listed.device", scope)
    return (
        "FROM used_number AS used JOIN interception AS listed ON listed.record = used.record"
        f" WHERE used.shared = 1{inside} GROUP BY used.kind, used.number HAVING count(DISTINCT"
        f" CASE used.kind WHEN '{NumberKind.ITEM}' THEN listed.case_id ELSE used.record END)"
        " > 1"
    ), values


def _users(rows: Connection, kind: str, number: str, scope: Scope) -> tuple[NumberUser, ...]:
    inside, values = within("listed.device", scope)
    found = rows.execute(
        "SELECT listed.record, listed.number, listed.device FROM used_number AS used"
        " JOIN interception AS listed ON listed.record = used.record"
        f" WHERE used.kind = ? AND used.number = ?{inside} ORDER BY listed.arrival",
        (kind, number, *values),
    )
    return tuple(NumberUser(*row) for row in found)


def given_twice(rows: Connection, device: DeviceId, limit: int) -> Iterator[tuple[str, str]]:
    """Seizure numbers of the device that records of other devices have too, each with the other
    device; asked now, and read when iterated.
    """
    found = rows.execute(GIVEN_TWICE, (str(device), NumberKind.SEIZURE, limit))
    return ((number, other) for number, other in found)


GIVEN_TWICE = (
    "SELECT mine.number, min(theirs.device) FROM used_number AS mine"
    # not by the index of the workstation, which has every record: few numbers are shared
    " JOIN interception AS ours ON ours.record = mine.record AND ours.device || '' = ?"
    " JOIN used_number AS other ON other.kind = mine.kind AND other.number = mine.number"
    " AND other.record <> mine.record"
    " JOIN interception AS theirs ON theirs.record = other.record"
    " WHERE mine.shared = 1 AND mine.kind = ? GROUP BY mine.number ORDER BY mine.number LIMIT ?"
)
