"""Verifies entries, each with the key that is valid for it: a workstation may change its key."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from domain.entry import Entry
from domain.ids import NOTHING_BEFORE, DeviceId, EntryHash
from domain.key_change import changes_key, key_after
from domain.signing import VerifyKey
from domain.statement import RefusalCode
from hub.store.sql import devices, entries, keys
from system.database import Connection


class VerifiedEntry(msgspec.Struct, frozen=True):
    """An entry with a right signature; `signer` is None for its workstation's first key."""

    entry: Entry
    signer: VerifyKey | None = None


class Verified(msgspec.Struct):
    """What became of the entries of a batch, before anything is stored."""

    good: list[VerifiedEntry] = []
    refused: list[tuple[EntryHash, RefusalCode]] = []
    unknown: list[EntryHash] = []
    """They follow entries that are not here, and no known key signed them: nothing can be said."""


def verify(rows: Connection, found: Iterable[Entry]) -> Verified:
    """Verify the entries, parents before children, each with the key that is valid for it."""
    result = Verified()
    chains = _Chains(rows)
    # sorted by number, because a parent has a smaller number than its children
    for entry in sorted(found, key=lambda e: e.head.seq):
        outcome = chains.judge(entry)
        if isinstance(outcome, VerifiedEntry):
            result.good.append(outcome)
        elif outcome is None:
            result.unknown.append(entry.hash)
        else:
            result.refused.append((entry.hash, outcome))
    return result


def keys_of(rows: Connection, device: DeviceId) -> tuple[VerifyKey, ...]:
    """All keys with which the workstation signs or signed, the first one first; () without any."""
    known = devices.device(rows, device)
    if known is None or known.key is None:
        return ()
    return (known.key, *(key for key, _ in keys.changed(rows, device)))


def present_keys(rows: Connection, device: DeviceId) -> tuple[VerifyKey, ...]:
    """The keys that sign what follows the ends of the workstation's branches."""
    known = devices.device(rows, device)
    if known is None or known.key is None:
        return ()
    tips = entries.tip_hashes(rows, device)
    found = [_follows(keys.parent(rows, tip), known.key) for tip in tips] or [known.key]
    return tuple(dict.fromkeys(key for key in found if key is not None))


class _Chains:
    """The keys along the chains of a batch and of what is stored."""

    def __init__(self, rows: Connection) -> None:
        self._rows = rows
        self._keys: dict[DeviceId, tuple[VerifyKey, ...]] = {}
        self._after: dict[EntryHash, VerifyKey] = {}
        """The key that signs what follows each good entry of the batch."""

    def judge(self, entry: Entry) -> VerifiedEntry | RefusalCode | None:
        """The entry with its key, the reason to refuse it, or None when nothing can be said."""
        known = self._known(entry.head.device)
        if not known:
            return RefusalCode.NOT_ENROLLED
        key = self._valid_for(entry, known[0])
        if key is None:
            key = next((each for each in known if entry.signed_by(each)), None)
            if key is None:
                return None
        elif not entry.signed_by(key):
            return RefusalCode.WRONG_SIGNATURE
        after = key_after(entry, key)
        if after is None:
            return RefusalCode.WRONG_SIGNATURE  # the new key did not agree
        self._after[entry.hash] = after
        signer = None if key == known[0] else key
        return VerifiedEntry(entry, signer)

    def _valid_for(self, entry: Entry, first: VerifyKey) -> VerifyKey | None:
        """The key that must have signed the entry; None when the entry before it is not here."""
        if entry.head.prev == NOTHING_BEFORE:
            return first
        if entry.head.prev in self._after:
            return self._after[entry.head.prev]
        stored = keys.parent(self._rows, entry.head.prev)
        if stored is not None and stored.device != entry.head.device:
            return first  # it is refused for its parent
        return _follows(stored, first)

    def _known(self, device: DeviceId) -> tuple[VerifyKey, ...]:
        if device not in self._keys:
            self._keys[device] = keys_of(self._rows, device)
        return self._keys[device]


def _follows(stored: keys.StoredParent | None, first: VerifyKey) -> VerifyKey | None:
    if stored is None:
        return None
    signer = stored.signer or first
    return key_after(stored.change, signer) if stored.change is not None else signer


def note_change(rows: Connection, verified: VerifiedEntry) -> None:
    """Store the key to which a newly stored entry changes; other entries change nothing."""
    if not changes_key(verified.entry):
        return
    known = devices.device(rows, verified.entry.head.device)
    signer = verified.signer or (known.key if known else None)
    key = key_after(verified.entry, signer) if signer else None
    if key is not None:
        keys.add(rows, verified.entry, key)
