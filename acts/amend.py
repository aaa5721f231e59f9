"""Amend a final interception: a new revision supersedes the old one; both stay."""

from __future__ import annotations

from acts.deed import Said, perform, revision_of
from acts.errors import NoChecklist
from acts.finalise import checklist_of, settled
from domain.changes import Changes
from domain.encoding import to_plain
from domain.errors import DeedRefused
from domain.fold import Case, Status
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.kinds import InterceptionFinalised
from domain.words import mark
from storage import drafts
from storage.database import Connection, transaction
from storage.drafts import Draft
from storage.projections import records
from storage.workstation import Workstation


def begin_amendment(ws: Workstation, record: RecordId) -> Changes:
    """A draft that holds the revision in force, to be changed and then signed with `amend`.

    Raises `NotFound`, or `DeedRefused` when the interception was cancelled.
    """
    case = records.case(ws.db, record)
    _refuse_cancelled(case)
    what = records.complete(ws.db, record)
    if ws.checklist(what.pack) is None:
        raise NoChecklist(
            mark("the pack of this interception is not at this workstation"),
            about=f"{what.pack.id} {what.pack.version}",
        )
    now = ws.now()
    draft = Draft(
        record=record,
        document=to_plain(what),
        pack=PackRef(id=what.pack.id, version=what.pack.version),
        amends=case.current.entry,
        begun_at=now,
        saved_at=now,
    )
    with transaction(ws.db):
        drafts.put(ws.db, draft)
    return Changes(subjects=frozenset({str(record)}), drafts=True)


def amend(
    ws: Workstation, record: RecordId, officer: str, reason: str, comment: str = ""
) -> Changes:
    """Sign the amended draft as the next revision. `reason` is a code of `amend_reasons`.

    Raises `RecordRefused` with all faults, `DeedRefused` when another revision came meanwhile.
    """
    draft = drafts.draft(ws.db, record)
    if not reason:
        raise DeedRefused(
            mark("an amendment needs its reason"), hint=mark("Say why the record changes.")
        )
    what = settled(ws, draft, checklist_of(ws, draft))

    def prepare(db: Connection) -> Said:
        case = records.case(db, record)
        _refuse_cancelled(case)
        if draft.amends != case.current.entry:
            raise DeedRefused(
                mark("another revision was signed meanwhile"),
                about=case.number,
                hint=mark("Begin the amendment again from that revision."),
            )
        body, nominal = revision_of(
            ws,
            what,
            lambda shared: InterceptionFinalised(
                record=record,
                number=case.number,
                revision=case.current.body.revision + 1,
                supersedes=case.current.entry,
                reason=reason,
                comment=comment,
                shared=shared,
            ),
        )
        return Said("interception.amended", str(record), body, nominal, case.number)

    return perform(ws, officer, prepare, also=lambda db: drafts.remove(db, record))


def _refuse_cancelled(case: Case) -> None:
    if case.status is Status.CANCELLED:
        raise DeedRefused(mark("the interception was cancelled"), about=case.number)
