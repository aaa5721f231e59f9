"""The keys of operations that are trusted here: confirmed by a person, or given by headquarters."""

from __future__ import annotations

from domain.encoding import from_json, to_json
from domain.given_keys import OPERATION_KEY, read_given_key
from domain.instant import Instant
from domain.pack.signature import OperationKey
from storage import feed_items
from system.database import Connection


def confirm(db: Connection, key: OperationKey, at: Instant, by: str) -> bool:
    """Trust the key from now on; part of the caller's transaction. False when it was trusted."""
    return bool(
        db.execute(
            "INSERT INTO operation_key (operation, public_key, document, confirmed_at,"
            " confirmed_by) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (operation, public_key) DO NOTHING RETURNING 1",
            (key.operation, str(key.key), to_json(key), str(at), by),
        ).fetchall()
    )


def confirmed(db: Connection) -> tuple[OperationKey, ...]:
    """Those that a person confirmed, by operation."""
    rows = db.execute("SELECT document FROM operation_key ORDER BY operation, confirmed_at")
    return tuple(from_json(bytes(document), OperationKey) for (document,) in rows.fetchall())


def given(db: Connection) -> tuple[OperationKey, ...]:
    """Those that headquarters gives: of each operation the last one, unless it was taken back."""
    newest: dict[str, OperationKey | None] = {}
    for item in feed_items.of_kind(db, OPERATION_KEY):
        if item.name not in newest:
            newest[item.name] = read_given_key(item.name, item.body)
    return tuple(key for key in newest.values() if key is not None)


def trusted(db: Connection) -> tuple[OperationKey, ...]:
    """All of them."""
    return (*given(db), *confirmed(db))
