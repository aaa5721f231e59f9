"""Begin another interception of the same find: one parcel, two kinds of goods, two checklists."""

from __future__ import annotations

from dataclasses import dataclass

from acts.interception.begin_draft import begin_draft
from acts.interception.named_case import case_of
from acts.session import Session
from domain.document import Document
from domain.encoding import to_plain
from domain.ids import RecordId
from domain.pack.carry import of_the_find
from domain.pack.checklist import Checklist
from domain.remark import Remark
from storage import cases, drafts
from storage.workstation import Workstation


@dataclass(frozen=True, slots=True)
class BegunOfFind:
    """The new draft, and what the first record had that its checklist does not have."""

    record: RecordId
    left_out: tuple[Remark, ...]


def begin_of_find(
    ws: Workstation,
    record: RecordId,
    checklist: Checklist,
    session: Session,
    language: str = "en",
) -> BegunOfFind:
    """A draft for `checklist` with who, when, where, detection, consignment, conveyance, route and
    persons of `record`, a draft or an interception, in the case of that record.

    Durable when it returns. Raises `NotFound`, `NamesNotHeld` when the persons are not stored here,
    `DeedRefused` for a withdrawn pack, `CannotWrite`.
    """
    document, before = _source(ws, record)
    taken, left_out = of_the_find(document, before, checklist, language)
    taken["case"] = str(case_of(ws, record))
    return BegunOfFind(begin_draft(ws, checklist, session, like=taken), left_out)


def _source(ws: Workstation, record: RecordId) -> tuple[Document, Checklist | None]:
    if drafts.is_begun(ws.db, record):
        draft = drafts.draft(ws.db, record)
        return draft.document, ws.checklist(draft.pack)
    interception = cases.complete(ws.db, record)
    return to_plain(interception), ws.checklist(interception.pack)
