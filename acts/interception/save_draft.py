"""Keep what was typed, as it was typed; and throw a draft away."""

from __future__ import annotations

from domain.changes import Changes
from domain.document import DocumentPart
from domain.ids import RecordId
from storage import drafts
from storage.workstation import Workstation
from system.database import transaction


def save_draft(ws: Workstation, record: RecordId, document: DocumentPart) -> Changes:
    """Durable when it returns. Raises `NotFound` when there is no such draft, `CannotWrite`."""
    with transaction(ws.db):
        drafts.change(ws.db, record, document, ws.now())
    return Changes(subjects=frozenset({str(record)}), drafts=True)


def discard_draft(ws: Workstation, record: RecordId) -> Changes:
    """The draft is gone; its photos stay in the store until a person clears them."""
    with transaction(ws.db):
        drafts.remove(ws.db, record)
    return Changes(subjects=frozenset({str(record)}), drafts=True)
