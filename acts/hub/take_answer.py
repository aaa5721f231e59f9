"""Take an answer of the hub that came by hand: the same statement as over the network.

It may be old: a stick travels for weeks. So it counts only when the hub signed nothing later that
is known here.
"""

from __future__ import annotations

from acts.errors import OldAnswer
from acts.hub.acknowledge import acknowledge
from acts.hub.join_hub import enrolled_hub
from domain.changes import Changes
from domain.statement import Acknowledgement
from domain.words import mark
from storage import exports, hub_memory
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import transaction


def take_answer(ws: Workstation, statement: Acknowledgement) -> Changes:
    """Entries and photos that the hub signed for no longer wait. `statement` is verified.

    Raises `OldAnswer` when the hub has signed a later statement that is known here, or when the
    statement answers a question that this workstation did not put.
    """
    last = int(hub_memory.remembered(ws.db, HubFact.SIGNED_AT) or b"0")
    # also of another epoch: on a stick it may be one before the present, which was never heard here
    if statement.at.millis < last:
        raise OldAnswer(
            mark("the hub has signed a later answer, which is known here already"),
            about=str(statement.at),
            hint=mark("Nothing was changed."),
        )
    if statement.nonce and not exports.is_nonce(ws.db, statement.nonce):
        raise OldAnswer(
            mark("this answer is to a question that this workstation did not put"),
            about=str(enrolled_hub(ws).id),
            hint=mark("Nothing was changed."),
        )
    changes = acknowledge(ws, statement, [photo.hash for photo in statement.photos], by_hand=True)
    with transaction(ws.db):
        for bundle in statement.bundles:
            # what the hub read and does not hold came damaged: it is written again
            if exports.still_waits(ws.db, bundle):
                exports.drop(ws.db, bundle)
    return changes
