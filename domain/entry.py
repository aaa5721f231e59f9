"""A journal entry: the bytes that were signed are the bytes that are stored and sent.

The format is described in docs/journal.md. The name of an entry is the SHA-256 of its bytes, and
each entry contains the name of the entry before it. So a change, a gap or another order in a chain
is always detected. The bytes are never encoded again from the parts.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from domain.encoding import from_json, to_json
from domain.errors import EntryRefused, Malformed
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.instant import ClockState, Instant
from domain.signing import ENTRY, SigningKey, VerifyKey
from domain.words import mark

VERSION = 1
SIZE_LIMIT = 4 * 1024 * 1024


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of an entry, without its body, which stays JSON until its kind is known."""

    v: int
    device: DeviceId
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    """The number of the entry in its chain, from 1."""
    prev: EntryHash
    at: Instant
    clock: ClockState
    actor: str
    """Badge number of the officer who did the deed."""
    kind: str
    subject: str
    """What it is about: a record id, a device id."""
    body: msgspec.Raw


class Entry:
    """A signed entry: its bytes, their signature, and the fields read from the bytes."""

    __slots__ = ("bytes", "hash", "head", "signature")

    def __init__(self, data: bytes, signature: bytes) -> None:
        """Read an entry from its bytes. Raises `EntryRefused`; the signature is not yet checked."""
        if len(data) > SIZE_LIMIT or len(signature) != 64:
            raise EntryRefused(mark("the size of the entry is not possible"))
        self.bytes = data
        self.signature = signature
        self.hash = EntryHash.of(data)
        try:
            self.head = from_json(data, Head)
        except (msgspec.MsgspecError, UnicodeDecodeError, Malformed) as error:
            raise EntryRefused(
                mark("the entry cannot be read: {cause}"), about=self.hash.short, cause=error
            ) from error
        if self.head.v < VERSION or (self.head.seq == 1) != (self.head.prev == NOTHING_BEFORE):
            raise EntryRefused(
                mark("the entry's number and the entry before it do not match"),
                about=self.hash.short,
            )

    @property
    def body(self) -> bytes:
        """The body as JSON."""
        return bytes(self.head.body)

    def signed_by(self, key: VerifyKey) -> bool:
        """Whether `key` made the signature."""
        return key.verifies(ENTRY, self.bytes, self.signature)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and (self.bytes, self.signature) == (
            other.bytes,
            other.signature,
        )

    def __hash__(self) -> int:
        return hash(self.hash)

    def __repr__(self) -> str:
        return f"Entry({self.head.seq} {self.head.kind} {self.hash.short})"


def sign(
    key: SigningKey,
    *,
    device: DeviceId,
    after: Entry | None,
    at: Instant,
    clock: ClockState,
    actor: str,
    kind: str,
    subject: str,
    body: object,
) -> Entry:
    """The entry that follows `after` (None: the first of the chain), signed; not yet stored."""
    head = Head(
        v=VERSION,
        device=device,
        seq=1 if after is None else after.head.seq + 1,
        prev=NOTHING_BEFORE if after is None else after.hash,
        at=at,
        clock=clock,
        actor=actor,
        kind=kind,
        subject=subject,
        body=msgspec.Raw(to_json(body)),
    )
    data = to_json(head)
    return Entry(data, key.sign(ENTRY, data))
