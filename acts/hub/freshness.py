"""Whether a statement that the hub signed is its answer of now, and not of a time before.

A nonce alone does not tell: an old copy of the hub's folder that is served again signs fresh
answers. It has an epoch that ended, a clock before its last statement, or fewer entries than it
signed for.
"""

from __future__ import annotations

from acts.errors import OldAnswer
from domain.encoding import from_json, to_json
from domain.instant import Instant
from domain.statement import Acknowledgement, epoch_number
from domain.words import mark
from storage import hub_entries, hub_memory, journal
from storage.hub_memory import HubFact
from system.database import Connection

CORRECTION = 5 * 60_000
"""Milliseconds by which the hub's clock may go back between two answers: it was corrected."""


def refuse_old(
    db: Connection, statement: Acknowledgement, *, overtaken: bool = False, by_hand: bool = False
) -> None:
    """Raise `OldAnswer` when the statement is not the hub's answer to the present request.

    `overtaken`: another answer came first that was asked for later; this one may then lack entries
    that the other names. `by_hand`: it travelled on a stick, and its time was judged before.
    """
    _refuse_epoch(db, statement.epoch)
    if not by_hand:
        _refuse_time(db, statement)
    forgot = not overtaken and statement.setbacks < last_order(db, statement)[0]
    lacks = not overtaken and _same_epoch(db, statement) and _lacks_some(db, statement)
    if forgot or lacks:
        raise OldAnswer(
            mark("the hub no longer knows what it signed: an old copy of its folder was put back")
            if forgot
            else mark(
                "the hub no longer holds entries that it signed for: an old copy of its folder was"
                " put back"
            ),
            about=statement.epoch,
            hint=mark(
                "Nothing was changed, and everything is kept here. Headquarters lets the hub begin"
                " a new epoch (`main.py hub check --new-epoch`); then all is sent again."
            ),
        )


def note_answer(db: Connection, statement: Acknowledgement) -> None:
    """Store what tells later old answers; part of the caller's transaction."""
    setbacks, at = max(last_order(db, statement), statement.order)
    hub_memory.remember(db, HubFact.EPOCH, statement.epoch.encode())
    hub_memory.remember(db, HubFact.SIGNED_AT, str(at).encode())
    hub_memory.remember(db, HubFact.SETBACKS, str(setbacks).encode())
    if statement.nonce:
        hub_memory.remember(db, HubFact.KNOWS_NONCES, b"1")


def last_order(db: Connection, statement: Acknowledgement) -> tuple[int, int]:
    """The order of the last statement in the epoch of this one; the lowest when there is none."""
    if not _same_epoch(db, statement):
        return 0, 0
    return hub_memory.number(db, HubFact.SETBACKS), hub_memory.number(db, HubFact.SIGNED_AT)


def leave_epoch(db: Connection) -> None:
    """Note that the hub began a new epoch: statements of the present one no longer count."""
    before = hub_memory.remembered(db, HubFact.EPOCH)
    if before:
        hub_memory.remember(db, HubFact.LEFT_EPOCHS, to_json([*_left_epochs(db), before.decode()]))
    hub_memory.unremember(db, HubFact.SIGNED_AT, HubFact.SETBACKS, HubFact.LOSSES)


def _refuse_epoch(db: Connection, epoch: str) -> None:
    present = (hub_memory.remembered(db, HubFact.EPOCH) or b"").decode()
    if epoch not in _left_epochs(db) and epoch_number(epoch) >= epoch_number(present):
        return
    raise OldAnswer(
        mark("this hub was replaced by a newer one and still answers"),
        about=epoch,
        hint=mark("Nothing was changed. Tell headquarters that the old hub is running."),
    )


def _refuse_time(db: Connection, statement: Acknowledgement) -> None:
    setbacks, last = last_order(db, statement)
    if not statement.nonce:
        if hub_memory.remembered(db, HubFact.KNOWS_NONCES) or statement.order < (setbacks, last):
            raise OldAnswer(
                mark("an old answer of the hub was sent again"),
                about=str(statement.at),
                hint=mark(
                    "Nothing was changed. A proxy may be in the way; if the hub itself was set"
                    " back, enrol anew."
                ),
            )
    elif statement.setbacks == setbacks and statement.at.millis < last - CORRECTION:
        raise OldAnswer(
            mark("the hub's clock says {now}, and said {last} before"),
            hint=mark("Nothing was changed. Tell headquarters that the hub's clock was set back."),
            now=Instant(statement.at.millis),
            last=Instant(last),
        )


def _lacks_some(db: Connection, statement: Acknowledgement) -> bool:
    """Whether the hub no longer holds a branch end that it signed for last.

    In one epoch a hub never loses an entry. Where it names entries that are not here, those may
    continue the branch ends, and nothing is known before they are fetched.
    """
    tips = [tip.hash for tip in statement.tips]
    if not all(journal.holds(db, tip) for tip in tips):
        return False
    return hub_entries.lacks_some(db, tips)


def _same_epoch(db: Connection, statement: Acknowledgement) -> bool:
    return hub_memory.remembered(db, HubFact.EPOCH) == statement.epoch.encode()


def _left_epochs(db: Connection) -> list[str]:
    return from_json(hub_memory.remembered(db, HubFact.LEFT_EPOCHS) or b"[]", list[str])
