"""Store what the hub signed for by name: of a workstation that this folder was before, and of
branches whose end at the hub is not here.
"""

from __future__ import annotations

from domain.changes import Changes
from domain.statement import Acknowledgement, Level, Tip
from storage import hub_entries, hub_memory, journal
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import transaction


def acknowledge_earlier(ws: Workstation, statement: Acknowledgement) -> Changes:
    """Entries of the earlier workstation that the hub signed for no longer wait.

    `statement` is about the earlier workstation, or answers a batch with entries of it, or is an
    answer by hand, which names the branch ends that came in bundles, own ones too.

    A statement of another epoch than the last one about the present workstation changes nothing.
    """
    db, now = ws.db, ws.now()
    with transaction(db):
        if hub_memory.remembered(db, HubFact.EPOCH) != statement.epoch.encode():
            return Changes()
        # the hub holds no entry without those before it
        known = [Tip(name, 0, Level.RECEIVED) for name in statement.brought]
        if statement.device != ws.device:
            known += statement.tips
        here = [tip for tip in known if journal.holds(db, tip.hash)]
        _note_own_ends(ws, here)
        hub_entries.hold_below(db, here, epoch=statement.epoch, at=now)
        for refusal in statement.refused:
            hub_memory.refuse(db, refusal, now)
    return Changes(hub=True)


def _note_own_ends(ws: Workstation, tips: list[Tip]) -> None:
    """A branch end takes the place of those noted before it: the hub signed for it last."""
    noted = set(hub_memory.noted_tips(ws.db) or ())
    heads = {tip.hash: journal.entry(ws.db, tip.hash).head for tip in tips}
    own = [name for name, head in heads.items() if head.device == ws.device]
    # Lowest number first: the answer may name an entry of the same branch as well.
    for name in sorted(own, key=lambda name: heads[name].seq):
        newer, held = hub_entries.down_to_held(ws.db, name, Level.RECEIVED)
        if newer:
            noted = noted - {held, *newer} | {name}
    hub_memory.note_tips(ws.db, noted)
