"""Take an answer of the hub that came by hand: the same statement as over the network.

It may be old: a stick travels for weeks. So it counts only when the hub signed nothing later that
is known here.
"""

from __future__ import annotations

from acts.errors import OldAnswer
from acts.hub.acknowledge import acknowledge
from acts.hub.acknowledge_earlier import acknowledge_earlier
from acts.hub.freshness import last_order
from acts.hub.join_hub import enrolled_hub
from domain.changes import Changes
from domain.statement import Acknowledgement, epoch_number
from domain.words import mark
from storage import exports, hub_memory
from storage.hub_memory import HubFact
from storage.workstation import Workstation
from system.database import transaction


def take_answer(ws: Workstation, statement: Acknowledgement) -> Changes:
    """Entries and photos that the hub signed for no longer wait. `statement` is verified.

    Raises `OldAnswer` when the hub has signed a later statement that is known here, or when the
    statement answers a question that this workstation did not put. After that the next export puts
    one, also when nothing waits: else a copy with nothing to send would never hear what the hub
    has lost.
    """
    if _is_older(ws, statement):
        raise OldAnswer(
            mark("the hub has signed a later answer, which is known here already"),
            about=str(statement.at),
            hint=mark("Nothing was changed."),
        )
    if statement.nonce and not exports.is_nonce(ws.db, statement.nonce):
        with transaction(ws.db):
            hub_memory.remember(ws.db, HubFact.OTHERS_NONCE, statement.nonce.encode())
        raise OldAnswer(
            mark("this answer is to a question that this workstation did not put"),
            about=str(enrolled_hub(ws).id),
            hint=mark("Nothing was changed. Write to a stick again: this workstation then asks."),
        )
    changes = acknowledge(ws, statement, [photo.hash for photo in statement.photos], by_hand=True)
    acknowledge_earlier(ws, statement)
    with transaction(ws.db):
        for bundle in statement.bundles:
            # what the hub read and does not hold came damaged: it is written again
            if exports.still_waits(ws.db, bundle):
                exports.drop(ws.db, bundle)
    return changes


def _is_older(ws: Workstation, statement: Acknowledgement) -> bool:
    present = (hub_memory.remembered(ws.db, HubFact.EPOCH) or b"").decode()
    if statement.epoch == present:
        return statement.order < last_order(ws.db, statement)
    # on a stick it may be of an epoch before the present one that was never heard here
    later = epoch_number(statement.epoch) > epoch_number(present)
    return not later and statement.at.millis < hub_memory.number(ws.db, HubFact.SIGNED_AT)
