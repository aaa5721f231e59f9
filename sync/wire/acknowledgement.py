"""The hub's acknowledgement as signed bytes, the same over HTTP and in a file.

A workstation counts entries as delivered only after it has verified the signature.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from domain.encoding import to_json
from domain.ids import DeviceId, HubId
from domain.signing import ACKNOWLEDGEMENT, SigningKey, VerifyKey
from domain.statement import Acknowledgement
from domain.words import mark
from sync.wire.envelope import SIZE_LIMIT, Envelope, UnreadableJson, decode, sign
from sync.wire.errors import AcknowledgementRefused

NONCE_LIMIT = 64
"""Characters of the nonce of a question; the hub repeats the nonce in its answer."""
SUCCESSION = "tidewaiter hub succession 1"
"""Label of the signature with which a hub's key confirms the key that follows it."""


class Succession(msgspec.Struct, frozen=True):
    """The hub signs with `public_key` from `epoch` on."""

    hub: HubId
    epoch: str
    public_key: VerifyKey


def sign_acknowledgement(
    ack: Acknowledgement, key: SigningKey, keys: Sequence[Envelope] = ()
) -> bytes:
    """The statement, signed with the hub's present key.

    `keys` is the chain of statements from the hub's first key to the present one, oldest first
    (`sign_successor`).
    """
    envelope = sign(ack, key, ACKNOWLEDGEMENT)
    return to_json(msgspec.structs.replace(envelope, keys=tuple(keys)))


def sign_successor(hub: HubId, epoch: str, successor: VerifyKey, key: SigningKey) -> Envelope:
    """A statement, signed with `key`, that the hub signs with `successor` from `epoch` on."""
    return sign(Succession(hub, epoch, successor), key, SUCCESSION)


def read_acknowledgement(
    data: bytes, key: VerifyKey, *, hub: HubId | None = None, device: DeviceId | None = None
) -> Acknowledgement:
    """The statement in `data`, signed by the hub whose key the device received at enrolment.

    Raises `AcknowledgementRefused` for anything else: a forged or cut statement, a web page, a
    statement of another hub or about another device (when `hub` or `device` is given).
    """
    try:
        envelope = decode(data[: SIZE_LIMIT + 1], Envelope)
        present = present_key(envelope, key, hub)
        if not envelope.signed_by(present, ACKNOWLEDGEMENT):
            raise AcknowledgementRefused(
                mark("the answer is not signed by the hub of this workstation"),
                hint=mark("Nothing was changed. Check the hub's address."),
            )
        ack = envelope.read(Acknowledgement)
    except UnreadableJson as error:
        raise AcknowledgementRefused(
            mark("the answer is not a statement of a hub"),
            hint=mark("Nothing was changed. Check the hub's address."),
        ) from error
    if (hub is not None and ack.hub != hub) or (device is not None and ack.device != device):
        raise AcknowledgementRefused(
            mark("the statement is about another hub or another workstation")
        )
    return ack


def present_key(envelope: Envelope, key: VerifyKey, hub: HubId | None) -> VerifyKey:
    """The hub's present key: follows the chain from `key`; each key confirms the next one."""
    for step in envelope.keys:
        if step.signed_by(key, SUCCESSION):
            succession = step.read(Succession)
            if hub is None or succession.hub == hub:
                key = succession.public_key
    return key
