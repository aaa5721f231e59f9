"""The hub's introduction: who it is, before a workstation sends a secret to it.

A workstation that knows the fingerprint of the hub's key asks for it over a connection whose
certificate it may not trust yet. The signed answer names the authority of the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from domain.encoding import to_json
from domain.ids import HubId
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.acknowledgement import present_key
from sync.wire.envelope import Envelope, UnreadableJson, decode, sign
from sync.wire.errors import EnrolmentRefused, OtherHub

VERSION = 1
INTRODUCTION = "tidewaiter introduction 1"
"""Label under which the hub signs."""


class Introduction(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=VERSION
):
    """Who the hub is; `nonce` is that of the question."""

    hub: HubId
    public_key: VerifyKey
    """The key with which the hub signs now."""
    former: tuple[VerifyKey, ...] = ()
    """The keys of its earlier epochs, oldest first."""
    authority: str = ""
    """PEM certificates of authorities for the hub, in addition to a system's."""
    nonce: str


def sign_introduction(
    introduction: Introduction, key: SigningKey, keys: Sequence[Envelope] = ()
) -> bytes:
    """The introduction, signed with the hub's present key; `keys` as in an acknowledgement."""
    envelope = sign(introduction, key, INTRODUCTION)
    return to_json(msgspec.structs.replace(envelope, keys=tuple(keys)))


def read_introduction(
    data: bytes, *, nonce: str, knows: Callable[[VerifyKey], bool]
) -> Introduction:
    """The introduction in `data`, by the hub whose present or former key the caller `knows`.

    Raises `OtherHub` for another hub, and `EnrolmentRefused` for anything else: an old answer, a
    web page.
    """
    try:
        envelope = decode(data, Envelope)
        found = envelope.read(Introduction)
    except UnreadableJson as error:
        raise EnrolmentRefused(
            mark("the answer is not that of a hub"), hint=mark("Check the hub's address.")
        ) from error
    known = next(filter(knows, (found.public_key, *found.former)), None)
    if known is None:
        raise OtherHub(
            mark("another hub answers there: its key is not the one that the code names"),
            hint=mark("Nothing secret was sent. Check the code and the address."),
        )
    key = present_key(envelope, known, found.hub)
    if key != found.public_key or not envelope.signed_by(key, INTRODUCTION):
        raise EnrolmentRefused(
            mark("somebody answers in the name of the hub without its key"),
            hint=mark("Nothing secret was sent. Tell headquarters."),
        )
    if found.nonce != nonce:
        raise EnrolmentRefused(
            mark("an old answer of the hub was sent again"),
            hint=mark("Nothing secret was sent. A proxy may be in the way; try again."),
        )
    return found
