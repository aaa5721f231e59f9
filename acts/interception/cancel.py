"""Cancel an interception that was made by mistake: it is marked as cancelled and kept."""

from __future__ import annotations

from acts.deed import EntryDraft, perform
from acts.errors import DeedRefused, InputRefused
from acts.interception.comment import read_comment
from acts.session import Session
from acts.station.renew import refuse_earlier
from domain.changes import Changes
from domain.fold import Status
from domain.ids import RecordId
from domain.kinds import EntryKind, InterceptionCancelled
from domain.words import mark
from storage import cases
from storage.workstation import Workstation
from system.database import Connection


def cancel(ws: Workstation, record: RecordId, session: Session, reason: str) -> Changes:
    """Nothing is deleted.

    Raises `NotFound`, `InputRefused` without a reason, or `DeedRefused` a second time.
    """
    reason = read_comment(reason, mark("the reason"))
    if not reason:
        raise InputRefused(mark("a cancellation needs its reason"))

    def prepare(db: Connection) -> EntryDraft:
        case = cases.read(db, record)
        refuse_earlier(ws, case)
        if case.status is Status.CANCELLED:
            raise DeedRefused(mark("the interception was cancelled already"), about=case.number)
        body = InterceptionCancelled(record=record, entry=case.current.entry, reason=reason)
        return EntryDraft(EntryKind.INTERCEPTION_CANCELLED, str(record), body, number=case.number)

    return perform(ws, session, prepare)
