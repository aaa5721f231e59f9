"""The interceptions as the pages list them: the intake writes the rows, the pages read them page by
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from domain.ids import DeviceId, PhotoHash
from hub.store.sql.entries import clean
from hub.store.sql.many import insert, pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from hub.summary import Summary
from system.database import Connection

OF_CASE = 10_001


class ListedInterception(msgspec.Struct, frozen=True, kw_only=True):
    """One interception in the list; times in milliseconds since 1970, UTC."""

    record: str
    arrival: int
    device: str
    arrived_at: int
    changed_at: int
    number: str
    status: str
    revision: int
    summary: Summary

    @property
    def case_id(self) -> str:
        """The id of its case, as the column of this name has it."""
        return self.summary.case or self.record


class ListedPhoto(msgspec.Struct, frozen=True):
    """A photo of an interception; `held` once its bytes are at the hub.

    `preview` is true while only a preview of it is here, sent by the interception's workstation.
    """

    hash: PhotoHash
    held: bool
    preview: bool


def put(
    rows: Connection,
    listed: Sequence[ListedInterception],
    photos: Mapping[str, Sequence[PhotoHash]],
    listed_before: Iterable[str],
) -> None:
    """Write the rows, and the photos of each record; a record keeps its position in the list, that
    of its first arrival. Only those in `listed_before` may be listed already.
    """
    before = {clean(record) for record in listed_before}
    values = [
        (
            clean(row.record),
            row.arrival,
            row.device,
            row.arrived_at,
            row.changed_at,
            clean(row.number),
            row.status,
            row.revision,
            msgspec.json.encode(row.summary).decode(),
        )
        for row in listed
    ]
    insert(rows, _ROW, [each for each in values if each[0] not in before])
    insert(
        rows,
        _ROW,
        [each for each in values if each[0] in before],
        " ON CONFLICT (record) DO UPDATE SET changed_at = excluded.changed_at,"
        " number = excluded.number, status = excluded.status, revision = excluded.revision,"
        " summary = excluded.summary",
    )
    for marks, records in pieces(before):
        rows.execute(f"DELETE FROM interception_photo WHERE record IN ({marks})", records)
    insert(
        rows,
        "interception_photo (record, place, hash)",
        [
            (clean(record), index, photo.raw)
            for record, named in photos.items()
            for index, photo in enumerate(named)
        ],
    )


def page(
    rows: Connection,
    *,
    before: int,
    limit: int,
    case_id: str = "",
    scope: Scope = EVERYTHING,
) -> tuple[ListedInterception, ...]:
    """Interceptions with an arrival number less than `before`, newest first; only those of a case
    when one is named.
    """
    where, named = (" AND case_id = ?", (clean(case_id),)) if case_id else ("", ())
    inside, values = within("device", scope)
    found = rows.execute(
        f"{SELECT} WHERE arrival < ?{where}{inside} ORDER BY arrival DESC LIMIT ?",
        (before, *named, *values, limit),
    )
    return tuple(listed_from(row) for row in found)


def count_of_case(rows: Connection, case_id: str, scope: Scope = EVERYTHING) -> int:
    """How many interceptions of the scope belong to a case, as far as `OF_CASE`."""
    inside, values = within("device", scope)
    (count,) = rows.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM interception WHERE case_id = ?{inside} LIMIT ?)"
        " AS listed",
        (clean(case_id), *values, OF_CASE),
    ).fetchone()
    return int(count)


def some(
    rows: Connection, records: Iterable[str], scope: Scope = EVERYTHING
) -> tuple[ListedInterception, ...]:
    """Those of the records that are listed and in the scope, in no order."""
    inside, values = within("device", scope)
    return tuple(
        listed_from(row)
        for marks, names in pieces(clean(record) for record in records)
        for row in rows.execute(f"{SELECT} WHERE record IN ({marks}){inside}", (*names, *values))
    )


def of_cases(rows: Connection, cases: Iterable[str], limit: int) -> tuple[str, ...]:
    """The newest records of each of the cases, at most `limit` of each."""
    return tuple(
        record
        for case in sorted(cases)
        for (record,) in rows.execute(
            "SELECT record FROM interception WHERE case_id = ? ORDER BY arrival DESC LIMIT ?",
            (case, limit),
        )
    )


def naming(rows: Connection, photo: PhotoHash, limit: int) -> tuple[str, ...]:
    """The newest records that name the photo."""
    found = rows.execute(
        "SELECT listed.record FROM interception_photo AS named"
        " JOIN interception AS listed ON listed.record = named.record"
        " WHERE named.hash = ? ORDER BY listed.arrival DESC LIMIT ?",
        (photo.raw, limit),
    )
    return tuple(record for (record,) in found)


def one(rows: Connection, record: str, scope: Scope = EVERYTHING) -> ListedInterception | None:
    """The row of one interception, if the scope has it."""
    inside, values = within("device", scope)
    row = rows.execute(f"{SELECT} WHERE record = ?{inside}", (clean(record), *values)).fetchone()
    return listed_from(row) if row else None


def photos_of(rows: Connection, record: str) -> tuple[ListedPhoto, ...]:
    """The photos of an interception, in order."""
    found = rows.execute(
        "SELECT named.hash, photo.hash IS NOT NULL, photo.hash IS NULL AND preview.hash IS NOT NULL"
        " FROM interception_photo AS named JOIN interception ON interception.record = named.record"
        " LEFT JOIN photo ON photo.hash = named.hash LEFT JOIN preview"
        " ON preview.hash = named.hash AND preview.device = interception.device"
        " WHERE named.record = ? ORDER BY named.place",
        (clean(record),),
    )
    return tuple(
        ListedPhoto(PhotoHash(bytes(h)), bool(is_held), bool(p)) for h, is_held, p in found
    )


def packs_of(rows: Connection, device: DeviceId) -> frozenset[tuple[str, str]]:
    """Id and version of the packs with which the records of a workstation were made."""
    found = rows.execute(
        "SELECT DISTINCT summary ->> 'pack_id', summary ->> 'pack_version' FROM interception"
        " WHERE device = ?",
        (str(device),),
    )
    return frozenset((name or "", version or "") for name, version in found)


_ROW = (
    "interception (record, arrival, device, arrived_at, changed_at, number, status, revision,"
    " summary)"
)
SELECT = (
    "SELECT record, arrival, device, arrived_at, changed_at, number, status, revision, summary"
    " FROM interception"
)


def listed_from(row: tuple[str, int, str, int, int, str, str, int, str]) -> ListedInterception:
    """The interception in a row of `SELECT`."""
    record, arrival, device, arrived_at, changed_at, number, status, revision, summary = row
    return ListedInterception(
        record=record,
        arrival=arrival,
        device=device,
        arrived_at=arrived_at,
        changed_at=changed_at,
        number=number,
        status=status,
        revision=revision,
        summary=msgspec.json.decode(summary, type=Summary),
    )


def numbers_of_records(rows: Connection, records: Iterable[str]) -> dict[str, str]:
    """The seizure numbers of those of the records that are here."""
    found: dict[str, str] = {}
    for marks, names in pieces(clean(record) for record in records):
        stored = rows.execute(
            f"SELECT record, number FROM interception WHERE record IN ({marks})", names
        )
        found |= dict(stored.fetchall())
    return found
