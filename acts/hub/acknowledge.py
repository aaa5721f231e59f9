"""Take note of what the hub signed that it holds. Nothing here ever deletes an entry or a photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from acts.errors import OldAnswer
from domain.changes import Changes
from domain.encoding import from_json, to_json
from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.instant import Instant
from domain.words import mark
from storage import clock, journal
from storage.projections import hub
from storage.workstation import Workstation
from system.database import Connection, transaction

LEFT_EPOCHS, SIGNED_AT, KNOWS_NONCES = "left_epochs", "signed_at", "knows_nonces"
"""Rows of the table `hub`: epochs that were left (JSON), when the hub signed last (milliseconds
since 1970 by its clock), and whether it repeats the nonce of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A signed statement, verified by whoever received it, in the words of the domain.

    `tips` are all branch ends the hub holds of this device, with their level; `photos` what it
    holds of the photos in `asked`. Levels are `received` or `safe`.
    """

    epoch: str
    at: Instant
    tips: Mapping[EntryHash, str]
    asked: frozenset[PhotoHash] = frozenset()
    photos: Mapping[PhotoHash, str] = field(default_factory=dict)
    refused: Mapping[EntryHash, str] = field(default_factory=dict)
    branched: bool = False
    fresh: bool = False
    """Whether it repeats the nonce of the question that it answers."""
    given_twice: tuple[tuple[str, DeviceId], ...] = ()
    """Seizure numbers of this workstation that records of others have too, and whose those are."""


def acknowledge(ws: Workstation, said: Statement) -> Changes:
    """Entries and photos that the hub signed for no longer wait; those it lost wait again.

    One transaction. What an older epoch of the hub said counts no more. Raises `OldAnswer` for a
    statement that was signed before one that was heard already; nothing is changed then.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        refuse_old(db, said)
        if hub.remembered(db, "epoch") != said.epoch.encode():
            hub.forget(db)
            _leave_epoch(db)
        _entries(ws, db, said, now)
        for photo in said.asked - set(said.photos):
            hub.let_go(db, "photo", photo, hub.photo_owner(db, photo), now)
        for level in ("received", "safe"):
            held = [name for name, stands in said.photos.items() if stands == level]
            hub.hold(db, "photo", held, level=level, epoch=said.epoch, at=now)
        for name, reason in said.refused.items():
            hub.refuse(db, "entry", name, reason, now)
        hub.remember(db, "epoch", said.epoch.encode())
        hub.remember(db, SIGNED_AT, str(said.at.millis).encode())
        if said.fresh:
            hub.remember(db, KNOWS_NONCES, b"1")
        hub.remember(db, "last_contact", str(now).encode())
        hub.remember(db, "branched", b"1" if said.branched else b"0")
        clock.heard(db, now, ws.uptime(), said.at)
    return Changes(hub=True)


def refuse_old(db: Connection, said: Statement) -> None:
    """Raise `OldAnswer` when the statement is not the hub's answer of now.

    It comes from an epoch that was left, it lacks the nonce that this hub is known to repeat, or,
    where a hub knows no nonces, it was signed before the last one.
    """
    if said.epoch in _left_epochs(db):
        raise OldAnswer(
            mark("this hub was replaced by a newer one and still answers"),
            about=said.epoch,
            hint=mark("Nothing was changed. Tell headquarters that the old hub is running."),
        )
    if said.fresh:
        return
    last = int(hub.remembered(db, SIGNED_AT) or b"0")
    if hub.remembered(db, KNOWS_NONCES) or said.at.millis < last:
        raise OldAnswer(
            mark("an old answer of the hub was shown again"),
            about=str(said.at),
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


def _entries(ws: Workstation, db: Connection, said: Statement, now: Instant) -> None:
    """What lies below a tip of the hub is held, whatever was held or waited before."""
    known = [name for name in said.tips if journal.holds(db, name)]
    hub.note_tips(db, known)
    for name in journal.lacking(db, ws.device, known):
        if hub.is_held(db, name):
            head = journal.entry(db, name).head
            hub.let_go(db, "entry", name, head.subject, head.at)
    for level in ("received", "safe"):
        tips = [name for name in known if said.tips[name] == level]
        below = _newly_below(ws, db, tips, level)
        hub.hold(db, "entry", below, level=level, epoch=said.epoch, at=now)


def _newly_below(
    ws: Workstation, db: Connection, tips: list[EntryHash], level: str
) -> list[EntryHash]:
    """The tips and all entries before them that were not yet held at that level."""
    if not tips:
        return []
    found = hub.entries_not_held(db, ws.device, level)
    above = set(journal.lacking(db, ws.device, tips)) if found else set()
    return [name for name in found if name not in above]
