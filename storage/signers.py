"""Verifies entries of this folder, each with the key that is valid for it: the key may change."""

from __future__ import annotations

from collections.abc import Callable

from domain.encoding import from_json
from domain.entry import Entry
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.key_change import key_after
from domain.kinds import EntryKind, KeyChanged, StationOpened
from domain.signing import VerifyKey
from storage import journal
from system.database import Connection

KeysOf = Callable[[DeviceId], tuple[VerifyKey, ...]]
"""The keys with which this folder signs or signed as a device; () for another workstation."""


class Signers:
    """Follows the keys along the branches; entries are passed in, parents before children."""

    def __init__(self, keys_of: KeysOf, db: Connection | None = None) -> None:
        """With `db` also entries are verified that follow those of its journal."""
        self._keys_of = keys_of
        self._db = db
        self._after: dict[EntryHash, VerifyKey] = {}

    def verify(self, entry: Entry) -> VerifyKey | None:
        """The key that signs what follows `entry`; None when the valid key did not sign it, or when
        it changes the key without the proof of the new one.
        """
        for key in self._valid_for(entry):
            if entry.signed_by(key):
                after = key_after(entry, key)
                if after is not None:
                    self._after[entry.hash] = after
                return after
        return None

    def _valid_for(self, entry: Entry) -> tuple[VerifyKey, ...]:
        """The valid key; all of the device when the entry before is unknown or cannot be judged."""
        before = entry.head.prev
        if before in self._after:
            return (self._after[before],)
        stored = None
        if before != NOTHING_BEFORE and self._db is not None:
            stored = key_that_follows(self._db, before)
        return self._keys_of(entry.head.device) if stored is None else (stored,)


def changed_keys(db: Connection, device: DeviceId) -> tuple[VerifyKey, ...]:
    """The keys to which the journal says that `device` changed, also in another copy."""
    found = journal.key_changes(db, device)
    return tuple(from_json(entry.body, KeyChanged).public_key for entry in found)


def key_that_follows(db: Connection, name: EntryHash) -> VerifyKey | None:
    """The key that signs what follows an entry of the journal; None when it is not known."""
    step: EntryHash | None = name
    while step is not None:
        kind = journal.kind_of(db, step)
        if kind == EntryKind.STATION_KEY_CHANGED:
            return from_json(journal.entry(db, step).body, KeyChanged).public_key
        before = journal.parent(db, step)
        if before is None and kind == EntryKind.STATION_OPENED:
            opened = from_json(journal.entry(db, step).body, StationOpened)
            return VerifyKey.parse(opened.public_key)
        step = before
    return None
