"""The keys of operations that headquarters gives to its workstations; they go out by the feed."""

from __future__ import annotations

import hashlib

from domain.given_keys import OPERATION_KEY, read_given_key, write_given_key
from domain.instant import Instant
from domain.pack.signature import OperationKey
from domain.words import mark
from hub.errors import PublishingRefused
from hub.hub import Registry
from hub.store.sql import feed
from system.database import Connection


def give_key(hub: Registry, key: OperationKey) -> bool:
    """Let all workstations trust this key of an operation; False when it is given already."""
    with hub.database.writing(("feed",)) as rows:
        if key in given_keys(rows):
            return False
        _publish(hub, rows, key.operation, key)
    return True


def take_back_key(hub: Registry, operation: str) -> OperationKey:
    """Let no workstation trust the operation's key any more because of this hub; returns the key.

    What was adopted stays. Raises `PublishingRefused` when none is given.
    """
    with hub.database.writing(("feed",)) as rows:
        given = {key.operation: key for key in given_keys(rows)}
        if operation not in given:
            raise PublishingRefused(
                mark("this hub gives no key of this operation"),
                about=operation[:80],
                hint=mark("`main.py hub pack list` shows the keys that it gives."),
            )
        _publish(hub, rows, operation, None)
    return given[operation]


def given_keys(rows: Connection) -> tuple[OperationKey, ...]:
    """The keys that count now, one for each operation, by the name of the operation."""
    newest: dict[str, OperationKey | None] = {}
    for row in feed.of_kind(rows, OPERATION_KEY):
        newest.setdefault(row.name, read_given_key(row.name, row.body))
    return tuple(key for _, key in sorted(newest.items()) if key is not None)


def _publish(hub: Registry, rows: Connection, operation: str, key: OperationKey | None) -> None:
    body = write_given_key(key)
    # a later item has a later time, also after the hub's clock was set back
    at = Instant(max(hub.now().millis, feed.newest(rows, OPERATION_KEY) + 1))
    feed.add(
        rows,
        kind=OPERATION_KEY,
        name=operation,
        version=str(at),
        sha256=hashlib.sha256(body).digest(),
        at=at.millis,
        body=body,
    )
