"""The adopted packs. Every version is kept permanently, so that old records stay readable."""

from __future__ import annotations

from enum import StrEnum

from domain.encoding import from_json, to_json
from domain.ids import PackHash
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist, Terms
from domain.pack.model import Pack
from domain.pack.read import read_stored
from domain.pack.signature import PackSignature
from domain.pack.versions import version_key
from domain.words import mark
from system.database import Connection
from system.database.tables import tables
from system.errors import Damaged


class PackOrigin(StrEnum):
    """Why a pack was adopted here."""

    SHIPPED = "shipped"
    """It came with the program."""
    SIGNED = "signed"
    """By the key of an operation that is trusted here."""
    UNSIGNED = "unsigned"
    """A person, or headquarters, said that it is to be used without a signature."""
    EARLIER = "earlier"
    """It was adopted by a program that asked for no signature."""


def put(
    db: Connection,
    pack: Pack,
    data: bytes,
    at: Instant,
    *,
    origin: PackOrigin = PackOrigin.EARLIER,
    signature: PackSignature | None = None,
) -> None:
    """Store a pack; part of the caller's transaction. One that is stored gets the origin.

    Raises `Damaged` when other bytes are stored with the same id and version.
    """
    signed = to_json(signature) if signature is not None else None
    packs = tables(db).table("pack")
    held = packs.rows_where("id = ? AND version = ?", (pack.id, pack.version))
    for row in held:
        if row["bytes"] != data:
            raise Damaged(
                mark("another pack with this id and version is stored already"),
                about=f"{pack.id} {pack.version}",
                hint=mark("Ask headquarters to publish it under a new version."),
            )
        db.execute(
            "UPDATE pack SET origin = ?, signature = ? WHERE id = ? AND version = ?",
            (origin, signed, pack.id, pack.version),
        )
        return
    packs.insert(
        {
            "id": pack.id,
            "version": pack.version,
            "sha256": PackHash.of(data).raw,
            "bytes": data,
            "adopted_at": str(at),
            "origin": str(origin),
            "signature": signed,
        }
    )


def origin_of(db: Connection, ref: PackRef) -> PackOrigin | None:
    """Why that version was adopted; None when it is not here."""
    row = db.execute(
        "SELECT origin FROM pack WHERE id = ? AND version = ?", (ref.id, ref.version)
    ).fetchone()
    return None if row is None else PackOrigin(row[0])


def signatures(db: Connection, pack: str) -> tuple[tuple[str, PackSignature], ...]:
    """The versions of a pack that are signed, each with its signature."""
    rows = db.execute(
        "SELECT version, signature FROM pack WHERE id = ? AND signature IS NOT NULL", (pack,)
    ).fetchall()
    return tuple((version, from_json(bytes(data), PackSignature)) for version, data in rows)


def checklist(db: Connection, ref: PackRef, terms: Terms) -> Checklist | None:
    """The checklist of that id and version; None when it was never adopted here.

    Raises `Damaged` when it was changed after it was adopted.
    """
    row = db.execute(
        "SELECT bytes, sha256, origin FROM pack WHERE id = ? AND version = ?",
        (ref.id, ref.version),
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
    unsigned = row[2] == PackOrigin.UNSIGNED
    return Checklist(read_stored(data, about), name, terms, unsigned=unsigned)


def stored_as(db: Connection, name: PackHash) -> PackRef | None:
    """The id and version of the pack whose file has that hash; None when it is not here."""
    row = db.execute("SELECT id, version FROM pack WHERE sha256 = ?", (name.raw,)).fetchone()
    return None if row is None else PackRef(id=row[0], version=row[1])


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
        sorted(found, key=lambda ref: (ref.id, [-part for part in version_key(ref.version)]))
    )


def newest(db: Connection) -> tuple[PackRef, ...]:
    """The newest version of each pack that headquarters has not withdrawn.

    In the order in which the packs came here first, so that a pack that is added later takes no
    place of another one, neither on the screen nor as the first choice.
    """
    # plain SQL, as in `checklist`: the desk asks both when it starts
    rows = db.execute(
        f"SELECT id, version FROM pack WHERE NOT {_WITHDRAWN} ORDER BY adopted_at, rowid"
    ).fetchall()
    best: dict[str, tuple[int, ...]] = {}
    for name, version in rows:
        best[name] = max(best.get(name, ()), version_key(version))
    return tuple(
        PackRef(id=name, version=".".join(map(str, version))) for name, version in best.items()
    )


def is_in_use(db: Connection, ref: PackRef) -> bool:
    """Whether a record or a draft here was made with that version."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM record WHERE pack = ?1)"
        " OR EXISTS (SELECT 1 FROM draft WHERE pack_id = ?2 AND pack_version = ?3)",
        (f"{ref.id} {ref.version}", ref.id, ref.version),
    ).fetchone()
    return bool(row[0])


def is_withdrawn(db: Connection, ref: PackRef) -> bool:
    """Whether headquarters has withdrawn that version."""
    row = db.execute(
        f"SELECT {_WITHDRAWN} FROM (SELECT ? AS id, ? AS version) AS pack", (ref.id, ref.version)
    ).fetchone()
    return bool(row[0])


_WITHDRAWN = (
    "EXISTS (SELECT 1 FROM feed_item WHERE kind = 'withdrawn' AND name = pack.id"
    " AND feed_item.version = pack.version)"
)
