"""Enrolment: a workstation shows a one-time code and its key, the hub answers with its own.

The request is signed by the device's key, so nobody enrols a key that they do not hold, and the
same device may repeat a request whose answer was lost.
"""

from __future__ import annotations

import msgspec

from domain.errors import Malformed
from domain.ids import DeviceId, HubId, PackHash
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.envelope import Envelope, Unreadable, decode, sign
from sync.wire.errors import EnrolmentRefused

VERSION = 1
ENROLMENT = "tidewaiter enrolment 1"
"""Label under which a device signs its request."""
TEXT_LIMIT = 200


class EnrolmentRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants to send: `station` is the workstation's number at its `post`."""

    code: str
    device: DeviceId
    public_key: VerifyKey
    name: str
    post: str
    station: int


class OfferedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A checklist that the hub hands out at `/api/packs/{id}/{version}`."""

    id: str
    version: str
    sha256: PackHash


class EnrolmentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the device keeps: the hub's id and key, the epoch, and its bearer token (a secret)."""

    hub: HubId
    public_key: VerifyKey
    epoch: str
    token: str
    packs: tuple[OfferedPack, ...] = ()


class _Request(msgspec.Struct, frozen=True):
    v: int
    code: str
    device: str
    public_key: str
    name: str
    post: str
    station: int


class _Pack(msgspec.Struct, frozen=True):
    id: str
    version: str
    sha256: str


class _Answer(msgspec.Struct, frozen=True):
    v: int
    hub: str
    public_key: str
    epoch: str
    token: str
    packs: list[_Pack] = []


def make_request(
    key: SigningKey, *, code: str, device: DeviceId, name: str, post: str, station: int
) -> bytes:
    """The body of `POST /api/enrol`."""
    statement = {
        "v": VERSION,
        "code": code,
        "device": str(device),
        "public_key": key.verify_key.raw.hex(),
        "name": name,
        "post": post,
        "station": station,
    }
    return msgspec.json.encode(sign(statement, key, ENROLMENT))


def read_request(data: bytes) -> EnrolmentRequest:
    """The request, signed by the key that it names. Raises `EnrolmentRefused`."""
    try:
        envelope = decode(data, Envelope)
        plain = envelope.read(_Request)
        key = VerifyKey(bytes.fromhex(plain.public_key))
        device = DeviceId.parse(plain.device)
    except (Unreadable, Malformed, ValueError) as error:
        raise EnrolmentRefused(mark("not a request to enrol")) from error
    texts = (plain.code, plain.name, plain.post)
    if plain.v != VERSION or any(len(t) > TEXT_LIMIT or "\x00" in t for t in texts):
        raise EnrolmentRefused(mark("not a request to enrol that this hub can read"))
    if not 0 <= plain.station < 2**31 or not envelope.signed_by(key, ENROLMENT):
        raise EnrolmentRefused(mark("the request is not signed by the key it names"))
    return EnrolmentRequest(
        code=plain.code,
        device=device,
        public_key=key,
        name=plain.name,
        post=plain.post,
        station=plain.station,
    )


def pack_answer(answer: EnrolmentAnswer) -> bytes:
    """The answer as JSON."""
    return msgspec.json.encode(
        {
            "v": VERSION,
            "hub": str(answer.hub),
            "public_key": answer.public_key.raw.hex(),
            "epoch": answer.epoch,
            "token": answer.token,
            "packs": plain_packs(answer.packs),
        }
    )


def read_answer(data: bytes) -> EnrolmentAnswer:
    """What the hub answered. Raises `EnrolmentRefused`, also for a web page in its place."""
    try:
        plain = decode(data, _Answer)
        if plain.v != VERSION or not plain.token or len(plain.public_key) != 64:
            raise Unreadable("fields")
        return EnrolmentAnswer(
            hub=HubId.parse(plain.hub),
            public_key=VerifyKey(bytes.fromhex(plain.public_key)),
            epoch=plain.epoch,
            token=plain.token,
            packs=_packs(plain.packs),
        )
    except (Unreadable, Malformed, ValueError) as error:
        raise EnrolmentRefused(
            mark("the answer is not that of a hub"),
            hint=mark("Check the hub's address."),
        ) from error


def plain_packs(packs: tuple[OfferedPack, ...]) -> list[dict[str, str]]:
    """The packs as JSON's own values, as `GET /api/packs` lists them."""
    return [{"id": p.id, "version": p.version, "sha256": str(p.sha256)} for p in packs]


def read_packs(data: bytes) -> tuple[OfferedPack, ...]:
    """The answer of `GET /api/packs`. Raises `EnrolmentRefused`."""
    try:
        return _packs(decode(data, list[_Pack]))
    except (Unreadable, Malformed) as error:
        raise EnrolmentRefused(mark("the answer is not a list of packs")) from error


def _packs(plain: list[_Pack]) -> tuple[OfferedPack, ...]:
    return tuple(
        OfferedPack(id=p.id, version=p.version, sha256=PackHash.parse(p.sha256)) for p in plain
    )
