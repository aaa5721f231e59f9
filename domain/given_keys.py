"""The keys of operations that headquarters gives to its workstations, as values of the feed.

Of all items for an operation the one with the latest time counts. docs/protocol.md has the form.
"""

from __future__ import annotations

import msgspec

from domain.encoding import from_json, to_json
from domain.pack.signature import OperationKey

OPERATION_KEY = "operation_key"
"""The kind of item of the feed that gives one; its name is that of the operation."""


class GivenKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="v", tag=1):
    """The value of an item of the feed."""

    key: OperationKey | None = None
    """None: headquarters takes back the key that it gave."""


def write_given_key(key: OperationKey | None) -> bytes:
    """The bytes of an item's value."""
    return to_json(GivenKey(key=key))


def read_given_key(operation: str, body: bytes | None) -> OperationKey | None:
    """The key that an item gives for an operation; None when it takes it back or is no key."""
    try:
        key = from_json(body or b"", GivenKey).key
    except msgspec.DecodeError:
        return None
    return key if key is not None and key.operation == operation else None
