"""Enrolment: a workstation sends a one-time code and its public key; the hub answers with its key.

The request is signed with the device's key, so only the owner of a key can enrol it. The same
device may repeat a request whose answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.encoding import to_json
from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import DeviceId, HubId, PackHash
from domain.key_change import key_after
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.envelope import Envelope, UnreadableJson, decode, sign
from sync.wire.errors import EnrolmentRefused

VERSION = 1
ENROLMENT = "tidewaiter enrolment 1"
"""Label under which a device signs its request."""
TEXT_LIMIT = 200


class SignedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a journal; both members are base 64 in JSON."""

    entry: bytes
    signature: bytes


class EnrolmentRequest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=VERSION
):
    """The workstation that wants to enrol; `station` is its number at its `post`."""

    code: str
    device: DeviceId
    public_key: VerifyKey
    name: str
    post: str
    station: int
    country: str = ""
    """Of the post; workstations of protocol 1 do not say it."""
    first_key: VerifyKey | None = None
    """The key with which the journal begins, of a workstation that changed its key since."""
    changes: tuple[SignedEntry, ...] = ()
    """The entries with which it changed its key, from the first one on."""

    def continues(self, keys: Iterable[VerifyKey]) -> bool:
        """Whether `public_key` is one of these keys, or follows one of them by the `changes`."""
        known = set(keys)
        for entry in (Entry(each.entry, each.signature) for each in self.changes):
            if entry.head.device == self.device:
                after = (key_after(entry, key) for key in tuple(known) if entry.signed_by(key))
                known.update(key for key in after if key is not None)
        return self.public_key in known


class OfferedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist that the hub offers at `/api/packs/{id}/{version}`."""

    id: str
    version: str
    sha256: PackHash


class EnrolmentAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="v", tag=VERSION):
    """What the device stores: the hub's id and key, the epoch, and a bearer token (secret)."""

    hub: HubId
    public_key: VerifyKey
    epoch: str
    token: str
    packs: tuple[OfferedPack, ...] = ()
    recipient: str = ""
    """The age recipient of the hub for bundles; older hubs have none."""


def make_request(
    key: SigningKey,
    *,
    code: str,
    device: DeviceId,
    name: str,
    post: str,
    station: int,
    country: str = "",
    first_key: VerifyKey | None = None,
    changes: Iterable[Entry] = (),
) -> bytes:
    """The body of `POST /api/enrol`."""
    request = EnrolmentRequest(
        code=code,
        device=device,
        public_key=key.verify_key,
        name=name,
        post=post,
        station=station,
        country=country,
        first_key=first_key,
        changes=tuple(SignedEntry(entry=e.bytes, signature=e.signature) for e in changes),
    )
    return to_json(sign(request, key, ENROLMENT))


def read_request(data: bytes) -> EnrolmentRequest:
    """The request, verified with the public key in it. Raises `EnrolmentRefused`."""
    try:
        envelope = decode(data, Envelope)
        request = envelope.read(EnrolmentRequest)
    except UnreadableJson as error:
        raise EnrolmentRefused(mark("not a request to enrol")) from error
    texts = (request.code, request.name, request.post, request.country)
    first = request.first_key or request.public_key
    try:
        unfit = any(len(text) > TEXT_LIMIT or "\x00" in text for text in texts)
        unfit = unfit or not request.continues([first])
    except EntryRefused:
        unfit = True
    if unfit:
        raise EnrolmentRefused(mark("not a request to enrol that this hub can read"))
    if not 0 <= request.station < 2**31 or not envelope.signed_by(request.public_key, ENROLMENT):
        raise EnrolmentRefused(mark("the request is not signed by the key it names"))
    return request


def read_answer(data: bytes) -> EnrolmentAnswer:
    """The hub's answer. Raises `EnrolmentRefused`, for example for a web page of a proxy."""
    try:
        answer = decode(data, EnrolmentAnswer)
    except UnreadableJson as error:
        raise _not_of_a_hub() from error
    if not answer.token:
        raise _not_of_a_hub()
    return answer


def _not_of_a_hub() -> EnrolmentRefused:
    return EnrolmentRefused(
        mark("the answer is not that of a hub"), hint=mark("Check the hub's address.")
    )


def read_packs(data: bytes) -> tuple[OfferedPack, ...]:
    """The answer of `GET /api/packs`. Raises `EnrolmentRefused`."""
    try:
        return decode(data, tuple[OfferedPack, ...])
    except UnreadableJson as error:
        raise EnrolmentRefused(mark("the answer is not a list of packs")) from error
