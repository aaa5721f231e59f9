"""Does every deed: one transaction signs, appends and projects its entry; then it is read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from acts.errors import InputRefused
from acts.session import Session
from acts.station.forked import refuse_forked
from domain.badge import NEVER_A_NAME, NO_BADGE, is_badge
from domain.changes import Changes
from domain.encoding import to_json
from domain.entry import SIZE_LIMIT, Entry, sign
from domain.errors import EntryRefused
from domain.ids import RecordId
from domain.instant import ClockState, Instant
from domain.interception.nominal import commit, split
from domain.interception.record import Interception, PackRef
from domain.kinds import Body, EntryKind, InterceptionFinalised
from domain.words import mark
from storage import journal, nominal
from storage.forks import note_branches_once
from storage.nominal import NominalPart
from storage.projections.project import project
from storage.workstation import Workstation
from system.database import Connection, transaction
from system.errors import Damaged


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the workstation's clock, and whether that clock could be trusted then."""

    at: Instant
    clock: ClockState


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry before it is numbered and signed; made in the transaction that appends it.

    `judged` is the moment of the deed, when the deed itself needed to know it.
    """

    kind: EntryKind
    subject: str
    body: Body
    nominal: NominalPart | None = None
    number: str = ""
    judged: Moment | None = None


def perform(
    ws: Workstation,
    session: Session,
    prepare: Callable[[Connection], EntryDraft],
    *,
    also: Callable[[Connection], None] | None = None,
    while_forked: bool = False,
) -> Changes:
    """Append the entry from `prepare` and do `also`, in one durable transaction.

    After the commit the entry is read back, and its hash and signature are checked. Raises
    `CannotWrite` or `Damaged`, `InputRefused` when the content is too large for an entry, or the
    session's badge is not a badge number, and `ForkUndecided` unless `while_forked`.
    """
    if not is_badge(session.badge):
        raise InputRefused(NO_BADGE, about=mark("officer"), hint=NEVER_A_NAME)
    db = ws.db
    with transaction(db):
        note_branches_once(db, ws.device)
        if not while_forked:
            refuse_forked(ws)
        draft = prepare(db)
        entry = _signed(ws, session.badge, draft)
        journal.append(db, entry)
        if draft.nominal is not None:
            nominal.put(db, entry.hash, draft.nominal)
        if also is not None:
            also(db)
        project(db, entry, ws.checklist)
    _confirm(ws, entry)
    return Changes(
        subjects=frozenset({draft.subject}), entries=(entry.hash,), hub=True, number=draft.number
    )


def _signed(ws: Workstation, actor: str, draft: EntryDraft) -> Entry:
    now = draft.judged or moment(ws)
    try:
        return sign(
            ws.signing_key(),
            device=ws.device,
            after=journal.head(ws.db),
            at=now.at,
            clock=now.clock,
            actor=actor,
            kind=draft.kind,
            subject=draft.subject,
            body=draft.body,
        )
    except EntryRefused as error:
        raise InputRefused(
            mark("the text is too long for one record (more than {limit} MB)"),
            about=draft.number or draft.subject,
            hint=mark("Shorten texts, or split the goods over several records."),
            limit=SIZE_LIMIT >> 20,
        ) from error


def moment(ws: Workstation) -> Moment:
    """The present time, and what is thought of the clock."""
    now = ws.now()
    return Moment(now, ws.clock(now).state)


def revision_of(
    ws: Workstation,
    interception: Interception,
    body: Callable[[Interception], InterceptionFinalised],
) -> tuple[InterceptionFinalised, NominalPart | None]:
    """The body of a revision and its nominal part, split by the pack's privacy rule."""
    checklist = ws.checklist(PackRef(id=interception.pack.id, version=interception.pack.version))
    if checklist is None:
        shared, names = split(interception)
    else:
        pack = checklist.pack
        shared, names = split(interception, pack.freed, checklist.added, pack.kept)
    if not names:
        return body(shared), None
    salt, part = ws.random(32), to_json(names)
    committed = msgspec.structs.replace(body(shared), nominal=commit(salt, part))
    return committed, (salt, part)


def _confirm(ws: Workstation, entry: Entry) -> None:
    journal.read_back(ws.db, entry)
    if not ws.signed(entry):
        raise Damaged(
            mark("the entry read back does not carry our signature"), about=entry.hash.short
        )


def new_record_id(ws: Workstation) -> RecordId:
    """An id for a new interception."""
    return RecordId.make(ws.now(), ws.random(10))
