"""Take the post, country and number that headquarters gives, while nothing was recorded yet."""

from __future__ import annotations

import msgspec

from acts.deed import EntryDraft, perform
from acts.errors import StationRefused
from acts.session import Session
from domain.changes import Changes
from domain.kinds import EntryKind, StationOpened
from domain.words import mark
from storage import drafts, journal
from storage.identity import Station, write_identity
from storage.workstation import Workstation
from system.database import Connection

HEADQUARTERS = Session("hub")
"""The actor in the journal: the station comes from headquarters, not from an officer."""


def refuse_other_station(ws: Workstation, station: Station) -> None:
    """Raises `StationRefused` when something was recorded here as another station."""
    if _same(ws.station, station) or not _recorded(ws.db):
        return
    raise StationRefused(
        mark("headquarters gives {given}, but this workstation has recorded as {present}"),
        hint=mark("Ask headquarters for a code for the present station."),
        given=_named(station),
        present=_named(ws.station),
    ).with_way_out("To become the given station in this folder: `main.py station renew`.", "")


def take_station(ws: Workstation, station: Station) -> Changes:
    """Become `station` where it differs; the journal says so in one more `station.opened`.

    Raises `StationRefused`, `CannotWrite` or `Damaged`.
    """
    if _same(ws.station, station):
        return Changes()
    refuse_other_station(ws, station)
    identity = msgspec.structs.replace(ws.identity(), station=station)

    def prepare(_: Connection) -> EntryDraft:
        body = StationOpened(
            public_key=ws.verify_key().raw.hex(),
            name=station.name,
            post=station.post,
            station=station.number,
        )
        return EntryDraft(EntryKind.STATION_OPENED, str(ws.device), body)

    changes = perform(ws, HEADQUARTERS, prepare, also=lambda db: write_identity(db, identity))
    ws.read_identity_again()
    return changes


def _same(one: Station, other: Station) -> bool:
    return (one.post, one.country, one.number) == (other.post, other.country, other.number)


def _named(station: Station) -> str:
    return f"{station.country} {station.post} {station.number}"


def _recorded(db: Connection) -> bool:
    """Whether an interception or a draft exists, which names the post."""
    return journal.has_recorded(db) or bool(drafts.drafts(db))
