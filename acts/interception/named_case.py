"""The case that a record file names: by the number or the record id of one of its interceptions."""

from __future__ import annotations

from domain.document import Document
from domain.errors import Malformed
from domain.fault import Fault, FaultKind, Shape
from domain.ids import RecordId
from domain.words import mark
from storage import drafts
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation

CASE_UNKNOWN = FaultKind(
    "case_unknown",
    mark("no interception {number} is at this workstation"),
    mark("Name an interception of the same find by its seizure number or record id."),
    shape=Shape.SENTENCE,
)


def with_case(ws: Workstation, document: Document) -> tuple[Document, list[Fault]]:
    """`document` with the id of the case that its `case` means, and the fault when it means none.

    A record id need not be known here: it may be of another workstation. Raises `SeveralFound`
    when a journal that branched gave the number twice.
    """
    written = document.get("case")
    if written in (None, ""):
        return document, []
    text = str(written).strip()
    try:
        case_id = case_of(ws, _meant(ws, text))
    except NotFound:
        return document, [Fault("case", CASE_UNKNOWN, number=text[:80])]
    return document | {"case": str(case_id)}, []


def case_of(ws: Workstation, record: RecordId) -> RecordId:
    """The case of an interception or a draft; one that is not here counts as the first of its
    case.
    """
    try:
        return records.case_of(ws.db, record)
    except NotFound:
        pass
    if not drafts.is_begun(ws.db, record):
        return record
    try:
        return RecordId.parse(str(drafts.draft(ws.db, record).document.get("case")))
    except Malformed:
        return record


def _meant(ws: Workstation, text: str) -> RecordId:
    try:
        return RecordId.parse(text.lower())
    except Malformed:
        return records.find_number(ws.db, text)
