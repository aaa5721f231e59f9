"""Take back own entries that the hub has and this folder lost, after an old backup was restored."""

from __future__ import annotations

from collections.abc import Sequence

from domain.changes import Changes
from domain.entry import Entry
from domain.words import mark
from storage import came_back, journal
from storage.forks import note_branches
from storage.projections.project import outlived, project, refill
from storage.signers import Signers
from storage.workstation import Workstation
from system.database import transaction
from system.errors import Damaged


def take_back(ws: Workstation, entries: Sequence[Entry]) -> Changes:
    """Add the entries, parents before children, to the journal and the projections again.

    When the own chain has no newer entries, it continues from the newest of them that the present
    key may follow; else the chain has branched, and both branches are kept. A journal that lost its
    last entries is repaired in the same way. The entries are marked as come back: their names and
    papers may be missing here.
    Raises `Damaged` for an entry that this device did not sign or whose parent is missing; nothing
    is taken then.
    """
    taken = []
    with transaction(ws.db):
        cut = min(journal.gone(ws.db), len(entries))
        stale = cut > 0 or outlived(ws.db)
        newest = head = journal.head_hash(ws.db)
        signers = Signers(ws.keys_of, ws.db)
        for entry in entries:
            following = signers.verify(entry) if entry.head.device == ws.device else None
            if following is None:
                raise Damaged(
                    mark("the hub sent an entry that is not ours"), about=entry.hash.short
                )
            if journal.take(ws.db, entry):
                taken.append(entry)
                project(ws.db, entry, ws.checklist)
            if entry.head.prev == newest:
                newest = entry.hash
                if following == ws.verify_key():
                    head = newest  # else another copy changed the key, and only that one goes on
        if head is None or not journal.holds(ws.db, head):
            ends = journal.tips(ws.db, ws.device)
            head = ends[0][0] if len(ends) == 1 else head
        if head is not None:
            journal.set_head(ws.db, head)
        came_back.note(ws.db, taken)
        note_branches(ws.db, ws.device)
        if cut and taken:
            journal.count_back(ws.db, min(cut, len(taken)))
        if stale:
            # the lists still contain data of the lost entries
            refill(ws.db, ws.checklist)
    return Changes(
        subjects=frozenset(entry.head.subject for entry in taken),
        entries=tuple(entry.hash for entry in taken),
        hub=True,
    )
