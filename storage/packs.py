"""The adopted packs. Every version is kept permanently, so that old records stay readable."""

from __future__ import annotations

from domain.ids import PackHash
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist, Terms
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.words import mark
from system.database import Connection
from system.database.tables import tables
from system.errors import Damaged


def put(db: Connection, pack: Pack, data: bytes, at: Instant) -> None:
    """Store a pack; part of the caller's transaction.

    Raises `Damaged` when other bytes are stored with the same id and version.
    """
    packs = tables(db).table("pack")
    held = packs.rows_where("id = ? AND version = ?", (pack.id, pack.version))
    for row in held:
        if row["bytes"] != data:
            raise Damaged(
                mark("another pack with this id and version is stored already"),
                about=f"{pack.id} {pack.version}",
                hint=mark("Ask headquarters to publish it under a new version."),
            )
        return
    packs.insert(
        {
            "id": pack.id,
            "version": pack.version,
            "sha256": PackHash.of(data).raw,
            "bytes": data,
            "adopted_at": str(at),
        }
    )


def checklist(db: Connection, ref: PackRef, terms: Terms) -> Checklist | None:
    """The checklist of that id and version; None when it was never adopted here.

    Raises `Damaged` when it was changed after it was adopted.
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


def file_of(db: Connection, ref: PackRef) -> bytes | None:
    """The file of the pack of that id and version; None when it was never adopted here."""
    row = db.execute(
        "SELECT bytes FROM pack WHERE id = ? AND version = ?", (ref.id, ref.version)
    ).fetchone()
    return None if row is None else bytes(row[0])


def all_held(db: Connection) -> tuple[PackRef, ...]:
    """Every version of every pack, by id; the newest of each first."""
    rows = tables(db).table("pack").rows_where(select="id, version")
    found = (PackRef(id=row["id"], version=row["version"]) for row in rows)
    return tuple(
        sorted(found, key=lambda ref: (ref.id, [-int(part) for part in ref.version.split(".")]))
    )


def newest(db: Connection) -> tuple[PackRef, ...]:
    """The newest version of each pack, by id."""
    # plain SQL, as in `checklist`: the desk asks both when it starts
    rows = db.execute("SELECT id, version FROM pack").fetchall()
    best: dict[str, tuple[int, ...]] = {}
    for name, version in rows:
        best[name] = max(best.get(name, ()), tuple(int(part) for part in version.split(".")))
    return tuple(
        PackRef(id=name, version=".".join(map(str, version)))
        for name, version in sorted(best.items())
    )
