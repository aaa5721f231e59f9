"""The enrolment file: all that a workstation needs to find its hub and to become a station.

Headquarters makes it (`main.py hub code`). It is a statement that the hub signed, with the hub's
address, key and authority, the station that headquarters gives out, and a one-time secret. The same
bytes travel as a file, as pasted text and, packed, in a QR code.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

import msgspec

from domain.encoding import to_json
from domain.ids import HubId
from domain.instant import Instant
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from sync.wire.envelope import Envelope, UnreadableJson, decode, sign
from sync.wire.errors import EnrolmentRefused

VERSION = 1
ENROLMENT_FILE = "tidewaiter enrolment file 1"
"""Label under which the hub signs the file."""
PACKED = "TIDEWAITER1:"
"""The first characters of a packed file."""
FILE_LIMIT = 64 * 1024
"""Bytes of a file at most: an address, texts and a few certificates."""


class GivenStation(msgspec.Struct, frozen=True, kw_only=True):
    """The station that headquarters gives to a workstation."""

    post: str
    """Code of the post in the packs."""
    country: str
    """ISO 3166-1 alpha-2."""
    number: int
    """1 to 35."""
    name: str = ""
    """What people call the computer."""

    def __str__(self) -> str:
        return f"post {self.post} ({self.country}), number {self.number}"


class EnrolmentFile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=VERSION
):
    """What headquarters gives to one workstation. It holds a secret: `code`."""

    hub: HubId
    public_key: VerifyKey
    """The key with which the hub signs now."""
    url: str
    authority: str = ""
    """PEM certificates of authorities for the hub, in addition to the system's."""
    station: GivenStation | None = None
    """None: for a workstation that has its station already."""
    packs: tuple[str, ...] = ()
    """Ids of the packs to work with; empty means all that the hub offers."""
    code: str
    """The one-time secret, as in a typed code."""
    until: Instant
    """When the code ends, by the hub's clock."""

    def __repr__(self) -> str:
        return f"EnrolmentFile({self.hub}, {self.url})"


def write_file(file: EnrolmentFile, key: SigningKey) -> bytes:
    """The bytes of the file, signed with the hub's present key."""
    return to_json(sign(file, key, ENROLMENT_FILE))


def is_file(text: str) -> bool:
    """Whether `text` is the content of an enrolment file, as JSON or packed."""
    start = text.strip()[: len(PACKED)]
    return start[:1] == "{" or start.upper() == PACKED


def read_file(data: bytes) -> EnrolmentFile:
    """The file in `data`, JSON or packed. Raises `EnrolmentRefused`.

    The signature shows that nothing was changed since; the hub proves later that the key is its
    own.
    """
    if len(data) > FILE_LIMIT:
        raise _no_file()
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    if data[: len(PACKED)].upper() == PACKED.encode():
        data = _unpacked(data[len(PACKED) :])
    try:
        envelope = decode(data, Envelope)
        file = envelope.read(EnrolmentFile)
    except UnreadableJson as error:
        raise _no_file() from error
    if not envelope.signed_by(file.public_key, ENROLMENT_FILE):
        raise EnrolmentRefused(
            mark("the enrolment file was changed or is not complete"),
            hint=mark("Ask headquarters for the file again."),
        )
    return file


def packed(data: bytes) -> str:
    """The bytes of a file as text for a QR code: zlib, then base 32 without padding.

    Base 32 has only letters and digits, which a QR code stores in 5.5 bits each and which no mail
    program changes.
    """
    return PACKED + base64.b32encode(zlib.compress(data, 9)).decode("ascii").rstrip("=")


def _unpacked(text: bytes) -> bytes:
    letters = re.sub(rb"\s", b"", text).upper()
    try:
        inflate = zlib.decompressobj()
        found = inflate.decompress(
            base64.b32decode(letters + b"=" * (-len(letters) % 8)), FILE_LIMIT
        )
    except (binascii.Error, zlib.error) as error:
        raise _no_file() from error
    if not inflate.eof:
        raise _no_file()
    return found


def _no_file() -> EnrolmentRefused:
    return EnrolmentRefused(
        mark("this is not an enrolment file"),
        hint=mark("Headquarters makes it; take the whole file, or scan the whole code."),
    )
