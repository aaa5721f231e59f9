"""The hub's signed statement (the acknowledgement) of what it stores of a workstation.

The same value is read at the workstation and written at the hub (`sync.wire.acknowledgement` signs
it and verifies it). Without such a statement nothing counts as delivered.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from domain.ids import DeviceId, EntryHash, HubId, PhotoHash
from domain.instant import Instant

VERSION = 1


class Level(StrEnum):
    """How safely the hub stores something.

    Received: it is committed at the hub. Safe: it was also read back from a backup. Safe is valid
    for the epoch of the statement only; it never permits to delete anything.
    """

    RECEIVED = "received"
    SAFE = "safe"


class Tip(msgspec.Struct, frozen=True):
    """The last entry of a branch of the workstation's chain, as the hub holds it."""

    hash: EntryHash
    seq: int
    level: Level


class HeldPhoto(msgspec.Struct, frozen=True):
    """A photo that the hub stores and has hashed itself."""

    hash: PhotoHash
    level: Level


class Refusal(msgspec.Struct, frozen=True):
    """An entry that the hub refuses, and why; sending it again does not help."""

    hash: EntryHash
    reason: str


class GivenTwice(msgspec.Struct, frozen=True):
    """A seizure number of this workstation that a record of another workstation has too."""

    number: str
    device: DeviceId
    """The other workstation; the same one when two of its own records have the number."""


class Acknowledgement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=VERSION
):
    """What `hub` stores of the workstation `device` at the time `at`.

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
    """Those of the requested photos that the hub stores."""
    refused: tuple[Refusal, ...]
    branched: bool
    """Whether the hub holds more than one branch of this workstation's chain."""
    nonce: str = ""
    """The nonce of the question, which tells a fresh answer from an old one; empty when the
    question had none, and from hubs that do not know of it."""
    given_twice: tuple[GivenTwice, ...] = ()
    """Some of the seizure numbers that records of other workstations have too."""
