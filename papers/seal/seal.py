"""The signed short form of a receipt, as the text of a QR code. docs/seal.md specifies it.

It covers the numbers, the time, the position in the journal, each goods line as printed, and the
totals. It is the same for all copies.
"""

from __future__ import annotations

import base64
import hashlib
from decimal import Decimal, InvalidOperation

import msgspec

from domain.amount import Amount
from domain.errors import Malformed
from domain.figures import shortest
from domain.ids import DeviceId, EntryHash
from domain.instant import Instant
from domain.signing import SEAL, SigningKey, VerifyKey
from domain.words import mark
from papers.errors import SealRefused
from papers.seal import base45

VERSION = 1
PREFIX = "TW1:"
TIP_BYTES = 16
LINE_BYTES = 6
COMBINED_BYTES = 32
LINES_APART = 16
"""Up to this number of lines, each has its own hash; more lines share one hash."""
TOTALS_LIMIT = 12
"""A seal contains the totals of at most this number of units."""
SIGNATURE_BYTES = 64
LENGTH_LIMIT = 2_000


class SealFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts that a seal covers."""

    kind: str
    """The act: `seizure`, `detention`, ... or empty."""
    receipt_no: str
    seizure_no: str
    revision: int
    issued_at: Instant
    post: str
    device: DeviceId
    entry_seq: int
    tip: EntryHash
    lines: tuple[str, ...]
    """The printed words of each goods line in canonical form."""
    totals: tuple[Amount, ...]
    """By unit, in the order of the paper."""
    practice: bool = False
    """The paper is from an exercise."""


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal that was read; `signed_by` tells whether it is genuine."""

    version: int
    kind: str
    receipt_no: str
    seizure_no: str
    revision: int
    issued_at: Instant
    post: str
    device: DeviceId
    key_id: bytes
    """First 8 bytes of the SHA-256 of the public key."""
    entry_seq: int
    tip: bytes
    """First 16 bytes of the hash of entry `entry_seq`."""
    line_count: int
    line_hashes: tuple[bytes, ...]
    """One for each line, or a single combined one when there are more than 16 lines."""
    totals: tuple[Amount, ...]
    practice: bool
    body: bytes
    """The bytes that were signed."""
    signature: bytes

    def signed_by(self, key: VerifyKey) -> bool:
        """Whether the seal names `key` and is signed with it."""
        return key_id(key) == self.key_id and key.verifies(SEAL, self.body, self.signature)

    @property
    def combined(self) -> bool:
        """Whether there is one hash for all lines."""
        return self.line_count > LINES_APART

    def vouches_for(self, lines: tuple[str, ...]) -> bool:
        """Whether these canonical lines are exactly the sealed ones."""
        return len(lines) == self.line_count and _hashes(lines) == self.line_hashes


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The order of the fields in the signed MessagePack array."""

    version: int
    kind: str
    receipt_no: str
    seizure_no: str
    revision: int
    issued_millis: int
    issued_offset: int
    post: str
    device: bytes
    key_id: bytes
    entry_seq: int
    tip: bytes
    line_count: int
    lines: bytes
    totals: list[tuple[str, str]]
    practice: bool


def key_id(key: VerifyKey) -> bytes:
    """The id of a key in seals: the first 8 bytes of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.raw).digest()[:8]


def line_hash(number: int, line: str) -> bytes:
    """The hash (6 bytes) of line `number` (from 1) with its canonical text."""
    return hashlib.sha256(f"{number}\n{line}".encode()).digest()[:LINE_BYTES]


def make_seal(facts: SealFacts, key: SigningKey) -> str:
    """The text of the QR code: `TW1:` and the base 45 of signature and body."""
    body = msgspec.msgpack.encode(
        _Body(
            version=VERSION,
            kind=facts.kind,
            receipt_no=facts.receipt_no,
            seizure_no=facts.seizure_no,
            revision=facts.revision,
            issued_millis=facts.issued_at.millis,
            issued_offset=facts.issued_at.offset_minutes,
            post=facts.post,
            device=base64.b32decode(str(facts.device)[1:]),
            key_id=key_id(key.verify_key),
            entry_seq=facts.entry_seq,
            tip=facts.tip.raw[:TIP_BYTES],
            line_count=len(facts.lines),
            lines=b"".join(_hashes(facts.lines)),
            totals=_sealed_totals(facts.totals),
            practice=facts.practice,
        )
    )
    return PREFIX + base45.encode(key.sign(SEAL, body) + body)


def read_seal(text: str) -> Seal:
    """The seal in `text`. Raises `SealRefused`; the signature is not checked yet."""
    if not text.startswith(PREFIX):
        raise SealRefused(mark("this is not a seal of a receipt, or a newer program made it"))
    if len(text) > LENGTH_LIMIT:
        raise SealRefused(mark("a seal of an impossible length"))
    try:
        data = base45.decode(text.removeprefix(PREFIX))
        signature, signed = data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]
        body = msgspec.msgpack.decode(signed, type=_Body)
        return _read(body, signed, signature)
    except (Malformed, msgspec.MsgspecError, InvalidOperation, UnicodeDecodeError) as error:
        raise SealRefused(
            mark("the seal cannot be read: it is damaged or was changed"),
            hint=mark("Scan the code again from the paper."),
        ) from error


def _read(body: _Body, signed: bytes, signature: bytes) -> Seal:
    size = COMBINED_BYTES if body.line_count > LINES_APART else LINE_BYTES
    expected = 1 if body.line_count > LINES_APART else body.line_count
    sizes = (len(body.device), len(body.key_id), len(body.tip), len(body.lines))
    if body.version != VERSION or sizes != (10, 8, TIP_BYTES, size * expected):
        raise SealRefused(mark("this is not a seal of a receipt, or a newer program made it"))
    if abs(body.issued_offset) > 24 * 60 or not 0 <= body.issued_millis < 1 << 47:
        raise SealRefused(mark("the seal names an impossible time"))
    hashes = tuple(body.lines[index * size :][:size] for index in range(expected))
    return Seal(
        version=body.version,
        kind=body.kind,
        receipt_no=body.receipt_no,
        seizure_no=body.seizure_no,
        revision=body.revision,
        issued_at=Instant(body.issued_millis, body.issued_offset),
        post=body.post,
        device=DeviceId.from_random(body.device),
        key_id=body.key_id,
        entry_seq=body.entry_seq,
        tip=body.tip,
        line_count=body.line_count,
        line_hashes=hashes,
        totals=tuple(Amount(Decimal(value), unit) for unit, value in body.totals),
        practice=body.practice,
        body=signed,
        signature=signature,
    )


def _hashes(lines: tuple[str, ...]) -> tuple[bytes, ...]:
    if len(lines) <= LINES_APART:
        return tuple(line_hash(number, line) for number, line in enumerate(lines, start=1))
    each = (
        hashlib.sha256(f"{number}\n{line}".encode()).digest()
        for number, line in enumerate(lines, start=1)
    )
    return (hashlib.sha256(b"".join(each)).digest(),)


def _sealed_totals(amounts: tuple[Amount, ...]) -> list[tuple[str, str]]:
    return [(a.unit, shortest(a.value)) for a in amounts[:TOTALS_LIMIT]]
