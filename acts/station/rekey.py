"""Change what opens a workstation: its passphrase, its recovery key, or both."""

from __future__ import annotations

from collections.abc import Callable

from domain.words import mark
from storage.key_file import KeyFile, key_file
from storage.key_memory import change_key_file
from storage.keys import Passphrase, RecoveryKey, Unlock, make_slot, new_recovery_key, open_master
from storage.workstation import Workstation
from system.errors import CannotOpen


def rekey(
    ws: Workstation,
    unlock: Unlock,
    *,
    passphrase: Passphrase | None = None,
    recovery: Callable[[str], None] | None = None,
) -> None:
    """Replace the passphrase by `passphrase`, if one is given.

    With `recovery`, the recovery key is replaced too; `recovery` is called with the new text before
    the old key becomes invalid, so that somebody always knows a valid key. `unlock` opens the
    workstation now. Raises `CannotOpen` when it does not, or for a passphrase that is too short,
    and `CannotWrite`; the keys are unchanged then.
    """
    held = key_file(ws.home)
    master = open_master(ws.home, held, unlock)
    key = new_recovery_key(ws.random) if recovery is not None else None
    new: tuple[Passphrase | RecoveryKey, ...] = tuple(
        way for way in (passphrase, key) if way is not None
    )
    made = tuple(make_slot(way, master, "", ws.random) for way in new)
    kinds = {slot.kind for slot in made}
    kept = tuple(slot for slot in held.slots if slot.kind not in kinds)
    file = KeyFile(held.v, (*made, *kept), held.database_salt)
    for way in new:
        if open_master(ws.home, file, way) != master:
            raise CannotOpen(mark("a new slot does not open; nothing was changed"))
    if recovery is not None and key is not None:
        recovery(key.text)
    change_key_file(ws.db, ws.home, file)
