"""Counts of what the hub holds, kept beside the rows that they count, so that no page counts rows.

Every transaction that changes what is counted adds the difference to one row per post and
workstation. Transactions about one workstation follow one another already, so these rows make none
wait. A photo that two interceptions name counts in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from domain.ids import DeviceId, PhotoHash
from hub.store.sql.entries import clean
from hub.store.sql.many import pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection

Owner = tuple[str, str]
"""A post and a workstation; entries that cannot be read count without a post."""


class Counts(msgspec.Struct, frozen=True):
    """How much there is of each kind, or by how much that changes."""

    interceptions: int = 0
    cases: int = 0
    """The finds that the interceptions are of. A find of several posts or workstations counts with
    one of them, so it is right as a sum over all alone.
    """
    photos_named: int = 0
    photos_held: int = 0
    unread: int = 0

    def __add__(self, other: Counts) -> Counts:
        mine, theirs = msgspec.structs.astuple(self), msgspec.structs.astuple(other)
        return Counts(*(a + b for a, b in zip(mine, theirs, strict=True)))

    def __neg__(self) -> Counts:
        return Counts(*(-count for count in msgspec.structs.astuple(self)))


NOTHING = Counts()
Margins = dict[Owner, Counts]


class CountedInterception(msgspec.Struct, frozen=True):
    """What of an interception is counted."""

    post: str
    device: str
    case_id: str
    photos: frozenset[PhotoHash]

    @property
    def owner(self) -> Owner:
        """Where it counts."""
        return self.post, self.device


Counted = Mapping[str, CountedInterception]
"""By record."""


def totals(rows: Connection, scope: Scope = EVERYTHING, *, post: str = "") -> Counts:
    """The counts of what the scope has, or of one post; reads a row per post and workstation."""
    inside, values = within("device", scope)
    where, of_post = ("post = ?", (post,)) if post else ("1 = 1", ())
    row = rows.execute(
        f"SELECT {_SUMS} FROM margin WHERE {where}{inside}", (*of_post, *values)
    ).fetchone()
    return Counts(*(int(count or 0) for count in row))


def counted(rows: Connection, records: Iterable[str]) -> dict[str, CountedInterception]:
    """Those of the records that are listed, as they are counted now."""
    wanted = [clean(record) for record in records]
    photos: dict[str, set[PhotoHash]] = {}
    for marks, names in pieces(wanted):
        for record, raw in rows.execute(
            f"SELECT record, hash FROM interception_photo WHERE record IN ({marks})", names
        ):
            photos.setdefault(record, set()).add(PhotoHash(bytes(raw)))
    found = {}
    for marks, names in pieces(wanted):
        for record, post, device, case_id in rows.execute(
            f"SELECT record, post, device, case_id FROM interception WHERE record IN ({marks})",
            names,
        ):
            of_record = frozenset(photos.get(record, ()))
            found[record] = CountedInterception(post, device, case_id, of_record)
    return found


def change(
    rows: Connection, before: Counted, after: Counted, unread: Mapping[DeviceId, int]
) -> frozenset[str]:
    """Count the interceptions `after` in place of those `before`, and entries that cannot be read.

    It is called before their rows are written, in a transaction that is about their cases and
    names their photos. Returns the cases that several interceptions are of.
    """
    both = (*before.values(), *after.values())
    photos = _stored(rows, {photo for each in both for photo in each.photos})
    cases = _of_cases(rows, {each.case_id for each in both})
    stored, of_case = set(photos), Counter(dict(cases))
    margins: Margins = {}
    for each in before.values():
        of_case[each.case_id] -= 1
        _add(margins, each.owner, -_counts(each, stored, last=not of_case[each.case_id]))
    for each in after.values():
        _add(margins, each.owner, _counts(each, stored, last=not of_case[each.case_id]))
        of_case[each.case_id] += 1
    for device, count in unread.items():
        _add(margins, ("", str(device)), Counts(unread=count))
    add(rows, margins)
    return frozenset(case for case, count in of_case.items() if count > 1)


def change_held(rows: Connection, photos: Iterable[PhotoHash], by: int) -> tuple[str, ...]:
    """The bytes of these photos came (`by` 1) or went (-1), in a transaction that stores them;
    returns the records that name them.
    """
    margins: Margins = {}
    records: dict[str, None] = {}
    for marks, hashes in pieces(photo.raw for photo in photos):
        for record, post, device in rows.execute(
            "SELECT listed.record, listed.post, listed.device FROM interception_photo AS named"
            " JOIN interception AS listed ON listed.record = named.record"
            f" WHERE named.hash IN ({marks}) ORDER BY listed.arrival DESC",
            hashes,
        ):
            records[record] = None
            _add(margins, (post, device), Counts(photos_held=by))
    add(rows, margins)
    return tuple(records)


def drift(rows: Connection) -> Margins:
    """By how much the rows exceed their kept counts, empty when all is right; reads all rows.

    Both are read in one view, so the difference stays the same whatever others write meanwhile.
    """
    kept, true = (_all(rows, each) for each in (_KEPT, _COUNTED))
    found = {
        owner: true.get(owner, NOTHING) + -kept.get(owner, NOTHING) for owner in {*kept, *true}
    }
    cases = sum(counts.cases for counts in found.values())
    found = {owner: msgspec.structs.replace(counts, cases=0) for owner, counts in found.items()}
    _add(found, ("", ""), Counts(cases=cases))
    return {owner: counts for owner, counts in found.items() if counts != NOTHING}


def add(rows: Connection, margins: Margins) -> None:
    """Add to the kept counts, in the order of their keys: two transactions about the same counts
    never wait for each other at once.
    """
    rows.executemany(
        "INSERT INTO margin (post, device, interceptions, cases, photos, held, unread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (post, device) DO UPDATE SET"
        " interceptions = margin.interceptions + excluded.interceptions,"
        " cases = margin.cases + excluded.cases, photos = margin.photos + excluded.photos,"
        " held = margin.held + excluded.held, unread = margin.unread + excluded.unread",
        [
            (*owner, *msgspec.structs.astuple(counts))
            for owner, counts in sorted(margins.items())
            if counts != NOTHING
        ],
    )


def _all(rows: Connection, select: str) -> Margins:
    return {
        (post, device): Counts(*(int(count) for count in counts))
        for post, device, *counts in rows.execute(select)
    }


def _counts(each: CountedInterception, stored: set[PhotoHash], *, last: bool) -> Counts:
    """What the interception adds; `last` when no other one is of its case."""
    return Counts(1, int(last), len(each.photos), len(each.photos & stored))


def _stored(rows: Connection, photos: Iterable[PhotoHash]) -> Iterator[PhotoHash]:
    """Those of the photos whose bytes are here; asked now, and read when iterated."""
    found = [
        rows.execute(f"SELECT hash FROM photo WHERE hash IN ({marks})", hashes)
        for marks, hashes in pieces(photo.raw for photo in photos)
    ]
    return (PhotoHash(bytes(raw)) for (raw,) in chain.from_iterable(found))


def _of_cases(rows: Connection, cases: Iterable[str]) -> Iterator[tuple[str, int]]:
    """How many listed interceptions are of each case; asked now, and read when iterated."""
    found = [
        rows.execute(
            "SELECT case_id, count(*) FROM interception"
            f" WHERE case_id IN ({marks}) GROUP BY case_id",
            names,
        )
        for marks, names in pieces(cases)
    ]
    return ((case, count) for case, count in chain.from_iterable(found))


def _add(margins: Margins, owner: Owner, counts: Counts) -> None:
    margins[owner] = margins.get(owner, NOTHING) + counts


_SUMS = "sum(interceptions), sum(cases), sum(photos), sum(held), sum(unread)"
_KEPT = "SELECT post, device, interceptions, cases, photos, held, unread FROM margin"
_COUNTED = """
    SELECT post, device, sum(interceptions), sum(cases), sum(photos), sum(held), sum(unread) FROM (
        SELECT listed.post AS post, listed.device AS device, 1 AS interceptions,
            CASE WHEN listed.arrival = (SELECT min(other.arrival) FROM interception AS other
                WHERE other.case_id = listed.case_id) THEN 1 ELSE 0 END AS cases,
            0 AS photos, 0 AS held, 0 AS unread FROM interception AS listed
        UNION ALL
        SELECT listed.post, listed.device, 0, 0, count(*), count(photo.hash), 0
            FROM interception_photo AS named JOIN interception AS listed USING (record)
            LEFT JOIN photo ON photo.hash = named.hash GROUP BY listed.post, listed.device
        UNION ALL
        SELECT '', device, 0, 0, 0, 0, count(*) FROM entry WHERE readable = 0 GROUP BY device
    ) AS counted GROUP BY post, device
"""
