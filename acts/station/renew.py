"""Make this folder another workstation: a new id, key and number, and a new chain in its journal.

The entries of the workstation that it was stay, and are verified with its key. They count as
before: only the workstation that recorded an interception changes it (docs/journal.md).
"""

from __future__ import annotations

from acts.deed import EntryDraft, perform
from acts.errors import DeedRefused, StationRefused
from acts.session import Session
from domain.changes import Changes
from domain.fold import Case
from domain.ids import DeviceId
from domain.kinds import EntryKind, StationOpened
from domain.words import mark
from storage import journal
from storage.forks import note_branches
from storage.identity import (
    Station,
    StationIdentity,
    coming_identity,
    replace_identity,
    write_coming,
)
from storage.key_memory import write_public_key
from storage.workstation import Workstation
from system.database import Connection, transaction


def coming(ws: Workstation, station: Station) -> StationIdentity:
    """The workstation that this folder is about to become at `station`.

    It is stored before the hub is asked: when the answer is lost, the same device asks again with
    the same code. Raises `StationRefused` when the folder is or was this station, whose numbers are
    given.
    """
    used = (ws.station, *(one.station for one in ws.earlier()))
    if _parts(station) in map(_parts, used):
        raise StationRefused(
            mark("this folder has given numbers as {station} already"),
            hint=mark("Ask headquarters for a code with another number."),
            station=" ".join(map(str, _parts(station))),
        )
    held = coming_identity(ws.db)
    if held is not None and held.station == station:
        return held
    made = StationIdentity(DeviceId.from_random(ws.random(10)), station, ws.random(32))
    with transaction(ws.db):
        write_coming(ws.db, made)
    return made


def renew(ws: Workstation, identity: StationIdentity, session: Session) -> Changes:
    """Become the workstation `identity`; its chain begins with `station.opened`.

    Raises `CannotWrite` or `Damaged`; the folder is then what it was.
    """
    station = identity.station
    body = StationOpened(
        public_key=identity.signing_key.verify_key.raw.hex(),
        name=station.name,
        post=station.post,
        station=station.number,
    )

    def prepare(db: Connection) -> EntryDraft:
        replace_identity(db, identity)
        journal.begin_chain(db)
        ws.read_identity_again()
        note_branches(db, identity.device)
        return EntryDraft(EntryKind.STATION_OPENED, str(identity.device), body)

    try:
        changes = perform(ws, session, prepare, while_forked=True)
    except BaseException:
        ws.read_identity_again()
        raise
    write_public_key(ws.home, identity, ws.former_keys())
    return changes


def refuse_earlier(ws: Workstation, case: Case) -> None:
    """Raises `DeedRefused` for an interception that this folder recorded as an earlier workstation.

    What the present one would sign about it would change nothing, here or at the hub.
    """
    if case.device == ws.device:
        return
    raise DeedRefused(
        mark("workstation {device} recorded this interception, and this one is {present}"),
        about=case.number,
        hint=mark(
            "Only the workstation that recorded an interception amends, cancels or reviews it, and"
            " issues receipts for it. Do it at the copy that went on as {device}; else tell"
            " headquarters. Issued receipts can be printed here."
        ),
        device=case.device,
        present=ws.device,
    )


def _parts(station: Station) -> tuple[str, str, int]:
    return station.country, station.post, station.number
