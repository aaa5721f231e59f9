"""What the page of the workstations shows."""

from __future__ import annotations

import msgspec

from domain.ids import DeviceId, HubId
from domain.statement import Level
from domain.words import mark
from hub.errors import RequestRefused
from hub.hub import Hub
from hub.packs import Library
from hub.pages.paging import ROWS
from hub.pages.words import utc_time
from hub.store.sql import apart, backups, devices, entries, keys, numbers
from hub.store.sql.backups import LastBackup
from hub.store.sql.devices import Device
from hub.store.sql.filtered import CappedCount
from hub.store.sql.scope import Scope

REFUSALS = 50
"""Refused items that are shown at most."""
LEVELS = {
    Level.RECEIVED: ("plain", "received, not in a backup yet"),
    Level.SAFE: ("ok", "✓ safe in a backup"),
}
"""Tone and words for each level."""


class ShownTip(msgspec.Struct, frozen=True):
    """The last entry of a branch, and whether it is in a backup."""

    hash: str
    seq: int
    tone: str
    words: str


class ShownWorkstation(msgspec.Struct, frozen=True, kw_only=True):
    """One workstation."""

    device: Device
    post: str
    last_seen: str
    tips: tuple[ShownTip, ...]
    twin: DeviceId | None
    """The id of another workstation with the same post and number."""
    changes: tuple[int, ...]
    """The numbers of the entries with which it changed its key."""
    ended: str
    """Since when it is ended; empty while it may send."""
    held_apart: int


class WorkstationsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    devices: tuple[ShownWorkstation, ...]
    count: int
    """How many there are on all pages."""
    first_page: bool
    next: DeviceId | None
    """The workstation after which the next page begins; None on the last page."""
    clashes: CappedCount
    """How many seizure numbers and bags stand in several records."""
    refused: tuple[tuple[str, str, str, str], ...]
    """Hash, sender, reason of the refusal, time."""
    backup: LastBackup | None
    backup_at: str
    hub: HubId
    epoch: str
    here: str = "devices"


def workstations_page(
    hub: Hub, library: Library, after: DeviceId | None, scope: Scope
) -> WorkstationsPage:
    """The workstations that follow `after`, by post and number, with their chains; the last backup,
    and the refused items. Raises `RequestRefused` when the scope has no workstation `after`.
    """
    with hub.database.reading() as rows:
        found = devices.page(rows, after, ROWS + 1, scope)
        if found is None:
            raise RequestRefused(mark("no such position in the list"))
        known = found[:ROWS]
        twins = devices.at_one_station(devices.of_posts(rows, (each.post for each in known)))
        epoch = hub.identity.epoch
        tips = {each.id: tuple(entries.tips(rows, each.id, epoch)) for each in known}
        refused = entries.refusals(rows, REFUSALS, scope)
        backup = backups.newest(rows)
        held_apart = apart.counts_of(rows, (each.id for each in known))
        clashes = numbers.count_shared(rows, scope)
        changes = {each.id: tuple(n for _, n in keys.changed(rows, each.id)) for each in known}
        count = devices.count(rows, scope)
    return WorkstationsPage(
        devices=tuple(
            ShownWorkstation(
                device=device,
                post=library.post_name(device.post),
                last_seen=utc_time(device.seen_at),
                tips=tuple(
                    ShownTip(str(tip.hash), tip.seq, *LEVELS[tip.level]) for tip in tips[device.id]
                ),
                twin=twins.get(device.id),
                changes=changes[device.id],
                ended="" if device.ended_at is None else utc_time(device.ended_at),
                held_apart=held_apart.get(device.id, 0),
            )
            for device in known
        ),
        count=count,
        first_page=after is None,
        next=known[-1].id if len(found) > ROWS else None,
        clashes=clashes,
        refused=tuple((name, by, why, utc_time(at)) for name, by, why, at in refused),
        backup=backup,
        backup_at=utc_time(backup.made_at) if backup else "",
        hub=hub.identity.hub,
        epoch=hub.identity.epoch,
    )
