"""Which records use which numbers, and which numbers are used more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from domain.ids import DeviceId
from hub.numbers import NumberKind, Used
from hub.store.sql.entries import clean
from hub.store.sql.filtered import COUNTED, CappedCount
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
NumberPosition = tuple[NumberKind, str]
"""A number in the order of the list: kinds in that of `KINDS`, then as text."""
KINDS = (NumberKind.SEIZURE, NumberKind.BAG, NumberKind.ITEM)
BEGINNING: NumberPosition = (KINDS[0], "")
LOOKED_AT = 400
"""Numbers that one page looks at, most of which may be of one case or of other regions."""
USERS = 100
"""Records of one number that are listed at most."""


class SharedPage(msgspec.Struct, frozen=True):
    """Numbers in order; `next` is the one after which the next page begins, None when there is
    none.
    """

    numbers: tuple[SharedNumber, ...]
    next: NumberPosition | None


def shared(
    rows: Connection, limit: int, scope: Scope = EVERYTHING, after: NumberPosition = BEGINNING
) -> SharedPage:
    """Numbers that stand in several records of the scope: seizure numbers, bags, then postal items,
    which all interceptions of one case may have; at most `limit` that follow `after`.
    """
    found: list[SharedNumber] = []
    last = after
    for looked_at, (kind, number) in enumerate(_marked(rows, after)):
        if len(found) == limit or looked_at == LOOKED_AT:
            return SharedPage(tuple(found), last)
        last = kind, number
        users = _users(rows, kind, number, scope)
        if len({case if kind is NumberKind.ITEM else user.record for user, case in users}) > 1:
            found.append((kind, number, tuple(user for user, _ in users)))
    return SharedPage(tuple(found), None)


def _marked(rows: Connection, after: NumberPosition) -> Iterator[NumberPosition]:
    """The numbers that are marked as shared, in order; each is found by the index."""
    for kind in KINDS[KINDS.index(after[0]) :]:
        number = clean(after[1]) if kind is after[0] else ""
        while row := rows.execute(
            "SELECT number FROM used_number WHERE shared = 1 AND kind = ? AND number > ?"
            " ORDER BY kind, number LIMIT 1",
            (kind, number),
        ).fetchone():
            (number,) = row
            yield kind, number


def count_shared(rows: Connection, scope: Scope = EVERYTHING) -> CappedCount:
    """How many seizure numbers and bags stand in several records of the scope, among the 10,001
    marks that are read; none may.
    """
    marked = (
        "SELECT kind, number, record FROM used_number WHERE shared = 1 AND kind IN (?, ?) LIMIT ?"
    )
    bounds = (NumberKind.SEIZURE, NumberKind.BAG, COUNTED + 1)
    inside, values = within("listed.device", scope)
    (number,) = rows.execute(
        f"SELECT count(*) FROM (SELECT used.kind FROM ({marked}) AS used"
        f" JOIN interception AS listed ON listed.record = used.record WHERE 1 = 1{inside}"
        " GROUP BY used.kind, used.number HAVING count(DISTINCT used.record) > 1) AS several",
        (*bounds, *values),
    ).fetchone()
    (read,) = rows.execute(f"SELECT count(*) FROM ({marked}) AS marked", bounds).fetchone()
    return CappedCount(int(number), read <= COUNTED)


def _users(
    rows: Connection, kind: str, number: str, scope: Scope
) -> tuple[tuple[NumberUser, str], ...]:
    """The records of the scope in which the number stands, each with its case."""
    inside, values = within("listed.device", scope)
    found = rows.execute(
        "SELECT listed.record, listed.number, listed.device, listed.case_id"
        " FROM used_number AS used JOIN interception AS listed ON listed.record = used.record"
        f" WHERE used.kind = ? AND used.number = ?{inside} ORDER BY listed.arrival LIMIT ?",
        (kind, number, *values, USERS),
    )
    return tuple((NumberUser(*row[:3]), row[3]) for row in found)


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
