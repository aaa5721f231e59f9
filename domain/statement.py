"""The hub's signed statement (the acknowledgement) of what it stores of a workstation.

The same value is read at the workstation and written at the hub (`sync.wire.acknowledgement` signs
it and verifies it). Without such a statement nothing counts as delivered.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from domain.ids import DeviceId, EntryHash, HubId, PhotoHash
from domain.instant import Instant
from domain.interception.record import PackRef

VERSION = 1
PROTOCOL = 2
"""The protocol that this program speaks as a hub; as a workstation it speaks 1 too."""
NOT_HELD, HELD, HELD_SAFE = "-", "r", "s"
"""The letters of `Acknowledgement.levels`."""


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


class RefusalCode(StrEnum):
    """Why the hub refuses an entry, for a program (docs/protocol.md)."""

    UNREADABLE = "unreadable"
    """It is not an entry."""
    NOT_ENROLLED = "not_enrolled"
    """Its workstation is not enrolled at this hub."""
    WRONG_SIGNATURE = "wrong_signature"
    MISFIT = "misfit"
    """Its parent belongs to another workstation, or has the wrong number."""
    HELD_APART = "held_apart"
    """Headquarters ended its workstation before the entry arrived."""
    UNKNOWN = ""
    """A hub of protocol 1 says no code, and a newer one may say another."""

    @classmethod
    def _missing_(cls, value: object) -> RefusalCode:  # noqa: ARG003
        return cls.UNKNOWN


CURABLE = frozenset({RefusalCode.NOT_ENROLLED, RefusalCode.HELD_APART})
"""The refusals that an administrator of the hub can lift: the entry is worth sending again."""


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry that the hub refuses, and why."""

    hash: EntryHash
    reason: str
    code: RefusalCode = RefusalCode.UNKNOWN
    curable: bool = False
    """Whether the same bytes may be taken later; else sending them again does not help."""


class GivenTwice(msgspec.Struct, frozen=True):
    """A seizure number of this workstation that a record of another workstation has too."""

    number: str
    device: DeviceId
    """The other workstation; the same one when two of its own records have the number."""


def epoch_number(epoch: str) -> int:
    """The number with which the name of an epoch begins; a later epoch never has a lower one.

    0 for a name without a number.
    """
    digits = epoch.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


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
    protocol: int = 1
    """The protocol that the hub speaks; hubs of protocol 1 do not say it."""
    losses: int = 0
    """Running number of the last photo in `lost`, or of the hub's last loss when there is none."""
    lost: tuple[PhotoHash, ...] = ()
    """Photos that the hub stored and then lost, after the number that the question named."""
    levels: str = ""
    """The answer to a question that named photos as bytes: one letter for each, in its order
    (`NOT_HELD`, `HELD`, `HELD_SAFE`); `photos` is empty then.
    """
    recipient: str = ""
    """The age recipient of the hub (`age1...`, X25519), to which bundles are encrypted."""
    ended_at: Instant | None = None
    """Since when this workstation is ended at the hub: entries that arrive later are held apart."""
    brought: tuple[EntryHash, ...] = ()
    """The entries of other workstations in this batch that the hub stores."""
    bundles: tuple[str, ...] = ()
    """Bundles of this workstation that the hub has read, newest first; only in answers by hand."""
    setbacks: int = 0
    """How often the hub's clock was set back before it signed."""

    packs_wanted: tuple[PackRef, ...] = ()
    """Packs of records of this workstation that the hub lacks, to show their codes in words."""

    @property
    def order(self) -> tuple[int, int]:
        """Of two statements in one epoch the later one has no lower order, whatever clock says."""
        return self.setbacks, self.at.millis
