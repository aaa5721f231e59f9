"""Values that the desk remembers from one interception to the next."""

from __future__ import annotations

from acts.interception.begin_draft import begin_draft
from acts.session import Session
from domain.document import Document, parts_at, text_at, texts_at
from domain.ids import RecordId
from domain.pack.checklist import Checklist
from gui.capture.proposals import carried
from storage.settings import CARRIED, RECENT, write
from storage.workstation import Workstation

LONGEST = 6
"""How many codes of a list are remembered."""
_USED = {
    "detection": "detection.methods",
    "concealment": "detection.concealment",
    "indicators": "detection.indicators",
    "legal_bases": "legal.legal_basis",
    "countries": "route.dispatch_country",
}


def recent(ws: Workstation, list_name: str) -> tuple[str, ...]:
    """The last used codes of a list, newest first."""
    return RECENT.of(list_name).read(ws.db)


def begin(ws: Workstation, checklist: Checklist, session: Session) -> RecordId:
    """A new draft with the values of `carried_over`."""
    like = carried_over(ws, checklist.pack.id, session.badge)
    return begin_draft(ws, checklist, session, like=like)


def carried_over(ws: Workstation, pack_id: str, officer: str) -> Document:
    """The values that the next interception copies from this officer's last one with the same
    pack.
    """
    return CARRIED.of(pack_id, officer).read(ws.db)


def remember(ws: Workstation, document: Document, pack_id: str, officer: str) -> None:
    """Store the values of this interception that the next one may need, in one transaction."""
    changes = [CARRIED.of(pack_id, officer).to(carried(document))]
    lines = parts_at(document, "goods")
    used = {name: texts_at(document, path) for name, path in _USED.items()}
    used["reasons"] = [code for line in lines for code in texts_at(line, "reasons")]
    used["bags"] = [bag for line in lines if (bag := text_at(line, "bag_no"))]
    used["categories"] = [code for line in lines if (code := text_at(line, "category"))]
    for name, codes in used.items():
        newest = dict.fromkeys([*codes, *recent(ws, name)])
        changes.append(RECENT.of(name).to(tuple(newest)[:LONGEST]))
    write(ws.db, changes)
