"""An open workstation's folder: the one object through which deeds and screens use it.

HOME/keys.json       the master key's slots
HOME/workstation.db  journal, drafts, packs, projections (SQLCipher)
HOME/photos/         originals, previews and thumbnails, encrypted, written once
HOME/papers/         receipts as they were printed, encrypted, written once
HOME/lock            held while a program works on the folder
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self

from domain.entry import Entry
from domain.ids import DeviceId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.signing import SigningKey, VerifyKey
from domain.words import mark
from storage import clock, migrations, packs
from storage.clock import Opinion
from storage.first_look import DATABASE
from storage.identity import (
    EarlierIdentity,
    Station,
    StationIdentity,
    earlier_identities,
    read_identity,
)
from storage.key_memory import tend
from storage.keys import Keys, Unlock, open_keys
from storage.photos.store import PhotoStore
from storage.projections import project, schema
from storage.vault import Vault
from system.clock import Clock, Steady, Uptime, system_clock, system_uptime
from system.database import Connection
from system.database.errors import errors_as_ours
from system.database.header import database_salt
from system.database.migrate import bring_up_to_date
from system.database.opener import open_encrypted
from system.errors import CannotOpen, CannotWrite
from system.lock import FolderLock
from system.owner import refuse_root
from system.shipped import terms


class Workstation:
    """The open folder. It can be used from any thread: each thread has its own connection."""

    def __init__(
        self,
        home: Path,
        keys: Keys,
        lock: FolderLock,
        clocks: tuple[Clock, Steady],
        random: Callable[[int], bytes],
        *,
        reading: bool = False,
    ) -> None:
        self.home = home
        self._keys = keys
        self._lock = lock
        self._random = random
        self._now, self._uptime = clocks
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._opening = threading.Lock()
        self._closed = False
        self.photos = PhotoStore(home / "photos", keys.files, random)
        self.papers = Vault(home / "papers", keys.files, random, "paper")
        self._checklists: dict[tuple[str, str], Checklist] = {}
        self.read_only = not lock.writable
        """Whether the folder is only read, because the disk is full or read-only."""
        try:
            self._open(reading)
        except BaseException:
            self._drop_connections()
            raise

    def _open(self, reading: bool) -> None:
        """Open the database; with `reading` also when the disk is full or read-only."""
        try:
            self._begin()
        except (CannotWrite, CannotOpen):
            if not reading or self.read_only:
                raise
            self._drop_connections()
            self.read_only = True
            self._begin()
        self.read_identity_again()
        if not schema.is_current(self.db):
            project.rebuild(self.db, self.checklist, lambda _: None)

    def _begin(self) -> None:
        """Open the database; for writing, bring it and the key file up to date."""
        self._keys = replace(self._keys, salt=database_salt(self.db))
        path = self.home / DATABASE
        bring_up_to_date(self.db, path, migrations.PACKAGE, migrations.STEPS)
        if not self.read_only:
            tend(self.db, self.home)

    @property
    def db(self) -> Connection:
        """This thread's own connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self._opening:
                if self._closed:
                    raise CannotOpen(mark("the workstation was closed"), about=str(self.home))
                connection = open_encrypted(
                    self.home / DATABASE,
                    self._keys.database,
                    self._keys.salt,
                    read_only=self.read_only,
                )
                self._connections.append(connection)
            self._local.connection = connection
        return connection

    def now(self) -> Instant:
        """The time at the workstation."""
        return self._now()

    def uptime(self) -> Uptime:
        """How long the computer has been running."""
        return self._uptime()

    def clock(self, at: Instant | None = None) -> Opinion:
        """Whether the workstation's time can be trusted; `at` is the time when it was just read."""
        return clock.judge(self.db, self._now() if at is None else at, self._uptime())

    def random(self, count: int) -> bytes:
        """`count` random bytes."""
        return self._random(count)

    def identity(self) -> StationIdentity:
        """The workstation's id, station and signing key."""
        return self._identity

    def read_identity_again(self) -> None:
        """Take the stored identity, after a deed changed it."""
        self._identity = read_identity(self.db)
        self._earlier = earlier_identities(self.db)
        # made once: the checks ask for them with every entry
        self._own_keys = {self._identity.device: (self.verify_key(),)}
        for one in self._earlier:
            before = self._own_keys.get(one.device, ())
            self._own_keys[one.device] = (*before, one.public_key)
        self.device: DeviceId = self._identity.device
        self.station: Station = self._identity.station

    def signing_key(self) -> SigningKey:
        """The key that signs entries and seals."""
        return self._identity.signing_key

    def verify_key(self) -> VerifyKey:
        """The public half of the signing key."""
        return self._identity.signing_key.verify_key

    def keys_of(self, device: DeviceId) -> tuple[VerifyKey, ...]:
        """The public keys with which this folder signs or signed as `device`; () for another
        workstation.
        """
        return self._own_keys.get(device, ())

    def all_keys(self) -> tuple[VerifyKey, ...]:
        """The public keys of the workstations that this folder is and was."""
        return tuple(key for keys in self._own_keys.values() for key in keys)

    def signed(self, entry: Entry) -> bool:
        """Whether this folder signed the entry, now or as an earlier workstation."""
        return any(entry.signed_by(key) for key in self.keys_of(entry.head.device))

    def earlier(self) -> tuple[EarlierIdentity, ...]:
        """The other workstations that this folder was before, oldest first."""
        others = (one for one in self._earlier if one.device != self.device)
        return tuple({one.device: one for one in others}.values())

    def former_keys(self) -> tuple[EarlierIdentity, ...]:
        """All public keys with which this folder signed before, each as whom, oldest first."""
        return self._earlier

    def checklists(self) -> tuple[Checklist, ...]:
        """The newest version of each adopted pack."""
        found = (self.checklist(ref) for ref in packs.newest(self.db))
        return tuple(item for item in found if item is not None)

    def checklist(self, ref: PackRef) -> Checklist | None:
        """The checklist that `ref` names, in any version ever adopted here."""
        key = (ref.id, ref.version)
        if key not in self._checklists:
            found = packs.checklist(self.db, ref, terms())
            if found is None:
                return None
            self._checklists[key] = found
        return self._checklists[key]

    def forget_checklist(self, ref: PackRef) -> None:
        """Read that pack again when it is asked for next: it was adopted once more."""
        self._checklists.pop((ref.id, ref.version), None)

    def close(self) -> None:
        """Close the connections and release the lock; no thread may use the folder any more."""
        with self._opening:
            self._closed = True
            self._drop_connections()
        self._lock.release()

    def _drop_connections(self) -> None:
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workstation(
    home: Path,
    unlock: Unlock,
    *,
    now: Clock = system_clock,
    uptime: Steady = system_uptime,
    random: Callable[[int], bytes] = os.urandom,
    reading: bool = False,
) -> Workstation:
    """The workstation in the folder `home`.

    With `reading`, the folder also opens on a full or read-only disk; nothing is written then.
    Raises `CannotOpen` when there is none or the key does not open it, `Damaged` when one of the
    first pages is damaged, `AlreadyOpen` when another program works on it, `NotYours` when root
    would work on another account's folder. No new files are made.
    """
    refuse_root(home)
    keys = open_keys(home, unlock)
    lock = FolderLock(home, reading=reading)
    try:
        with errors_as_ours(home):
            return Workstation(home, keys, lock, (now, uptime), random, reading=reading)
    except BaseException:
        lock.release()
        raise
