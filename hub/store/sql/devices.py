"""The tables of workstations and of their tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from domain.ids import DeviceId
from domain.signing import VerifyKey
from hub.store.sql.codes import secret_hash
from hub.store.sql.many import pieces
from hub.store.sql.scope import EVERYTHING, Scope, within
from system.database import Connection

SEEN_STEP = 60_000


class Device(msgspec.Struct, frozen=True):
    """A workstation that the hub knows; times in milliseconds since 1970."""

    id: DeviceId
    key: VerifyKey | None
    name: str
    post: str
    station: int
    enrolled_at: int
    seen_at: int
    ended_at: int | None = None
    """Since when headquarters has ended it; None while it may send."""
    ended_why: str = ""


def enrol(rows: Connection, device: Device) -> bool:
    """Add the device, or update its name and post; False when it is known and none of its keys is
    this one. The key of a known device stays its first one.
    """
    return bool(
        rows.execute(
            "INSERT INTO device (id, public_key, name, post, station, enrolled_at, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " name = CASE WHEN device.renamed = 1 THEN device.name ELSE excluded.name END,"
            " post = excluded.post, station = excluded.station,"
            " seen_at = excluded.seen_at WHERE device.public_key = excluded.public_key OR"
            " excluded.public_key IN (SELECT changed.public_key FROM device_key AS changed"
            " WHERE changed.device = device.id) RETURNING 1",
            (
                str(device.id),
                device.key.raw if device.key else None,
                device.name,
                device.post,
                device.station,
                device.enrolled_at,
                device.seen_at,
            ),
        ).fetchall()
    )


def names(rows: Connection, wanted: Iterable[str]) -> dict[str, str]:
    """The names of those of the devices that are known, by their ids."""
    return {
        device: name
        for marks, ids in pieces(wanted)
        for device, name in rows.execute(f"SELECT id, name FROM device WHERE id IN ({marks})", ids)
    }


def give_token(rows: Connection, device: DeviceId, token: str, now: int) -> None:
    """Give the device this token; its earlier tokens become invalid."""
    rows.execute("DELETE FROM token WHERE device = ?", (str(device),))
    rows.execute(
        "INSERT INTO token (hash, device, given_at) VALUES (?, ?, ?)",
        (secret_hash(token), str(device), now),
    )


def bearer(rows: Connection, token: str) -> Device | None:
    """The device that owns this token, also an ended one."""
    row = rows.execute(
        f"{_SELECT} WHERE id = (SELECT device FROM token WHERE hash = ?)", (secret_hash(token),)
    ).fetchone()
    return _device(row) if row else None


def end(rows: Connection, device: DeviceId, now: int, why: str) -> None:
    """The device is ended from now on; one that is ended stays ended since the first time."""
    rows.execute(
        "UPDATE device SET ended_at = ?, ended_why = ? WHERE id = ? AND ended_at IS NULL",
        (now, why, str(device)),
    )


def rename(rows: Connection, device: DeviceId, name: str) -> None:
    """Give the device a name that its next enrolment does not change."""
    rows.execute("UPDATE device SET name = ?, renamed = 1 WHERE id = ?", (name, str(device)))


def note_contact(rows: Connection, device: DeviceId, now: int) -> None:
    """Store the time of the device's last contact, to the minute."""
    rows.execute(
        "UPDATE device SET seen_at = ? WHERE id = ? AND seen_at < ?",
        (now, str(device), now - SEEN_STEP),
    )


def device(rows: Connection, wanted: DeviceId) -> Device | None:
    """The device with this id."""
    row = rows.execute(f"{_SELECT} WHERE id = ?", (str(wanted),)).fetchone()
    return _device(row) if row else None


def ended(rows: Connection, wanted: DeviceId) -> Iterator[int]:
    """Since when the device is ended, if it is; asked now, and read when iterated."""
    found = rows.execute(
        "SELECT ended_at FROM device WHERE id = ? AND ended_at IS NOT NULL", (str(wanted),)
    )
    return (ended_at for (ended_at,) in found)


def devices(rows: Connection, scope: Scope = EVERYTHING) -> tuple[Device, ...]:
    """All devices of the scope, the one with the latest contact first."""
    inside, values = within("id", scope)
    found = rows.execute(f"{_SELECT} WHERE 1 = 1{inside} ORDER BY seen_at DESC, id", values)
    return tuple(_device(row) for row in found)


def page(
    rows: Connection, after: DeviceId | None, limit: int, scope: Scope = EVERYTHING
) -> tuple[Device, ...] | None:
    """At most `limit` devices of the scope in the order of post, station and id, those that follow
    the device `after`; None when the scope has no such device.
    """
    inside, values = within("id", scope)
    position: tuple[object, ...] = ("", -1, "")
    if after is not None:
        found = rows.execute(
            f"SELECT post, station, id FROM device WHERE id = ?{inside}", (str(after), *values)
        ).fetchone()
        if found is None:
            return None
        position = found
    selected = rows.execute(
        f"{_SELECT} WHERE (post, station, id) > (?, ?, ?){inside}"
        " ORDER BY post, station, id LIMIT ?",
        (*position, *values, limit),
    )
    return tuple(_device(row) for row in selected)


def some(rows: Connection, wanted: Iterable[str], scope: Scope = EVERYTHING) -> tuple[Device, ...]:
    """Those of the devices that are known and in the scope, in no order."""
    inside, values = within("id", scope)
    return tuple(
        _device(row)
        for marks, ids in pieces(wanted)
        for row in rows.execute(f"{_SELECT} WHERE id IN ({marks}){inside}", (*ids, *values))
    )


def count(rows: Connection, scope: Scope = EVERYTHING) -> int:
    """How many devices the scope has."""
    inside, values = within("id", scope)
    (number,) = rows.execute(f"SELECT count(*) FROM device WHERE 1 = 1{inside}", values).fetchone()
    return int(number)


def of_posts(rows: Connection, posts: Iterable[str]) -> tuple[Device, ...]:
    """All devices of these posts, the one with the latest contact first."""
    found = (
        row
        for marks, names in pieces(posts)
        for row in rows.execute(f"{_SELECT} WHERE post IN ({marks})", names)
    )
    return tuple(sorted(map(_device, found), key=lambda each: (-each.seen_at, str(each.id))))


def at_station(
    rows: Connection, post: str, number: int, *, besides: DeviceId | None, since: int
) -> Device | None:
    """Another workstation with this post and number: the one with the latest contact.

    One that headquarters ended before the time `since` does not count.
    """
    row = rows.execute(
        f"{_SELECT} WHERE post = ? AND station = ? AND id <> ? AND public_key IS NOT NULL"
        " AND (ended_at IS NULL OR ended_at >= ?) ORDER BY seen_at DESC, id LIMIT 1",
        (post, number, str(besides or ""), since),
    ).fetchone()
    return _device(row) if row else None


def at_one_station(known: Iterable[Device]) -> dict[DeviceId, DeviceId]:
    """Workstations that share their post and number with another one, each with the other's id;
    ended ones do not count.
    """
    by_station: dict[tuple[str, int], list[DeviceId]] = {}
    for each in known:
        if each.key is not None and each.post and each.ended_at is None:
            by_station.setdefault((each.post, each.station), []).append(each.id)
    twins = (ids for ids in by_station.values() if len(ids) > 1)
    return {one: ids[0] if one != ids[0] else ids[1] for ids in twins for one in ids}


_SELECT = (
    "SELECT id, public_key, name, post, station, enrolled_at, seen_at, ended_at, ended_why"
    " FROM device"
)


def _device(
    row: tuple[str, bytes | None, str, str, int, int, int, int | None, str],
) -> Device:
    key = VerifyKey(bytes(row[1])) if row[1] is not None else None
    return Device(DeviceId(row[0]), key, *row[2:])
