"""Take note of what the hub signed that it holds. Nothing here ever deletes an entry or a photo."""

from __future__ import annotations

from collections.abc import Iterable

from acts.errors import OldAnswer
from domain.changes import Changes
from domain.encoding import from_json, to_json
from domain.ids import EntryHash, PhotoHash
from domain.instant import Instant
from domain.statement import Acknowledgement, Level
from domain.words import mark
from storage import clock, journal
from storage.projections import hub
from storage.workstation import Workstation
from system.database import Connection, transaction

LEFT_EPOCHS, SIGNED_AT, KNOWS_NONCES = "left_epochs", "signed_at", "knows_nonces"
"""Rows of the table `hub`: epochs that were left (JSON), when the hub signed last (milliseconds
since 1970 by its clock), and whether it repeats the nonce of a question."""


def acknowledge(
    ws: Workstation, statement: Acknowledgement, asked: Iterable[PhotoHash] = ()
) -> Changes:
    """Entries and photos that the hub signed for no longer wait; those it lost wait again.

    `asked` are the photos that the question named. One transaction. What an older epoch of the hub
    signed counts no more. Raises `OldAnswer` for a statement that was signed before one that was
    noted already; nothing is changed then.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        refuse_old(db, statement)
        if hub.remembered(db, "epoch") != statement.epoch.encode():
            hub.forget(db)
            _leave_epoch(db)
        _entries(ws, db, statement, now)
        _photos(db, statement, frozenset(asked), now)
        for refusal in statement.refused:
            hub.refuse(db, "entry", refusal.hash, refusal.reason, now)
        hub.remember(db, "epoch", statement.epoch.encode())
        hub.remember(db, SIGNED_AT, str(statement.at.millis).encode())
        if statement.nonce:
            hub.remember(db, KNOWS_NONCES, b"1")
        hub.remember(db, "last_contact", str(now).encode())
        hub.remember(db, "branched", b"1" if statement.branched else b"0")
        clock.heard(db, now, ws.uptime(), statement.at)
    return Changes(hub=True)


def refuse_old(db: Connection, statement: Acknowledgement) -> None:
    """Raise `OldAnswer` when the statement is not the hub's answer of now.

    It comes from an epoch that was left, it lacks the nonce that this hub is known to repeat, or,
    where a hub knows no nonces, it was signed before the last one.
    """
    if statement.epoch in _left_epochs(db):
        raise OldAnswer(
            mark("this hub was replaced by a newer one and still answers"),
            about=statement.epoch,
            hint=mark("Nothing was changed. Tell headquarters that the old hub is running."),
        )
    if statement.nonce:
        return
    last = int(hub.remembered(db, SIGNED_AT) or b"0")
    if hub.remembered(db, KNOWS_NONCES) or statement.at.millis < last:
        raise OldAnswer(
            mark("an old answer of the hub was shown again"),
            about=str(statement.at),
            hint=mark(
                "Nothing was changed. A proxy may be in the way; if the hub itself was set back,"
                " enrol anew."
            ),
        )


def _left_epochs(db: Connection) -> list[str]:
    return from_json(hub.remembered(db, LEFT_EPOCHS) or b"[]", list[str])


def _leave_epoch(db: Connection) -> None:
    before = hub.remembered(db, "epoch")
    if before:
        hub.remember(db, LEFT_EPOCHS, to_json([*_left_epochs(db), before.decode()]))
    hub.remember(db, SIGNED_AT, b"0")


def _entries(ws: Workstation, db: Connection, statement: Acknowledgement, now: Instant) -> None:
    """What lies below a tip of the hub is held, whatever was held or waited before."""
    known = [tip for tip in statement.tips if journal.holds(db, tip.hash)]
    names = [tip.hash for tip in known]
    hub.note_tips(db, names)
    for name in journal.lacking(db, ws.device, names):
        if hub.is_held(db, name):
            head = journal.entry(db, name).head
            hub.let_go(db, "entry", name, head.subject, head.at)
    for level in Level:
        tips = [tip.hash for tip in known if tip.level is level]
        below = _newly_below(ws, db, tips, level)
        hub.hold(db, "entry", below, level=level, epoch=statement.epoch, at=now)


def _photos(
    db: Connection, statement: Acknowledgement, asked: frozenset[PhotoHash], now: Instant
) -> None:
    held = [photo for photo in statement.photos if photo.hash in asked]
    for name in asked - {photo.hash for photo in held}:
        hub.let_go(db, "photo", name, hub.photo_owner(db, name), now)
    for level in Level:
        names = [photo.hash for photo in held if photo.level is level]
        hub.hold(db, "photo", names, level=level, epoch=statement.epoch, at=now)


def _newly_below(
    ws: Workstation, db: Connection, tips: list[EntryHash], level: Level
) -> list[EntryHash]:
    """The tips and all entries before them that were not yet held at that level."""
    if not tips:
        return []
    found = hub.entries_not_held(db, ws.device, level)
    above = set(journal.lacking(db, ws.device, tips)) if found else set()
    return [name for name in found if name not in above]
