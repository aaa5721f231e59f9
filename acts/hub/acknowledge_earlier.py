"""Store what the hub signed for of a workstation that this folder was before."""

from __future__ import annotations

from domain.changes import Changes
from domain.statement import Acknowledgement, Level
from storage import hub_entries, hub_memory, journal
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import transaction


def acknowledge_earlier(ws: Workstation, statement: Acknowledgement) -> Changes:
    """Entries of the earlier workstation that the hub signed for no longer wait.

    `statement` is about the earlier workstation, or answers a batch with entries of it.

    A statement of another epoch than the last one about the present workstation changes nothing.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        if hub_memory.remembered(db, HubFact.EPOCH) != statement.epoch.encode():
            return Changes()
        if statement.device != ws.device:
            known = [tip for tip in statement.tips if journal.holds(db, tip.hash)]
            hub_entries.hold_below(db, known, epoch=statement.epoch, at=now)
        brought = [name for name in statement.brought if journal.holds(db, name)]
        hub_memory.hold(db, brought, level=Level.RECEIVED, epoch=statement.epoch, at=now)
        for refusal in statement.refused:
            hub_memory.refuse(db, refusal, now)
    return Changes(hub=True)
