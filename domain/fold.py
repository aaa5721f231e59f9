"""Computes the present state of an interception from its entries; post and hub both use it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from enum import StrEnum

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash, PaperHash, RecordId
from domain.instant import Instant
from domain.interception.record import Interception
from domain.kinds import (
    Body,
    InterceptionCancelled,
    InterceptionFinalised,
    InterceptionReviewed,
    ReceiptIssued,
    ReceiptPrinted,
    read_body,
)


class Status(StrEnum):
    """The status of an interception."""

    FINAL = "final"
    APPROVED = "approved"
    RETURNED = "returned"
    AMENDED = "amended"
    CANCELLED = "cancelled"


class Revision(msgspec.Struct, frozen=True):
    """One signed version of the record. It is never changed; a new revision replaces it."""

    entry: EntryHash
    seq: int
    at: Instant
    actor: str
    body: InterceptionFinalised


class Review(msgspec.Struct, frozen=True):
    """A supervisor's decision on one revision."""

    seq: int
    at: Instant
    actor: str
    body: InterceptionReviewed


class Receipt(msgspec.Struct, frozen=True):
    """A receipt and the copies made of it."""

    seq: int
    actor: str
    body: ReceiptIssued
    copies: tuple[ReceiptPrinted, ...] = ()

    @property
    def paper(self) -> PaperHash:
        """The original."""
        return self.body.paper


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The present state of an interception: all its revisions, reviews and receipts."""

    record: RecordId
    device: DeviceId
    """The workstation that finalised it; only its entries count."""
    status: Status
    revisions: tuple[Revision, ...]
    """Oldest first; never empty."""
    reviews: tuple[Review, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    cancelled: InterceptionCancelled | None = None
    unread: tuple[EntryHash, ...] = ()
    """Entries about it that this program cannot read."""
    rivals: tuple[EntryHash, ...] = ()
    """Revisions that the revision in force does not continue: the chain has branched."""
    foreign: tuple[EntryHash, ...] = ()
    """Entries about it that another workstation signed; they have no effect."""

    @property
    def current(self) -> Revision:
        """The revision in force."""
        return self.revisions[-1]

    @property
    def number(self) -> str:
        """The seizure number."""
        return self.current.body.number

    @property
    def interception(self) -> Interception:
        """The interception in force, without the fields that stay at the post."""
        return self.current.body.shared


def fold(
    entries: Iterable[Entry],
    device: DeviceId | None = None,
    printers: Container[DeviceId] = frozenset(),
) -> Case | None:
    """The present state of one workstation's interception, from all entries about one subject.

    Parents come before children; the order of branches does not matter. `device` is the workstation
    that owns the interception; the default is the first that finalised it. Only entries of this
    workstation count: others are listed in `foreign`. Copies that one of `printers` made count too:
    a folder that became another workstation goes on counting the copies of its earlier receipts.
    The result is None when this workstation has not finalised it. An entry whose body cannot be
    read is listed in `unread` and changes nothing else.
    """
    read = [(entry, read_body(entry)) for entry in entries]
    makers = (e.head.device for e, body in read if isinstance(body, InterceptionFinalised))
    owner = device or next(makers, None)
    own = [(entry, body) for entry, body in read if entry.head.device == owner]
    revisions = [_revision(e, body) for e, body in own if isinstance(body, InterceptionFinalised)]
    if not revisions:
        return None
    revisions.sort(key=lambda r: (r.body.revision, r.at, r.entry.raw))
    case = Case(
        record=revisions[-1].body.record,
        device=own[0][0].head.device,
        status=Status.FINAL,
        revisions=tuple(revisions),
        rivals=_rivals(revisions),
        foreign=tuple(
            entry.hash
            for entry, body in read
            if entry.head.device != owner
            and not (isinstance(body, ReceiptPrinted) and entry.head.device in printers)
        ),
    )
    for entry, body in read:
        printed = isinstance(body, ReceiptPrinted) and entry.head.device in printers
        if printed or entry.head.device == owner:
            case = _apply(case, entry, body)
    return _with(case, status=_status(case))


def _apply(case: Case, entry: Entry, body: Body | None) -> Case:
    match body:
        case InterceptionFinalised():
            return case
        case InterceptionCancelled():
            return _with(case, cancelled=body)
        case InterceptionReviewed():
            review = Review(entry.head.seq, entry.head.at, entry.head.actor, body)
            return _with(case, reviews=(*case.reviews, review))
        case ReceiptIssued():
            receipt = Receipt(entry.head.seq, entry.head.actor, body)
            return _with(case, receipts=(*case.receipts, receipt))
        case ReceiptPrinted():
            return _with(case, receipts=tuple(_printed(r, body) for r in case.receipts))
        case _:
            return _with(case, unread=(*case.unread, entry.hash))


def _revision(entry: Entry, body: InterceptionFinalised) -> Revision:
    return Revision(entry.hash, entry.head.seq, entry.head.at, entry.head.actor, body)


def _rivals(revisions: list[Revision]) -> tuple[EntryHash, ...]:
    """The revisions that the last one does not replace, directly or through others."""
    by_entry = {revision.entry: revision for revision in revisions}
    line: set[EntryHash] = set()
    step: Revision | None = revisions[-1]
    while step is not None and step.entry not in line:
        line.add(step.entry)
        step = by_entry.get(step.body.supersedes) if step.body.supersedes else None
    return tuple(revision.entry for revision in revisions if revision.entry not in line)


def _status(case: Case) -> Status:
    if case.cancelled is not None:
        return Status.CANCELLED
    reviews = [review for review in case.reviews if review.body.entry == case.current.entry]
    if reviews:
        last = max(reviews, key=lambda review: (review.seq, review.at))
        return Status.APPROVED if last.body.approved else Status.RETURNED
    return Status.AMENDED if len(case.revisions) > 1 else Status.FINAL


def _printed(receipt: Receipt, body: ReceiptPrinted) -> Receipt:
    if receipt.body.number != body.number:
        return receipt
    return msgspec.structs.replace(receipt, copies=(*receipt.copies, body))


def _with(case: Case, **changed: object) -> Case:
    return msgspec.structs.replace(case, **changed)
