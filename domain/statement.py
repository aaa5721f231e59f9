"""The hub's signed statement (the acknowledgement): what it holds of a workstation, and how well.

The same value is read at the workstation and written at the hub (`sync.wire.acknowledgement` signs
it and verifies it). Nothing counts as delivered without one.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from domain.ids import DeviceId, EntryHash, HubId, PhotoHash
from domain.instant import Instant

VERSION = 1


class Level(StrEnum):
    """How well the hub holds something.

    Received: it is committed at the hub. Safe: it was also read back from a backup. Safe is true
    for the epoch of the statement, and is never kept as a permission to delete.
    """

    RECEIVED = "received"
    SAFE = "safe"


class Tip(msgspec.Struct, frozen=True):
    """The last entry of a branch of the workstation's chain, as the hub holds it."""

    hash: EntryHash
    seq: int
    level: Level


class HeldPhoto(msgspec.Struct, frozen=True):
    """A photo whose bytes the hub itself has hashed."""

    hash: PhotoHash
    level: Level


class Refusal(msgspec.Struct, frozen=True):
    """An entry that the hub does not take, and why; sending it again changes nothing."""

    hash: EntryHash
    reason: str


class GivenTwice(msgspec.Struct, frozen=True):
    """A seizure number of this workstation that a record of another workstation has too."""

    number: str
    device: DeviceId
    """The other one; the workstation itself when two of its own records have the number."""


class Acknowledgement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=VERSION
):
    """What `hub` states at `at` that it holds of the workstation `device`.

    The order of the fields is that of the signed bytes (docs/protocol.md).
    """

    hub: HubId
    epoch: str
    """Name of the hub's epoch; a hub that was restored from a backup begins a new one."""
    device: DeviceId
    at: Instant
    """The hub's clock when it signed."""
    tips: tuple[Tip, ...]
    """The ends of all branches."""
    photos: tuple[HeldPhoto, ...]
    """Of the photos asked about, those that the hub holds."""
    refused: tuple[Refusal, ...]
    branched: bool
    """Whether the hub holds more than one branch of this workstation's chain."""
    nonce: str = ""
    """The nonce of the question, which tells a fresh answer from an old one; empty when the
    question had none, and from hubs that do not know of it."""
    given_twice: tuple[GivenTwice, ...] = ()
    """Some of the seizure numbers that records of others have too."""
