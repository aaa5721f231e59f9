"""Cancel an interception that was made by mistake; it stays, marked as cancelled."""

from __future__ import annotations

from acts.deed import Said, perform
from acts.errors import DeedRefused, InputRefused
from acts.interception.said import said
from acts.session import Session
from domain.changes import Changes
from domain.fold import Status
from domain.ids import RecordId
from domain.kinds import InterceptionCancelled
from domain.words import mark
from storage.projections import records
from storage.workstation import Workstation
from system.database import Connection


def cancel(ws: Workstation, record: RecordId, session: Session, reason: str) -> Changes:
    """Nothing is deleted. Raises `NotFound`, `InputRefused` without a reason, or
    `DeedRefused` a second time.
    """
    reason = said(reason, mark("the reason"))
    if not reason:
        raise InputRefused(mark("a cancellation needs its reason"))

    def prepare(db: Connection) -> Said:
        case = records.case(db, record)
        if case.status is Status.CANCELLED:
            raise DeedRefused(mark("the interception was cancelled already"), about=case.number)
        body = InterceptionCancelled(record=record, entry=case.current.entry, reason=reason)
        return Said("interception.cancelled", str(record), body, number=case.number)

    return perform(ws, session, prepare)
