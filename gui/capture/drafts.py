"""The list of unfinished drafts on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from domain.document import parts_at, text_at
from domain.fields import IDENTIFIERS
from domain.ids import RecordId
from domain.instant import Instant
from domain.pack.model import Labels
from storage import drafts
from storage.drafts import Draft
from storage.workstation import Workstation


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in one line: its content, how many photos, when it was saved."""

    record: RecordId
    item: str
    """The first identifier of the consignment that has a value; else empty."""
    goods: Labels
    photos: int
    saved_at: Instant


def draft_line(draft: Draft, ws: Workstation) -> DraftLine:
    """The line for `draft`."""
    document = draft.document
    found = (text_at(document, field.path) for field in IDENTIFIERS)
    checklist = ws.checklist(draft.pack)
    category = checklist.category(text_at(document, "goods.0.category")) if checklist else None
    return DraftLine(
        record=draft.record,
        item=next((text for text in found if text), ""),
        goods=category.label if category else {},
        photos=len(parts_at(document, "photos")),
        saved_at=draft.saved_at,
    )


def read_drafts(ws: Workstation) -> tuple[DraftLine, ...]:
    """All drafts; the draft that was saved last is first."""
    return tuple(draft_line(draft, ws) for draft in drafts.drafts(ws.db))
