"""Approve a revision, or return it with a comment."""

from __future__ import annotations

from acts.deed import EntryDraft, perform
from acts.errors import DeedRefused, InputRefused
from acts.interception.comment import read_comment
from acts.session import Session
from acts.station.renew import refuse_earlier
from domain.changes import Changes
from domain.fold import Status
from domain.ids import RecordId
from domain.kinds import EntryKind, InterceptionReviewed
from domain.words import mark
from storage import cases
from storage.workstation import Workstation
from system.database import Connection


def review(
    ws: Workstation, record: RecordId, session: Session, *, approved: bool, comment: str = ""
) -> Changes:
    """Approve or return the revision in force.

    Raises `NotFound`, `DeedRefused`, or `InputRefused` for a return without a comment.
    """
    comment = read_comment(comment, mark("the comment"))
    if not approved and not comment:
        raise InputRefused(mark("a return needs a comment that says what to put right"))

    def prepare(db: Connection) -> EntryDraft:
        case = cases.read(db, record)
        refuse_earlier(ws, case)
        if case.status is Status.CANCELLED:
            raise DeedRefused(mark("the interception was cancelled"), about=case.number)
        if approved and case.status is Status.APPROVED:
            raise DeedRefused(mark("this revision is approved already"), about=case.number)
        body = InterceptionReviewed(
            record=record, entry=case.current.entry, approved=approved, comment=comment
        )
        return EntryDraft(EntryKind.INTERCEPTION_REVIEWED, str(record), body, number=case.number)

    return perform(ws, session, prepare)
