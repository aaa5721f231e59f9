"""Note which bundles are written for the way by hand, so that none is written twice."""

from __future__ import annotations

from collections.abc import Sequence

from storage import exports, hub_memory
from storage.exports import Bundle
from storage.hub_memory import Deliverable, HubFact
from storage.workstation import Workstation
from system.database import transaction


def plan_bundles(ws: Workstation, parts: Sequence[Sequence[Deliverable]]) -> tuple[Bundle, ...]:
    """Note a new export with these parts, and return its bundles."""
    if not parts:
        return ()
    now, nonce = ws.now(), ws.random(16).hex()
    bundles = tuple(
        Bundle(
            id=f"{nonce[:12]}-{number}",
            nonce=nonce,
            part=number,
            parts=len(parts),
            size=None,
            sha256=None,
            written=False,
        )
        for number in range(1, len(parts) + 1)
    )
    with transaction(ws.db):
        for bundle, items in zip(bundles, parts, strict=True):
            exports.plan(ws.db, bundle, items, now)
    return bundles


def note_read_back(ws: Workstation, bundle: Bundle, size: int, sha256: bytes) -> None:
    """The file of the bundle was read back from the stick with this size and SHA-256."""
    with transaction(ws.db):
        exports.note_read_back(ws.db, bundle.id, size, sha256)


def note_written(ws: Workstation, bundle: Bundle) -> None:
    """The bundle is finished: its file has its name, or the hub has everything in it."""
    with transaction(ws.db):
        exports.note_written(ws.db, bundle.id, ws.now())


def leave_out(ws: Workstation, bundle: Bundle, names: Sequence[Deliverable]) -> None:
    """These items cannot be read and are not in the bundle; they wait for another one."""
    with transaction(ws.db):
        for name in names:
            exports.remove_item(ws.db, bundle.id, name)


def drop_bundles(ws: Workstation, bundles: Sequence[Bundle] | None = None) -> None:
    """These bundles, or all, do not count any more: what is in them and waits is written again."""
    with transaction(ws.db):
        if bundles is None:
            exports.drop_all(ws.db)
            hub_memory.unremember(ws.db, HubFact.ASKED_AFTER)
        for bundle in bundles or ():
            exports.drop(ws.db, bundle.id)


def must_ask(ws: Workstation) -> bool:
    """Whether the hub's last answer on a stick was to another copy of this folder, and no bundle
    was written since: the nonce of the next one is the question of this copy.
    """
    others = hub_memory.remembered(ws.db, HubFact.OTHERS_NONCE)
    return others not in (None, hub_memory.remembered(ws.db, HubFact.ASKED_AFTER))


def note_asked(ws: Workstation) -> None:
    """A bundle is on a stick: the hub's answer to it will be for this copy."""
    others = hub_memory.remembered(ws.db, HubFact.OTHERS_NONCE)
    if others is not None:
        with transaction(ws.db):
            hub_memory.remember(ws.db, HubFact.ASKED_AFTER, others)
