"""Send again what the hub refused."""

from __future__ import annotations

from domain.changes import Changes
from storage import hub_memory
from storage.workstation import Workstation
from system.database import transaction


def try_again(ws: Workstation) -> Changes:
    """What the hub refused counts as waiting again, and the next synchronisation sends it."""
    with transaction(ws.db):
        hub_memory.forget_refusals(ws.db)
    return Changes(hub=True)
