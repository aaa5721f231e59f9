"""The kinds of entry, each with its body.

An entry of an unknown kind is stored and shown as raw data.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import TypeVar

import msgspec

from domain.encoding import from_json
from domain.entry import Entry
from domain.errors import EntryRefused
from domain.ids import EntryHash, PackHash, PaperHash, RecordId
from domain.instant import Instant
from domain.interception.nominal import Commitment
from domain.interception.record import Interception
from domain.signing import VerifyKey
from domain.words import mark

T = TypeVar("T", bound="Body")


class EntryKind(StrEnum):
    """The kind of an entry, as it is signed and sent."""

    STATION_OPENED = "station.opened"
    STATION_KEY_CHANGED = "station.key_changed"
    PACK_ADOPTED = "pack.adopted"
    INTERCEPTION_FINALISED = "interception.finalised"
    INTERCEPTION_AMENDED = "interception.amended"
    INTERCEPTION_CANCELLED = "interception.cancelled"
    INTERCEPTION_REVIEWED = "interception.reviewed"
    RECEIPT_ISSUED = "receipt.issued"
    RECEIPT_PRINTED = "receipt.printed"


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of an entry. Fields that a later version adds are ignored when read."""


class StationOpened(Body, frozen=True, kw_only=True):
    """The first entry of every chain: the workstation's identity and public key."""

    public_key: str
    """Ed25519, hexadecimal."""
    name: str
    post: str
    station: int


class KeyChanged(Body, frozen=True, kw_only=True):
    """From this entry on, which the key before signed, the workstation signs with another key."""

    public_key: VerifyKey
    proof: str
    """Signature of the new key, hexadecimal (`domain.key_change`)."""


class PackAdopted(Body, frozen=True, kw_only=True):
    """From this entry on, new drafts use this pack."""

    id: str
    version: str
    sha256: PackHash
    operation: str = ""
    """Whose key signed it; empty for a pack that ships, and for one without a signature."""
    key: VerifyKey | None = None
    """The key that signed it."""
    unsigned: bool = False
    """It was adopted though nobody signed it."""


class InterceptionFinalised(Body, frozen=True, kw_only=True):
    """An interception became final, or (revision 2 and up) was amended.

    `shared` is the interception without its nominal fields; `nominal` the commitment to them.
    """

    record: RecordId
    number: str
    """Seizure number, the same for all revisions."""
    revision: int
    supersedes: EntryHash | None = None
    reason: str = ""
    """Why it was amended: a code of the list `amend_reasons`."""
    comment: str = ""
    shared: Interception
    nominal: Commitment | None = None


class InterceptionCancelled(Body, frozen=True, kw_only=True):
    """An interception that was made by mistake is marked as cancelled; it is not deleted."""

    record: RecordId
    entry: EntryHash
    reason: str


class InterceptionReviewed(Body, frozen=True, kw_only=True):
    """A supervisor approved a revision or returned it with a comment."""

    record: RecordId
    entry: EntryHash
    approved: bool
    comment: str = ""


class ReceiptIssued(Body, frozen=True, kw_only=True):
    """A receipt was made for a revision. The paper's bytes are named by their hash."""

    record: RecordId
    entry: EntryHash
    number: str
    language: str
    issued_at: Instant
    paper: PaperHash
    seal: str
    """The text of the QR seal."""


class ReceiptPrinted(Body, frozen=True, kw_only=True):
    """The original or a copy was printed or saved as a file."""

    record: RecordId
    number: str
    copy: int
    """1 is the original."""
    way: str
    """`printer` or `file`."""
    paper: PaperHash


BODIES: dict[EntryKind, type[Body]] = {
    EntryKind.STATION_OPENED: StationOpened,
    EntryKind.STATION_KEY_CHANGED: KeyChanged,
    EntryKind.PACK_ADOPTED: PackAdopted,
    EntryKind.INTERCEPTION_FINALISED: InterceptionFinalised,
    EntryKind.INTERCEPTION_AMENDED: InterceptionFinalised,
    EntryKind.INTERCEPTION_CANCELLED: InterceptionCancelled,
    EntryKind.INTERCEPTION_REVIEWED: InterceptionReviewed,
    EntryKind.RECEIPT_ISSUED: ReceiptIssued,
    EntryKind.RECEIPT_PRINTED: ReceiptPrinted,
}


def body_of(entry: Entry, kind: type[T]) -> T:
    """The body of `entry` as `kind`. Raises `EntryRefused` when the body is of another shape."""
    try:
        return from_json(entry.body, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise EntryRefused(
            mark("the body of the entry cannot be read: {cause}"),
            about=entry.hash.short,
            cause=error,
        ) from error


@functools.lru_cache(maxsize=4)  # a deed asks twice for the body of the entry that it makes
def read_body(entry: Entry) -> Body | None:
    """The body of `entry`, or None when this program does not know the kind or cannot read it.

    A body about another record than the subject of its entry cannot be read.
    """
    try:
        kind = BODIES[EntryKind(entry.head.kind)]
    except ValueError:
        return None
    try:
        body = body_of(entry, kind)
    except EntryRefused:
        return None
    return body if str(getattr(body, "record", entry.head.subject)) == entry.head.subject else None
