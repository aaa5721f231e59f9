"""Store what the hub signed for. No function here deletes an entry or a photo."""

from __future__ import annotations

from collections.abc import Iterable

from acts.errors import OldAnswer
from domain.changes import Changes
from domain.encoding import from_json, to_json
from domain.ids import EntryHash, PhotoHash
from domain.instant import Instant
from domain.statement import Acknowledgement, Level
from domain.words import mark
from storage import clock, hub_memory, journal
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import Connection, transaction


def acknowledge(
    ws: Workstation,
    statement: Acknowledgement,
    asked: Iterable[PhotoHash] = (),
    *,
    by_hand: bool = False,
) -> Changes:
    """Entries and photos that the hub signed for no longer wait; those it lost wait again.

    `asked` are the photos named in the request. `by_hand`: the statement travelled on a stick, so
    it says nothing about this computer's clock, and its age was judged before. One transaction.
    Statements of an older epoch of the hub no longer count. Raises `OldAnswer` for a
    statement that is older than a stored one; nothing is changed then.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        refuse_old(db, statement, by_hand=by_hand)
        if hub_memory.remembered(db, HubFact.EPOCH) != statement.epoch.encode():
            hub_memory.forget(db)
            _leave_epoch(db)
        _entries(ws, db, statement, now)
        _photos(db, statement, frozenset(asked), now)
        for refusal in statement.refused:
            hub_memory.refuse(db, refusal.hash, refusal.reason, now)
        hub_memory.remember(db, HubFact.EPOCH, statement.epoch.encode())
        hub_memory.remember(db, HubFact.SIGNED_AT, str(statement.at.millis).encode())
        if statement.nonce:
            hub_memory.remember(db, HubFact.KNOWS_NONCES, b"1")
        if statement.recipient:
            hub_memory.remember(db, HubFact.RECIPIENT, statement.recipient.encode())
        contact = statement.at if by_hand else now
        hub_memory.remember(db, HubFact.LAST_CONTACT, str(contact).encode())
        hub_memory.remember(db, HubFact.BRANCHED, b"1" if statement.branched else b"0")
        if not by_hand:
            clock.heard(db, now, ws.uptime(), statement.at)
    return Changes(hub=True)


def refuse_old(db: Connection, statement: Acknowledgement, *, by_hand: bool = False) -> None:
    """Raise `OldAnswer` when the statement is not the hub's answer to the present request.

    Such a statement has an earlier epoch, or lacks the nonce that this hub normally repeats, or,
    from a hub without nonces, is older than the last one.
    """
    if statement.epoch in _left_epochs(db):
        raise OldAnswer(
            mark("this hub was replaced by a newer one and still answers"),
            about=statement.epoch,
            hint=mark("Nothing was changed. Tell headquarters that the old hub is running."),
        )
    if statement.nonce or by_hand:
        return
    last = int(hub_memory.remembered(db, HubFact.SIGNED_AT) or b"0")
    if hub_memory.remembered(db, HubFact.KNOWS_NONCES) or statement.at.millis < last:
        raise OldAnswer(
            mark("an old answer of the hub was sent again"),
            about=str(statement.at),
            hint=mark(
                "Nothing was changed. A proxy may be in the way; if the hub itself was set back,"
                " enrol anew."
            ),
        )


def _left_epochs(db: Connection) -> list[str]:
    return from_json(hub_memory.remembered(db, HubFact.LEFT_EPOCHS) or b"[]", list[str])


def _leave_epoch(db: Connection) -> None:
    before = hub_memory.remembered(db, HubFact.EPOCH)
    if before:
        hub_memory.remember(db, HubFact.LEFT_EPOCHS, to_json([*_left_epochs(db), before.decode()]))
    hub_memory.remember(db, HubFact.SIGNED_AT, b"0")


def _entries(ws: Workstation, db: Connection, statement: Acknowledgement, now: Instant) -> None:
    """Mark all entries up to the hub's tips as held, and let the others wait."""
    known = [tip for tip in statement.tips if journal.holds(db, tip.hash)]
    names = [tip.hash for tip in known]
    hub_memory.note_tips(db, names)
    for name in journal.lacking(db, ws.device, names):
        if hub_memory.is_held(db, name):
            head = journal.entry(db, name).head
            hub_memory.let_go(db, name, head.subject, head.at)
    for level in Level:
        tips = [tip.hash for tip in known if tip.level is level]
        below = _newly_below(ws, db, tips, level)
        hub_memory.hold(db, below, level=level, epoch=statement.epoch, at=now)


def _photos(
    db: Connection, statement: Acknowledgement, asked: frozenset[PhotoHash], now: Instant
) -> None:
    held = [photo for photo in statement.photos if photo.hash in asked]
    for name in asked - {photo.hash for photo in held}:
        hub_memory.let_go(db, name, hub_memory.photo_owner(db, name), now)
    for level in Level:
        names = [photo.hash for photo in held if photo.level is level]
        hub_memory.hold(db, names, level=level, epoch=statement.epoch, at=now)


def _newly_below(
    ws: Workstation, db: Connection, tips: list[EntryHash], level: Level
) -> list[EntryHash]:
    """The tips and all entries before them that were not yet held at that level."""
    if not tips:
        return []
    found = hub_memory.entries_not_held(db, ws.device, level)
    above = set(journal.lacking(db, ws.device, tips)) if found else set()
    return [name for name in found if name not in above]
