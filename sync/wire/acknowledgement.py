"""The hub's signed statement of what it holds; over HTTP or as a file it is the same bytes.

Nothing counts as delivered without one. It names tips and photos by hash, each `received`
(committed at the hub) or `safe` (also read back from a backup). `safe` is true for the epoch it
was said in, and is never kept as a permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec

from domain.errors import Malformed
from domain.ids import DeviceId, EntryHash, HubId, PhotoHash
from domain.instant import Instant
from domain.signing import ACKNOWLEDGEMENT, SigningKey, VerifyKey
from domain.words import mark
from sync.wire.envelope import SIZE_LIMIT, Envelope, Unreadable, decode, sign
from sync.wire.errors import AcknowledgementRefused

VERSION = 1
NONCE_LIMIT = 64
"""Characters of a question's nonce that a hub repeats."""
SUCCESSION = "tidewaiter hub succession 1"
"""Label under which a hub's key names the key that follows it."""


class Level(StrEnum):
    """How well the hub holds something."""

    RECEIVED = "received"
    SAFE = "safe"


class Tip(msgspec.Struct, frozen=True):
    """The last entry of a branch of the device's chain, as the hub holds it."""

    hash: EntryHash
    seq: int
    level: Level


class HeldPhoto(msgspec.Struct, frozen=True):
    """A photo whose bytes the hub itself has hashed."""

    hash: PhotoHash
    level: Level


class Refusal(msgspec.Struct, frozen=True):
    """An item the hub does not take, and why; sending it again changes nothing."""

    hash: EntryHash
    reason: str


class GivenTwice(msgspec.Struct, frozen=True):
    """A seizure number of this device that a record of another device has too."""

    number: str
    device: DeviceId
    """The other one; the device itself when two of its own records have the number."""


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True):
    """What `hub` says at `at` that it holds of `device`.

    `tips` are those of all branches; `photos` those of the photos asked about that it holds;
    `given_twice` some of the seizure numbers that are not its alone.
    """

    hub: HubId
    epoch: str
    device: DeviceId
    at: Instant
    tips: tuple[Tip, ...] = ()
    photos: tuple[HeldPhoto, ...] = ()
    refused: tuple[Refusal, ...] = ()
    branched: bool = False
    nonce: str = ""
    """What the question said, so that an old answer is told from a fresh one; empty when the
    question said nothing, and from hubs that do not know of it."""
    given_twice: tuple[GivenTwice, ...] = ()
    v: int = VERSION


class _Held(msgspec.Struct, frozen=True):
    hash: str
    level: Level
    seq: int = 0


class _Refused(msgspec.Struct, frozen=True):
    hash: str
    reason: str


class _Twice(msgspec.Struct, frozen=True):
    number: str
    device: str


class _Statement(msgspec.Struct, frozen=True):
    v: int
    hub: str
    epoch: str
    device: str
    at: str
    tips: list[_Held]
    photos: list[_Held]
    refused: list[_Refused]
    branched: bool
    nonce: str = ""
    given_twice: list[_Twice] = []


class _Successor(msgspec.Struct, frozen=True):
    hub: str
    epoch: str
    public_key: str


def sign_acknowledgement(
    ack: Acknowledgement, key: SigningKey, keys: Sequence[Envelope] = ()
) -> bytes:
    """The statement signed by the hub's present key.

    `keys` lead from the hub's first key to the present one, oldest first (`sign_successor`).
    """
    envelope = sign(_plain(ack), key, ACKNOWLEDGEMENT)
    return msgspec.json.encode(msgspec.structs.replace(envelope, keys=tuple(keys)))


def sign_successor(hub: HubId, epoch: str, successor: VerifyKey, key: SigningKey) -> Envelope:
    """`key` says that from `epoch` on `successor` speaks for the hub."""
    statement = {"hub": str(hub), "epoch": epoch, "public_key": successor.raw.hex()}
    return sign(statement, key, SUCCESSION)


def read_acknowledgement(
    data: bytes, key: VerifyKey, *, hub: HubId | None = None, device: DeviceId | None = None
) -> Acknowledgement:
    """The statement in `data`, signed by the hub whose key the device was given at enrolment.

    Raises `AcknowledgementRefused` for anything else: forged, cut, a web page, another hub's or
    another device's (when `hub` or `device` is given).
    """
    try:
        envelope = decode(data[: SIZE_LIMIT + 1], Envelope)
        speaker = _speaker(envelope, key, hub)
        if not envelope.signed_by(speaker, ACKNOWLEDGEMENT):
            raise AcknowledgementRefused(
                mark("the answer is not signed by the hub of this workstation"),
                hint=mark("Nothing was changed. Check the hub's address."),
            )
        ack = _read(envelope.read(_Statement))
    except (Unreadable, Malformed) as error:
        raise AcknowledgementRefused(
            mark("the answer is not a statement of a hub"),
            hint=mark("Nothing was changed. Check the hub's address."),
        ) from error
    if (hub is not None and ack.hub != hub) or (device is not None and ack.device != device):
        raise AcknowledgementRefused(
            mark("the statement is about another hub or another workstation")
        )
    return ack


def _speaker(envelope: Envelope, key: VerifyKey, hub: HubId | None) -> VerifyKey:
    """The present key: from `key` on, each named by the one before it."""
    for step in envelope.keys:
        if step.signed_by(key, SUCCESSION):
            successor = step.read(_Successor)
            if hub is None or successor.hub == str(hub):
                key = VerifyKey(_hex(successor.public_key))
    return key


def _plain(ack: Acknowledgement) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "v": ack.v,
        "hub": str(ack.hub),
        "epoch": ack.epoch,
        "device": str(ack.device),
        "at": str(ack.at),
        "tips": [{"hash": str(t.hash), "seq": t.seq, "level": t.level} for t in ack.tips],
        "photos": [{"hash": str(p.hash), "level": p.level} for p in ack.photos],
        "refused": [{"hash": str(r.hash), "reason": r.reason} for r in ack.refused],
        "branched": ack.branched,
    }
    if ack.nonce:
        plain["nonce"] = ack.nonce
    if ack.given_twice:
        twice = [{"number": t.number, "device": str(t.device)} for t in ack.given_twice]
        plain["given_twice"] = twice
    return plain


def _read(plain: _Statement) -> Acknowledgement:
    if plain.v != VERSION:
        raise Unreadable(f"version {plain.v}")
    return Acknowledgement(
        hub=HubId.parse(plain.hub),
        epoch=plain.epoch,
        device=DeviceId.parse(plain.device),
        at=Instant.parse(plain.at),
        tips=tuple(Tip(EntryHash.parse(t.hash), t.seq, t.level) for t in plain.tips),
        photos=tuple(HeldPhoto(PhotoHash.parse(p.hash), p.level) for p in plain.photos),
        refused=tuple(Refusal(EntryHash.parse(r.hash), r.reason) for r in plain.refused),
        branched=plain.branched,
        nonce=plain.nonce,
        given_twice=tuple(
            GivenTwice(t.number, DeviceId.parse(t.device)) for t in plain.given_twice
        ),
    )


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Unreadable("not hexadecimal") from error
