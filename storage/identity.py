"""The identity of a workstation: its id, signing key and post."""

from __future__ import annotations

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import DeviceId
from domain.signing import SigningKey
from domain.words import mark
from storage import facts
from system.database import Connection
from system.errors import Damaged

FACT = "identity"
"""The name of this fact of the workstation (`storage.facts`)."""


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """The workstation at its post."""

    name: str
    post: str
    """Code of the post in the packs."""
    country: str
    """ISO 3166-1 alpha-2."""
    number: int
    """1 to 35: distinguishes the workstations of one post in their seizure numbers."""
    practice: bool = False


class StationIdentity(msgspec.Struct, frozen=True):
    """The identity of the workstation."""

    device: DeviceId
    station: Station
    seed: bytes
    """The 32 secret bytes of the signing key."""

    @property
    def signing_key(self) -> SigningKey:
        """The key that signs entries and seals."""
        return SigningKey(self.seed)

    def __repr__(self) -> str:
        return f"StationIdentity({self.device})"


def write_identity(db: Connection, identity: StationIdentity) -> None:
    """Store it as the present one; part of the caller's transaction."""
    facts.write(db, FACT, to_json(identity))


def read_identity(db: Connection) -> StationIdentity:
    """The workstation's identity. Raises `Damaged` when it is missing."""
    stored = facts.read(db, FACT)
    if stored is None:
        raise Damaged(
            mark("the identity of this workstation is missing"),
            hint=mark("Restore the folder from a backup."),
        )
    return from_json(stored, StationIdentity)
