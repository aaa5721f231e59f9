"""A batch comes in: verify, insert by hash, project, acknowledge. One transaction, one answer.

Every entry is checked by itself, so that a bad one does not block the others. An entry is stored
when its row is in the table; a batch that is sent twice gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fold import Case, fold
from domain.ids import DeviceId, EntryHash
from domain.kinds import InterceptionFinalised, read_body
from domain.statement import CURABLE, Acknowledgement, Refusal, RefusalCode
from hub import wanted_packs
from hub.hub import Hub
from hub.numbers import numbers_of
from hub.signers import Verified, VerifiedEntry, note_change, verify
from hub.statement import NO_QUESTION, Question, signed, state
from hub.store.sql import apart, devices, entries, interceptions, numbers
from hub.store.sql.entries import IntakeResult
from hub.summary import photos_of, short, summarise
from sync.wire.batch import read_batch
from system.database import Connection

ABOUT_INTERCEPTIONS = ("interception.", "receipt.")
REFUSALS_LIMIT = 1_000
REVISION_LIMIT = 2**53
OF_DEVICE = "@"
"""Stands between a record id and the second device that finalised a record with the same id."""
REASONS = {
    RefusalCode.NOT_ENROLLED: "its workstation is not enrolled at this hub",
    RefusalCode.WRONG_SIGNATURE: "not signed by the key of its workstation",
    RefusalCode.MISFIT: "it does not fit the entry before it",
    RefusalCode.HELD_APART: "headquarters ended its workstation; it is held apart",
}


class Intake(msgspec.Struct, frozen=True):
    """The result of a batch: the signed answer, and counts for the log."""

    answer: bytes
    statement: Acknowledgement
    new: int
    held: int
    gaps: int
    ends: tuple[EntryHash, ...] = ()
    """The last entries of each branch in the batch, held or not, without those refused."""


def take(hub: Hub, carrier: DeviceId, data: bytes, question: Question = NO_QUESTION) -> Intake:
    """Store a batch that the device `carrier` sent, also with entries of other devices.

    Raises only `BatchRefused`, when it is not a batch.
    """
    batch = read_batch(data)
    refused = [refusal(item.hash, RefusalCode.UNREADABLE, item.reason) for item in batch.refused]
    with hub.database.reading() as rows:
        verified = verify(rows, batch.entries)
    refused += [refusal(entry, code) for entry, code in verified.refused]
    took = _commit(hub, carrier, verified, refused, question)
    return msgspec.structs.replace(took, ends=_ends(batch.entries, took.statement.refused))


def _ends(found: Iterable[Entry], refused: Iterable[Refusal]) -> tuple[EntryHash, ...]:
    names = {each.hash for each in refused}
    taken = [entry for entry in found if entry.hash not in names]
    continued = {entry.head.prev for entry in taken}
    return tuple(entry.hash for entry in taken if entry.hash not in continued)


def refusal(entry: EntryHash, code: RefusalCode, reason: str = "") -> Refusal:
    """The refusal of an entry, with the usual reason of its code when there is no other."""
    return Refusal(entry, reason or REASONS[code], code, code in CURABLE)


def _commit(
    hub: Hub,
    carrier: DeviceId,
    verified: Verified,
    refused: list[Refusal],
    question: Question,
) -> Intake:
    now = hub.now().millis
    heads = [each.entry.head for each in verified.good]
    names = {str(head.device) for head in heads} | {entries.clean(head.subject) for head in heads}
    with hub.database.writing(sorted(names)) as rows:
        ended = devices.ended(rows)
        late = {
            each.entry.hash: each.entry
            for each in verified.good
            if each.entry.head.device in ended and not entries.is_held(rows, each.entry.hash)
        }
        for entry in late.values():
            apart.put(rows, entry, carrier, now)
        good = [each for each in verified.good if each.entry.hash not in late]
        stored = store(rows, good, carrier, now)
        refused += [refusal(entry, RefusalCode.MISFIT) for entry in stored.misfits]
        for each in refused[:REFUSALS_LIMIT]:
            entries.refuse(rows, each, carrier, now)
        refused += [refusal(entry, RefusalCode.HELD_APART) for entry in late]
        devices.note_contact(rows, carrier, now)
        held = set(stored.held)
        statement = msgspec.structs.replace(
            state(hub, rows, carrier, refused=refused, question=question),
            brought=tuple(
                each.entry.hash
                for each in good
                if each.entry.head.device != carrier and each.entry.hash in held
            ),
        )
    return Intake(
        signed(hub, statement),
        statement,
        len(stored.new),
        len(stored.held) - len(stored.new),
        stored.gaps + len(verified.unknown),
    )


class StoredEntries(msgspec.Struct, frozen=True):
    """The new entries, all that are held now, and those that do not fit; gaps are only counted."""

    new: tuple[EntryHash, ...]
    held: tuple[EntryHash, ...]
    misfits: tuple[EntryHash, ...]
    gaps: int


def store(
    rows: Connection,
    found: Iterable[VerifiedEntry],
    brought_by: DeviceId | Mapping[EntryHash, DeviceId],
    now: int,
) -> StoredEntries:
    """Store verified entries, parents before children, and bring the list up to date.

    `brought_by` is the device that sent them, or that of each. Part of the caller's transaction.
    """
    results: dict[IntakeResult, list[EntryHash]] = {each: [] for each in IntakeResult}
    touched: dict[str, None] = {}
    for each in found:
        entry = each.entry
        carrier = brought_by if isinstance(brought_by, DeviceId) else brought_by[entry.hash]
        taken = entries.insert(
            rows,
            entry,
            brought_by=carrier,
            now=now,
            readable=each.readable,
            signer=each.signer,
        )
        results[taken].append(entry.hash)
        if taken is IntakeResult.NEW:
            note_change(rows, each)
            if entry.head.kind.startswith(ABOUT_INTERCEPTIONS):
                touched[entry.head.subject] = None
    for subject in touched:
        project(rows, subject, now)
    new = results[IntakeResult.NEW]
    entries.lift_refusals(rows, new)
    return StoredEntries(
        new=tuple(new),
        held=(*new, *results[IntakeResult.HELD]),
        misfits=tuple(results[IntakeResult.MISFIT]),
        gaps=len(results[IntakeResult.GAP]),
    )


def project(rows: Connection, subject: str, now: int) -> None:
    """Make the row of one interception again, from all its entries.

    A workstation changes its own interceptions only. When a second workstation finalises a record
    with the same id, it becomes a separate interception, listed as `RECORD@DEVICE`.
    """
    arrived = entries.about(rows, subject)
    makers = _makers(entry for _, entry in arrived)
    for index, device in enumerate(makers):
        case = case_of((entry for _, entry in arrived), device)
        if case is not None:
            arrival = next(n for n, entry in arrived if entry.head.device == device)
            record = subject if index == 0 else f"{subject}{OF_DEVICE}{device}"
            row = _row(case, device, now, record=record, arrival=arrival)
            interceptions.put(rows, row, photos_of(case))
            wanted_packs.note(rows, case, device)
            numbers.put(rows, record, numbers_of(case))


def _makers(found: Iterable[Entry]) -> tuple[DeviceId, ...]:
    """The devices that finalised the record, in order of arrival."""
    return tuple(
        dict.fromkeys(
            entry.head.device
            for entry in found
            if isinstance(read_body(entry), InterceptionFinalised)
        )
    )


def _row(
    case: Case, device: DeviceId, now: int, *, record: str, arrival: int
) -> interceptions.ListedInterception:
    return interceptions.ListedInterception(
        record=record,
        arrival=arrival,
        device=str(device),
        arrived_at=now,
        changed_at=now,
        number=short(case.number),
        status=case.status,
        revision=max(0, min(case.current.body.revision, REVISION_LIMIT)),
        summary=summarise(case),
    )


def case_of(found: Iterable[Entry], device: DeviceId) -> Case | None:
    """The case of these entries; None when there is none or they cannot be combined."""
    try:
        return fold(found, device)
    except (TidewaiterError, ArithmeticError, ValueError):
        return None  # the entries are stored and can be read one by one
