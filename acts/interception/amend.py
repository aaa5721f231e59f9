"""Amend a final interception: a new revision replaces the old one; both are kept."""

from __future__ import annotations

from collections.abc import Callable

from acts.deed import EntryDraft, perform, revision_of
from acts.errors import DeedRefused, InputRefused, NoChecklist
from acts.interception.comment import read_comment
from acts.interception.finalise import checklist_of, normalised, unless_begun
from acts.session import Session
from acts.station.renew import refuse_earlier
from domain.changes import Changes
from domain.encoding import to_plain
from domain.fold import Case, Status
from domain.ids import RecordId
from domain.instant import ClockState
from domain.interception.normalise import normalise
from domain.interception.record import PackRef
from domain.kinds import EntryKind, InterceptionFinalised
from domain.pack.checklist import Checklist
from domain.words import mark
from storage import cases, drafts
from storage.drafts import Draft
from storage.workstation import Workstation
from system.database import Connection, transaction


def begin_amendment(ws: Workstation, record: RecordId) -> Changes:
    """A draft with the content of the revision in force, to be changed and signed with `amend`.

    A draft that was begun from that revision before is kept unchanged. Raises `NotFound`, or
    `DeedRefused` when the interception was cancelled.
    """
    with transaction(ws.db):
        case = cases.read(ws.db, record)
        refuse_earlier(ws, case)
        _refuse_cancelled(case)
        if not _is_begun(ws.db, case):
            drafts.put(ws.db, _draft_of(ws, case))
    return Changes(subjects=frozenset({str(record)}), drafts=True)


def is_unchanged(ws: Workstation, draft: Draft) -> bool:
    """Whether the draft amends a revision and still has exactly its content."""
    if draft.amends is None:
        return False
    case = cases.read(ws.db, draft.record)
    what, whole = cases.with_names_if_held(ws.db, case.current.entry, case.current.body)
    return whole and draft.amends == case.current.entry and draft.document == to_plain(what)


def amend(
    ws: Workstation, record: RecordId, session: Session, reason: str, comment: str = ""
) -> Changes:
    """Sign the amended draft as the next revision. `reason` is a code of `amend_reasons`.

    Raises `RecordRefused` with all faults, `InputRefused` when the reason is not on the list or a
    catch-all reason has no comment, `DeedRefused` when nothing is changed, when another revision
    was signed meanwhile, or when the interception was cancelled.
    """
    return _sign(
        ws,
        record,
        session,
        why=(reason, comment),
        find=lambda db: drafts.draft(db, record),
        also=lambda db: drafts.remove(db, record),
    )


def amend_at_once(
    ws: Workstation,
    draft: Draft,
    session: Session,
    reason: str,
    comment: str,
    *,
    also: Callable[[Connection], None],
) -> Changes:
    """The same for a complete amendment without a draft; `also` is done in the same transaction.

    Raises what `amend` raises; `DeedRefused` also when a draft of one exists at the desk.
    """

    find = unless_begun(draft, mark("an amendment of this interception is being written"))
    return _sign(ws, draft.record, session, why=(reason, comment), find=find, also=also)


def _sign(
    ws: Workstation,
    record: RecordId,
    session: Session,
    *,
    why: tuple[str, str],
    find: Callable[[Connection], Draft],
    also: Callable[[Connection], None],
) -> Changes:
    reason, comment = why[0], read_comment(why[1], mark("the comment"))

    def prepare(db: Connection) -> EntryDraft:
        draft = find(db)
        checklist = checklist_of(ws, draft)
        _refuse_without_reason(checklist, reason, comment)
        case = cases.read(db, record)
        refuse_earlier(ws, case)
        # the state of the clock when the interception was first recorded
        first = case.revisions[0].body.shared.occasion.clock_state
        interception = normalised(ws, draft, checklist, first or ClockState.UNKNOWN)
        _refuse_cancelled(case)
        if draft.amends != case.current.entry:
            raise DeedRefused(
                mark("another revision was signed meanwhile"),
                about=case.number,
                hint=mark("Begin the amendment again from that revision."),
            )
        recorded = cases.with_nominal(db, case.current.entry, case.current.body)
        state = recorded.occasion.clock_state or ClockState.UNKNOWN
        if interception == normalise(recorded, checklist, state):
            raise DeedRefused(
                mark("the amendment changes nothing"),
                about=case.number,
                hint=mark("Enter what is different now, or discard it."),
            )
        body, nominal = revision_of(
            ws,
            interception,
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
        return EntryDraft(EntryKind.INTERCEPTION_AMENDED, str(record), body, nominal, case.number)

    return perform(ws, session, prepare, also=also)


def _refuse_without_reason(checklist: Checklist, reason: str, comment: str) -> None:
    if not checklist.has("amend_reasons", reason):
        raise InputRefused(
            mark("an amendment needs its reason"),
            about=reason,
            hint=mark("Say why the record changes: {known}."),
            known=", ".join(choice.code for choice in checklist.choices("amend_reasons")),
        )
    if checklist.is_other("amend_reasons", reason) and not comment:
        raise InputRefused(
            mark("this reason needs a comment"),
            about=reason,
            hint=mark("Say in the comment why the record changes."),
        )


def _is_begun(db: Connection, case: Case) -> bool:
    begun = drafts.is_begun(db, case.record)
    return begun and drafts.draft(db, case.record).amends == case.current.entry


def _draft_of(ws: Workstation, case: Case) -> Draft:
    interception = cases.with_nominal(ws.db, case.current.entry, case.current.body)
    if ws.checklist(interception.pack) is None:
        raise NoChecklist(
            mark("the pack of this interception is not at this workstation"),
            about=f"{interception.pack.id} {interception.pack.version}",
        )
    now = ws.now()
    return Draft(
        record=case.record,
        document=to_plain(interception),
        pack=PackRef(id=interception.pack.id, version=interception.pack.version),
        amends=case.current.entry,
        begun_at=now,
        saved_at=now,
    )


def _refuse_cancelled(case: Case) -> None:
    if case.status is Status.CANCELLED:
        raise DeedRefused(mark("the interception was cancelled"), about=case.number)
