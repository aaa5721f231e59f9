"""Which key signs which entry of a chain: the first entry shows the first key, a change names the
next.

An entry of the kind `station.key_changed` is signed by the key before. It names the new public key
and carries the new key's signature over the change, so that both keys agree. All entries that
follow it in its branch are signed by the new key (docs/journal.md).
"""

from __future__ import annotations

from domain.entry import Entry
from domain.ids import DeviceId, EntryHash
from domain.kinds import EntryKind, KeyChanged, read_body
from domain.signing import KEY_CHANGE, SigningKey, VerifyKey


def changed_key(
    new: SigningKey, *, device: DeviceId, prev: EntryHash, present: VerifyKey
) -> KeyChanged:
    """The body of a change from `present` to `new` that follows the entry `prev`."""
    key = new.verify_key
    proof = new.sign(KEY_CHANGE, _agreed(device, prev, present, key))
    return KeyChanged(public_key=key, proof=proof.hex())


def changes_key(entry: Entry) -> bool:
    """Whether the entry is a change of the key, good or not."""
    return entry.head.kind == EntryKind.STATION_KEY_CHANGED


def key_after(entry: Entry, key: VerifyKey) -> VerifyKey | None:
    """The key that signs what follows `entry`, which `key` signed.

    None for a change of the key that cannot be read, or to which the new key did not agree.
    """
    if not changes_key(entry):
        return key
    body = read_body(entry)
    if not isinstance(body, KeyChanged):
        return None
    agreed = _agreed(entry.head.device, entry.head.prev, key, body.public_key)
    try:
        proof = bytes.fromhex(body.proof)
    except ValueError:
        return None
    return body.public_key if body.public_key.verifies(KEY_CHANGE, agreed, proof) else None


def _agreed(device: DeviceId, prev: EntryHash, present: VerifyKey, new: VerifyKey) -> bytes:
    return f"{device}\n{prev}\n{present}\n{new}".encode()
