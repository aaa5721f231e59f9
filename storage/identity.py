"""The identity of a workstation: its id, signing key and post."""

from __future__ import annotations

from functools import cached_property

import msgspec

from domain.encoding import from_json, to_json
from domain.ids import DeviceId
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from storage import facts
from system.database import Connection
from system.errors import Damaged

FACT, EARLIER, COMING = "identity", "earlier_identities", "coming_identity"
"""The names of these facts of the workstation (`storage.facts`)."""


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


class StationIdentity(msgspec.Struct, frozen=True, dict=True):
    """The identity of the workstation."""

    device: DeviceId
    station: Station
    seed: bytes
    """The 32 secret bytes of the signing key."""

    @cached_property
    def signing_key(self) -> SigningKey:
        """The key that signs entries and seals."""
        return SigningKey(self.seed)

    def __repr__(self) -> str:
        return f"StationIdentity({self.device})"


class EarlierIdentity(msgspec.Struct, frozen=True):
    """A key with which this folder signed before, as this workstation or as another one.

    The entries stay here, the secret key does not.
    """

    device: DeviceId
    station: Station
    public_key: VerifyKey


def earlier_identities(db: Connection) -> tuple[EarlierIdentity, ...]:
    """The keys with which this folder signed before, oldest first."""
    stored = facts.read(db, EARLIER)
    return () if stored is None else from_json(stored, tuple[EarlierIdentity, ...])


def coming_identity(db: Connection) -> StationIdentity | None:
    """The workstation that this folder is about to become, while the hub is asked; else None."""
    stored = facts.read(db, COMING)
    return None if stored is None else from_json(stored, StationIdentity)


def write_coming(db: Connection, identity: StationIdentity) -> None:
    """Store it, so that a lost answer of the hub is asked for again by the same device."""
    facts.write(db, COMING, to_json(identity))


def replace_identity(db: Connection, identity: StationIdentity) -> None:
    """Sign as `identity`: another workstation, or the same one with another key.

    The present public key is kept as an earlier one. Part of the caller's transaction.
    """
    present = read_identity(db)
    left = EarlierIdentity(present.device, present.station, present.signing_key.verify_key)
    facts.write(db, EARLIER, to_json((*earlier_identities(db), left)))
    write_identity(db, identity)
    facts.remove(db, COMING)


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
