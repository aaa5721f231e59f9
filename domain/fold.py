"""Entries fold into the present state of an interception; post and hub use the same function."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from domain.entry import Entry
from domain.ids import EntryHash, PaperHash, RecordId
from domain.instant import Instant
from domain.interception.record import Interception
from domain.kinds import (
    InterceptionCancelled,
    InterceptionFinalised,
    InterceptionReviewed,
    ReceiptIssued,
    ReceiptPrinted,
    read_body,
)


class Status(StrEnum):
    """Where an interception stands."""

    FINAL = "final"
    APPROVED = "approved"
    RETURNED = "returned"
    AMENDED = "amended"
    CANCELLED = "cancelled"


class Revision(msgspec.Struct, frozen=True):
    """One signed state of the record. Revisions are never changed; a new one supersedes."""

    entry: EntryHash
    seq: int
    at: Instant
    actor: str
    body: InterceptionFinalised


class Review(msgspec.Struct, frozen=True):
    """What a supervisor said of one revision."""

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
    """An interception as it stands: all its revisions, reviews and receipts."""

    record: RecordId
    status: Status
    revisions: tuple[Revision, ...]
    """Oldest first; never empty."""
    reviews: tuple[Review, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    cancelled: InterceptionCancelled | None = None
    unread: tuple[EntryHash, ...] = ()
    """Entries about it that this program cannot read."""
    rivals: tuple[EntryHash, ...] = ()
    """Revisions that supersede the same one as another does: a chain has branched."""

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
        """What was found, without the fields that stay at the post."""
        return self.current.body.shared


def fold(entries: Iterable[Entry]) -> Case | None:
    """The present state from all entries about one subject, parents before children.

    None when none of them finalised it. An entry whose body cannot be read is listed in
    `unread` and changes nothing else.
    """
    case: Case | None = None
    early: list[EntryHash] = []
    for entry in entries:
        if case is None:
            case = _begin(entry)
            if case is None:
                early.append(entry.hash)
        else:
            case = _apply(case, entry)
    return case if case is None or not early else _with(case, unread=tuple(early) + case.unread)


def _begin(entry: Entry) -> Case | None:
    body = read_body(entry)
    if not isinstance(body, InterceptionFinalised):
        return None
    return Case(record=body.record, status=Status.FINAL, revisions=(_revision(entry, body),))


def _apply(case: Case, entry: Entry) -> Case:
    body = read_body(entry)
    match body:
        case InterceptionFinalised():
            return _supersede(case, _revision(entry, body))
        case InterceptionCancelled():
            return _with(case, cancelled=body, status=Status.CANCELLED)
        case InterceptionReviewed():
            review = Review(entry.head.at, entry.head.actor, body)
            return _reviewed(_with(case, reviews=(*case.reviews, review)), body)
        case ReceiptIssued():
            receipt = Receipt(entry.head.seq, entry.head.actor, body)
            return _with(case, receipts=(*case.receipts, receipt))
        case ReceiptPrinted():
            return _with(case, receipts=tuple(_printed(r, body) for r in case.receipts))
        case _:
            return _with(case, unread=(*case.unread, entry.hash))


def _revision(entry: Entry, body: InterceptionFinalised) -> Revision:
    return Revision(entry.hash, entry.head.seq, entry.head.at, entry.head.actor, body)


def _supersede(case: Case, revision: Revision) -> Case:
    rivals = case.rivals
    if revision.body.supersedes != case.current.entry:
        rivals = (*rivals, revision.entry)
    revisions = sorted(
        (*case.revisions, revision), key=lambda r: (r.body.revision, r.at, r.entry.raw)
    )
    status = case.status if case.status is Status.CANCELLED else Status.AMENDED
    return _with(case, revisions=tuple(revisions), rivals=rivals, status=status)


def _reviewed(case: Case, body: InterceptionReviewed) -> Case:
    if case.status is Status.CANCELLED or body.entry != case.current.entry:
        return case
    return _with(case, status=Status.APPROVED if body.approved else Status.RETURNED)


def _printed(receipt: Receipt, body: ReceiptPrinted) -> Receipt:
    if receipt.body.number != body.number:
        return receipt
    return msgspec.structs.replace(receipt, copies=(*receipt.copies, body))


def _with(case: Case, **changed: object) -> Case:
    return msgspec.structs.replace(case, **changed)
