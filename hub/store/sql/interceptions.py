"""The interceptions as the pages list them: rows filled by the intake, read by keyset."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from domain.ids import PhotoHash
from hub.store.sql.entries import clean
from hub.summary import Summary
from system.database import Connection


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


class ListedPhoto(msgspec.Struct, frozen=True):
    """A photo that an interception names; `held` once its bytes are here."""

    hash: PhotoHash
    held: bool


def put(rows: Connection, row: ListedInterception, photos: Sequence[PhotoHash]) -> None:
    """The row as it is now; its place in the list is that of its first arrival."""
    rows.execute(
        "INSERT INTO interception (record, arrival, device, arrived_at, changed_at, number, status,"
        " revision, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET"
        " changed_at = excluded.changed_at, number = excluded.number, status = excluded.status,"
        " revision = excluded.revision, summary = excluded.summary",
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
        ),
    )
    rows.execute("DELETE FROM interception_photo WHERE record = ?", (clean(row.record),))
    rows.executemany(
        "INSERT INTO interception_photo (record, place, hash) VALUES (?, ?, ?)",
        [(clean(row.record), index, photo.raw) for index, photo in enumerate(photos)],
    )


def page(rows: Connection, *, before: int, limit: int) -> tuple[ListedInterception, ...]:
    """Interceptions that arrived before number `before`, newest first."""
    found = rows.execute(
        f"{_SELECT} WHERE arrival < ? ORDER BY arrival DESC LIMIT ?", (before, limit)
    )
    return tuple(_row(row) for row in found)


def one(rows: Connection, record: str) -> ListedInterception | None:
    """The row of one interception."""
    row = rows.execute(f"{_SELECT} WHERE record = ?", (clean(record),)).fetchone()
    return _row(row) if row else None


def photos_of(rows: Connection, record: str) -> tuple[ListedPhoto, ...]:
    """The photos that an interception names, in order."""
    found = rows.execute(
        "SELECT named.hash, photo.hash IS NOT NULL FROM interception_photo AS named"
        " LEFT JOIN photo ON photo.hash = named.hash WHERE named.record = ? ORDER BY named.place",
        (clean(record),),
    )
    return tuple(ListedPhoto(PhotoHash(bytes(h)), bool(is_held)) for h, is_held in found)


class ArrivalTotals(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub holds in all, and what the interceptions name."""

    interceptions: int
    photos_held: int
    photos_named: int
    unread: int


def totals(rows: Connection) -> ArrivalTotals:
    """Counts for the head of the list; a photo named twice counts once."""
    (records,) = rows.execute("SELECT count(*) FROM interception").fetchone()
    named, held = rows.execute(
        "SELECT count(*), count(photo.hash) FROM (SELECT DISTINCT hash FROM interception_photo)"
        " AS named LEFT JOIN photo ON photo.hash = named.hash"
    ).fetchone()
    (unread,) = rows.execute("SELECT count(*) FROM entry WHERE readable = 0").fetchone()
    return ArrivalTotals(interceptions=records, photos_held=held, photos_named=named, unread=unread)


def version(rows: Connection) -> str:
    """A text that is another one after every arrival; cheap to ask."""
    (entries,) = rows.execute("SELECT coalesce(max(arrival), 0) FROM entry").fetchone()
    (photos,) = rows.execute("SELECT count(*) FROM photo").fetchone()
    return f"{entries}.{photos}"


_SELECT = (
    "SELECT record, arrival, device, arrived_at, changed_at, number, status, revision, summary"
    " FROM interception"
)


def _row(row: tuple[str, int, str, int, int, str, str, int, str]) -> ListedInterception:
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
