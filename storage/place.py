"""What a workstation knows of itself: its id, its signing key, its post."""

from __future__ import annotations

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import DeviceId
from domain.signing import SigningKey
from domain.words import mark
from system.database import Connection
from system.errors import Damaged


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """The workstation at its post."""

    name: str
    post: str
    """Code of the post in the packs."""
    country: str
    """ISO 3166-1 alpha-2."""
    number: int
    """1 to 35: tells the workstations of one post apart in their numbers."""
    practice: bool = False


class Identity(msgspec.Struct, frozen=True):
    """Who the workstation is."""

    device: DeviceId
    station: Station
    seed: bytes
    """The 32 secret bytes of the signing key."""

    @property
    def signing_key(self) -> SigningKey:
        """The key that signs entries and seals."""
        return SigningKey(self.seed)

    def __repr__(self) -> str:
        return f"Identity({self.device})"


def write_identity(db: Connection, identity: Identity) -> None:
    """Store it, once, at the making of the workstation; part of the caller's transaction."""
    db.execute("INSERT INTO place (name, value) VALUES ('identity', ?)", (to_json(identity),))


def read_identity(db: Connection) -> Identity:
    """The workstation's identity. Raises `Damaged` when it is missing."""
    row = db.execute("SELECT value FROM place WHERE name = 'identity'").fetchone()
    if row is None:
        raise Damaged(
            mark("the identity of this workstation is missing"),
            hint=mark("Restore the folder from a backup."),
        )
    return from_json(bytes(row[0]), Identity)


def setting(db: Connection, name: str) -> str | None:
    """A small thing that the desk remembers: language, theme, last officer."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_setting(db: Connection, name: str, value: str) -> None:
    """Remember a small thing; part of the caller's transaction."""
    db.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
        " ON CONFLICT (name) DO UPDATE SET value = ?2",
        (name, value),
    )
