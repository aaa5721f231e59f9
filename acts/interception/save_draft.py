"""Save a draft as it was typed, discard a draft, and put it back."""

from __future__ import annotations

from domain.changes import Changes
from domain.document import DocumentPart
from domain.ids import RecordId
from storage import drafts
from storage.drafts import Draft
from storage.workstation import Workstation
from system.database import transaction


def save_draft(ws: Workstation, record: RecordId, document: DocumentPart) -> Changes:
    """Save the document of the draft durably.

    Raises `NotFound` when there is no such draft, `CannotWrite`.
    """
    with transaction(ws.db):
        drafts.change(ws.db, record, document, ws.now())
    return Changes(subjects=frozenset({str(record)}), drafts=True)


def restore_draft(ws: Workstation, draft: Draft) -> Changes:
    """Put back a draft that was discarded, as it was."""
    with transaction(ws.db):
        drafts.put(ws.db, draft)
    return Changes(subjects=frozenset({str(draft.record)}), drafts=True)


def discard_draft(ws: Workstation, record: RecordId) -> Changes:
    """Delete the draft; its photos stay in the store until a person removes them."""
    with transaction(ws.db):
        drafts.remove(ws.db, record)
    return Changes(subjects=frozenset({str(record)}), drafts=True)
