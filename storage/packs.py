"""Packs adopted here: every version, for ever, so that old records stay readable."""

from __future__ import annotations

from domain.ids import PackHash
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist, Terms
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.words import mark
from system.database import Connection
from system.errors import Damaged


def put(db: Connection, pack: Pack, data: bytes, at: Instant) -> None:
    """Keep a pack; part of the caller's transaction.

    Raises `Damaged` when other bytes are held under the same id and version.
    """
    held = db.execute(
        "SELECT bytes FROM pack WHERE id = ? AND version = ?", (pack.id, pack.version)
    ).fetchone()
    if held is not None:
        if bytes(held[0]) != data:
            raise Damaged(
                mark("another pack of this id and version is held already"),
                about=f"{pack.id} {pack.version}",
                hint=mark("Ask headquarters to publish it under a new version."),
            )
        return
    db.execute(
        "INSERT INTO pack (id, version, sha256, bytes, adopted_at) VALUES (?, ?, ?, ?, ?)",
        (pack.id, pack.version, PackHash.of(data).raw, data, str(at)),
    )


def checklist(db: Connection, ref: PackRef, terms: Terms) -> Checklist | None:
    """The checklist of that id and version; None when it was never adopted here.

    Raises `Damaged` when it is not what was adopted.
    """
    row = db.execute(
        "SELECT bytes, sha256 FROM pack WHERE id = ? AND version = ?", (ref.id, ref.version)
    ).fetchone()
    if row is None:
        return None
    data, about = bytes(row[0]), f"{ref.id} {ref.version}"
    name = PackHash.of(data)
    if name.raw != bytes(row[1]):
        raise Damaged(
            mark("this pack is not the one that was adopted"),
            about=about,
            hint=mark("Stop recording here and restore the folder from a backup."),
        )
    return Checklist(read_pack(data, about), name, terms)


def all_held(db: Connection) -> tuple[PackRef, ...]:
    """Every version of every pack, by id; the newest of each first."""
    rows = db.execute("SELECT id, version FROM pack").fetchall()
    rows.sort(key=lambda row: (row[0], [-int(part) for part in row[1].split(".")]))
    return tuple(PackRef(id=name, version=version) for name, version in rows)


def newest(db: Connection) -> tuple[PackRef, ...]:
    """The newest version of each pack, by id."""
    rows = db.execute("SELECT id, version FROM pack").fetchall()
    best: dict[str, tuple[int, ...]] = {}
    for name, version in rows:
        best[name] = max(best.get(name, ()), tuple(int(part) for part in version.split(".")))
    return tuple(
        PackRef(id=name, version=".".join(map(str, version)))
        for name, version in sorted(best.items())
    )
