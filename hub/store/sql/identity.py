"""The identity of the hub: its id, and the keys of its epochs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from domain.ids import HubId
from domain.signing import SigningKey, VerifyKey
from domain.statement import epoch_number
from domain.words import mark
from hub.errors import CannotServe
from hub.store.port import Database
from sync.wire.acknowledgement import sign_successor
from sync.wire.age import fresh_identity, recipient_of
from sync.wire.envelope import Envelope
from system.database import Connection

Random = Callable[[int], bytes]
MINUTE = 60_000
"""Milliseconds."""
RETIRED = 2
"""In the column `is_copy` of a hub that was restored elsewhere and must not serve again."""


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """The hub's present identity.

    `first_key` is the key that devices of the first epoch received.
    """

    hub: HubId
    epoch: str
    key: SigningKey
    keys: tuple[Envelope, ...]
    """The chain of statements from the first key to the present one."""
    age_identities: tuple[str, ...] = field(repr=False)
    """The secret identities that open bundles, oldest first; they outlive epochs and restores."""

    @property
    def recipient(self) -> str:
        """The age recipient to which workstations encrypt bundles."""
        return recipient_of(self.age_identities[-1])


def recognise(database: Database, now: int, random: Random) -> HubIdentity:
    """The identity in this database; a new one in an empty database.

    A database that is a copy (from a backup) begins a new epoch with a new key, confirmed by the
    key before it: what the old epoch marked as safe is no longer known to be safe. Raises
    `CannotServe` when the hub was retired.
    """
    with database.writing(("hub",)) as rows:
        row = rows.execute("SELECT id, is_copy FROM hub").fetchone()
        if row is None:
            rows.execute(
                'INSERT INTO hub ("only", id) VALUES (1, ?)', (str(HubId.from_random(random(10))),)
            )
            seed = random(32)
            _begin_epoch(rows, 1, _name(1, seed), seed, now=now)
        elif row[1] == RETIRED:
            raise CannotServe(
                mark("this hub was restored elsewhere, and this database is retired"),
                hint=mark(
                    "Name the new database with --database. If this one is to serve again:"
                    " main.py hub check --new-epoch."
                ),
            )
        elif row[1]:
            before = _read(rows)
            seed = random(32)
            name = _name(_next_number(before.epoch, now), seed)
            succession = sign_successor(before.hub, name, SigningKey(seed).verify_key, before.key)
            signed = msgspec.json.encode(succession).decode()
            _begin_epoch(rows, len(before.keys) + 2, name, seed, now=now, succession=signed)
            rows.execute("UPDATE hub SET is_copy = 0")
        if not _age_identities(rows):
            rows.execute(
                "INSERT INTO age_identity (secret, made_at) VALUES (?, ?)", (fresh_identity(), now)
            )
        return _read(rows)


def is_known(rows: Connection) -> bool:
    """Whether the database answers and contains the identity of a hub."""
    return rows.execute("SELECT 1 FROM hub").fetchone() is not None


def former_keys(rows: Connection) -> tuple[VerifyKey, ...]:
    """The public keys of all epochs but the present one, oldest first."""
    found = rows.execute("SELECT seed FROM epoch ORDER BY number").fetchall()
    return tuple(SigningKey(bytes(seed)).verify_key for (seed,) in found[:-1])


def mark_as_copy(database: Database) -> None:
    """Mark the database as a copy, as that of a backup; also one that was retired."""
    with database.writing(("hub",)) as rows:
        rows.execute("UPDATE hub SET is_copy = 1")


def retire(database: Database) -> None:
    """Mark the hub as retired, because it was restored elsewhere: nobody may serve it."""
    with database.writing(("hub",)) as rows:
        rows.execute("UPDATE hub SET is_copy = ?", (RETIRED,))


def _next_number(epoch: str, now: int) -> int:
    """The number of the epoch that follows `epoch` and begins `now`, in milliseconds since 1970.

    It counts the minutes since 1970, so that it is higher than that of any earlier epoch, also of
    one that this database, restored from an older backup, does not know; and it is higher than that
    of `epoch`, which may have begun when the clock was ahead. The first number is 1.
    """
    return max(epoch_number(epoch) + 1, now // MINUTE)


def _name(number: int, seed: bytes) -> str:
    return f"{number}-{SigningKey(seed).verify_key.raw.hex()[:12]}"


def _begin_epoch(
    rows: Connection, number: int, name: str, seed: bytes, *, now: int, succession: str = ""
) -> None:
    rows.execute(
        "INSERT INTO epoch (number, name, seed, begun_at, succession) VALUES (?, ?, ?, ?, ?)",
        (number, name, seed, now, succession),
    )


def _read(rows: Connection) -> HubIdentity:
    hub = rows.execute("SELECT id FROM hub").fetchone()[0]
    epochs = rows.execute("SELECT name, seed, succession FROM epoch ORDER BY number").fetchall()
    keys = tuple(msgspec.json.decode(row[2], type=Envelope) for row in epochs[1:])
    key = SigningKey(bytes(epochs[-1][1]))
    return HubIdentity(HubId(hub), epochs[-1][0], key, keys, _age_identities(rows))


def _age_identities(rows: Connection) -> tuple[str, ...]:
    found = rows.execute("SELECT secret FROM age_identity ORDER BY number").fetchall()
    return tuple(secret for (secret,) in found)
