"""A batch comes in: verify, plan, store, acknowledge. One transaction, one answer.

Every entry is checked by itself, so that a bad one does not block the others. An entry is stored
when its row is in the table; a batch that is sent twice gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash
from domain.statement import CURABLE, Acknowledgement, Refusal, RefusalCode
from hub.hub import Hub
from hub.plan import TRIES, crowded, plan
from hub.signers import verify
from hub.statement import NO_QUESTION, Question, signed, state
from hub.store.sql import apart, devices, entries
from sync.wire.batch import read_batch

REFUSALS_LIMIT = 1_000
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
    took = _commit(hub, carrier, batch.entries, refused, question)
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
    found: tuple[Entry, ...],
    refused: list[Refusal],
    question: Question,
) -> Intake:
    for _ in range(TRIES):
        now = hub.now().millis
        with hub.database.reading() as rows:
            verified = verify(rows, found)
            made = plan(rows, verified.good, carrier, now)
        names = (str(carrier), *made.names)
        with hub.database.writing(names, naming=made.photos) as rows:
            if not made.still_holds(rows):
                continue
            made.carry_out(rows, now)
            for entry in made.late:
                apart.put(rows, entry, carrier, now)
            refused += [refusal(entry, code) for entry, code in verified.refused]
            refused += [refusal(entry, RefusalCode.MISFIT) for entry in made.misfits]
            for each in refused[:REFUSALS_LIMIT]:
                entries.refuse(rows, each, carrier, now)
            refused += [refusal(entry.hash, RefusalCode.HELD_APART) for entry in made.late]
            devices.note_contact(rows, carrier, now)
            statement = msgspec.structs.replace(
                state(hub, rows, carrier, refused=refused, question=question),
                brought=tuple(e.hash for e in made.stored if e.head.device != carrier),
            )
        return Intake(
            signed(hub, statement),
            statement,
            len(made.new),
            len(made.stored) - len(made.new),
            made.gaps + len(verified.unknown),
        )
    raise crowded()
