"""Move a draft to a newer version of its pack. A draft never moves by itself."""

from __future__ import annotations

from acts.errors import DeedRefused
from domain.changes import Changes
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.pack.move import PackMove, pack_move
from domain.pack.versions import version_key
from domain.words import mark
from storage import drafts, packs
from storage.drafts import Draft
from storage.workstation import Workstation
from system.database import transaction


def newer_version(ws: Workstation, draft: Draft) -> Checklist | None:
    """The newest version of the draft's pack, if it is newer than the draft's own, or that one was
    withdrawn; None for an amendment, which keeps the pack of its record.
    """
    if draft.amends is not None:
        return None
    ref = next((ref for ref in packs.newest(ws.db) if ref.id == draft.pack.id), None)
    if ref is None or ref.version == draft.pack.version:
        return None
    newer = version_key(ref.version) > version_key(draft.pack.version)
    return ws.checklist(ref) if newer or is_withdrawn(ws, draft) else None


def is_withdrawn(ws: Workstation, draft: Draft) -> bool:
    """Whether headquarters has withdrawn the version of the draft's pack."""
    return packs.is_withdrawn(ws.db, draft.pack)


def planned_move(ws: Workstation, draft: Draft, language: str = "en") -> PackMove | None:
    """What moving the draft would change; None when there is no version to move to."""
    after, before = newer_version(ws, draft), ws.checklist(draft.pack)
    if after is None or before is None:
        return None
    return pack_move(draft.document, before, after, language, ws.now())


def move_draft(ws: Workstation, record: RecordId, version: str) -> Changes:
    """Let the draft go by that version, which must be the one of `newer_version`.

    What was typed stays as it is. Raises `NotFound` without such a draft, `DeedRefused`, or
    `CannotWrite`.
    """
    with transaction(ws.db):
        draft = drafts.draft(ws.db, record)
        after = newer_version(ws, draft)
        if after is None or after.pack.version != version:
            raise DeedRefused(
                mark("the draft cannot move to version {version} of its pack"),
                about=f"{draft.pack.id} {draft.pack.version}",
                hint=mark("Look again which version is the newest."),
                version=version,
            )
        drafts.move(ws.db, record, PackRef(id=after.pack.id, version=version))
    return Changes(subjects=frozenset({str(record)}), drafts=True)
