"""Store what the hub signed for. No function here deletes an entry or a photo."""

from __future__ import annotations

from collections.abc import Iterable

from acts.hub.freshness import leave_epoch, note_answer, refuse_old
from domain.changes import Changes
from domain.ids import DeviceId, PhotoHash
from domain.instant import Instant
from domain.statement import Acknowledgement, Level
from storage import clock, hub_entries, hub_memory, journal
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import Connection, transaction


def acknowledge(
    ws: Workstation,
    statement: Acknowledgement,
    asked: Iterable[PhotoHash] = (),
    *,
    overtaken: bool = False,
    fetchable: bool = True,
    by_hand: bool = False,
) -> Changes:
    """Entries and photos that the hub signed for no longer wait; those it lost wait again.

    `asked` are the photos named in the request. `overtaken`: the answer to another request, which
    was sent later, came first; then what this one says of entries may be out of date and is passed
    over. `fetchable`: tips that are not in the journal can be fetched, and what the hub lost is
    judged when they are here. `by_hand`: the statement travelled on a stick, so it says nothing
    about this computer's clock, and its age was judged before. One transaction. Statements of an
    older epoch of the hub no longer count. Raises `OldAnswer` for a statement that is older than a
    stored one; nothing is changed then.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        refuse_old(db, statement, overtaken=overtaken, by_hand=by_hand)
        if hub_memory.remembered(db, HubFact.EPOCH) != statement.epoch.encode():
            hub_memory.forget(db)
            leave_epoch(db)
        if not overtaken:
            _entries(db, ws.device, statement, now, fetchable=fetchable)
        _losses(db, statement, now, overtaken=overtaken)
        _photos(db, statement, frozenset(asked), now)
        for refusal in statement.refused:
            hub_memory.refuse(db, refusal, now)
        note_answer(db, statement)
        hub_memory.remember(db, HubFact.PROTOCOL, str(statement.protocol).encode())
        if statement.recipient:
            hub_memory.remember(db, HubFact.RECIPIENT, statement.recipient.encode())
        contact = statement.at if by_hand else now
        hub_memory.remember(db, HubFact.LAST_CONTACT, str(contact).encode())
        hub_memory.unremember(db, HubFact.OTHERS_NONCE)
        hub_memory.remember(db, HubFact.BRANCHED, b"1" if statement.branched else b"0")
        if not by_hand:
            clock.heard(db, now, ws.uptime(), statement.at)
    return Changes(hub=True)


def _entries(
    db: Connection,
    device: DeviceId,
    statement: Acknowledgement,
    now: Instant,
    *,
    fetchable: bool,
) -> None:
    """Mark all entries up to the hub's tips as held, and let those wait that it lost."""
    known = [tip for tip in statement.tips if journal.holds(db, tip.hash)]
    names = [tip.hash for tip in known]
    all_here = len(known) == len(statement.tips)
    if (all_here or not fetchable) and hub_entries.lacks_some(db, names):
        hub_memory.doubt_photos(db)  # what else it lost is not known
        for name in journal.lacking(db, device, names):
            if hub_memory.is_held(db, name):
                head = journal.entry(db, name).head
                hub_memory.let_go(db, name, head.subject, head.at)
    hub_memory.note_tips(db, names)
    hub_entries.hold_below(db, known, epoch=statement.epoch, at=now)


def _losses(db: Connection, statement: Acknowledgement, now: Instant, *, overtaken: bool) -> None:
    """Photos that the hub lost wait again; losses that were heard of before do not count twice."""
    before = hub_memory.number(db, HubFact.LOSSES)
    if statement.losses < before and not overtaken:
        hub_memory.doubt_photos(db)  # the hub was set back, and its numbers begin again
    elif statement.losses <= before:
        return
    for name in statement.lost:
        if hub_memory.is_held(db, name):
            hub_memory.let_go(db, name, hub_memory.photo_owner(db, name), now)
    hub_memory.remember(db, HubFact.LOSSES, str(statement.losses).encode())


def _photos(
    db: Connection, statement: Acknowledgement, asked: frozenset[PhotoHash], now: Instant
) -> None:
    held = [photo for photo in statement.photos if photo.hash in asked]
    for name in asked - {photo.hash for photo in held}:
        hub_memory.let_go(db, name, hub_memory.photo_owner(db, name), now)
    for level in Level:
        names = [photo.hash for photo in held if photo.level is level]
        hub_memory.hold(db, names, level=level, epoch=statement.epoch, at=now)
