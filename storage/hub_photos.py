"""What the workstation knows of the hub's photos: what to ask about, and whose they are."""

from __future__ import annotations

from domain.ids import PhotoHash
from system.database import Connection


def photos_to_check(db: Connection, count: int) -> tuple[PhotoHash, ...]:
    """Held photos for a spot check: those that the hub signed for longest ago.

    At least a third of them are not yet safe, if so many are not, because a hub that made a backup
    since has good news of those.
    """
    names: dict[bytes, None] = {}
    for where, share in (("AND level <> 'safe'", count // 3), ("", count)):
        rows = db.execute(
            f"SELECT hash FROM held WHERE what = 'photo' {where} ORDER BY at, hash LIMIT ?",
            (share,),
        )
        names.update((bytes(name), None) for (name,) in rows.fetchall())
    return tuple(PhotoHash(name) for name in list(names)[:count])


def begun_photos(db: Connection) -> frozenset[PhotoHash]:
    """Photos of which the hub may hold some bytes, or all."""
    rows = db.execute("SELECT photo FROM begun").fetchall()
    return frozenset(PhotoHash(bytes(name)) for (name,) in rows)


def number_of_photo(db: Connection, photo: PhotoHash) -> str:
    """The number of an interception that names the photo; empty when none does."""
    row = db.execute(
        "SELECT r.number FROM record_photo AS p JOIN record AS r ON r.record = p.record"
        " WHERE p.hash = ? LIMIT 1",
        (photo.raw,),
    ).fetchone()
    return str(row[0] or "") if row else ""
