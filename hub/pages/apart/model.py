"""What the page of entries held apart shows."""

from __future__ import annotations

import msgspec

from domain.ids import DeviceId
from hub.hub import Hub
from hub.pages.paging import ROWS
from hub.pages.raw_entry import RawEntry, raw_entry
from hub.pages.words import utc_time
from hub.store.sql import apart, devices
from hub.store.sql.scope import Scope


class ShownApart(msgspec.Struct, frozen=True, kw_only=True):
    """One entry, with the names of its workstation and of the one that brought it."""

    entry: RawEntry
    name: str
    brought_by: str
    arrived: str


class ApartPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    ended: tuple[tuple[DeviceId, str, int], ...]
    """Each workstation with entries held apart: id, name, how many."""
    entries: tuple[ShownApart, ...]
    next: int | None
    """The arrival number at which the next page begins; None on the last page."""
    here: str = "apart"


def apart_page(hub: Hub, before: int, scope: Scope) -> ApartPage:
    """Entries held apart that arrived before number `before`, newest first."""
    with hub.database.reading() as rows:
        found = apart.page(rows, before, ROWS + 1, scope)
        counts = apart.counts(rows, scope)
        named = {str(device) for device in counts}
        named |= {str(each.brought_by) for each in found}
        visible = devices.some(rows, named, scope)
        names = {device.id: device.name for device in visible}
    return ApartPage(
        ended=tuple((device, names.get(device, ""), count) for device, count in counts.items()),
        entries=tuple(
            ShownApart(
                entry=raw_entry(each.entry),
                name=names.get(each.entry.head.device, ""),
                brought_by=names.get(each.brought_by, "") or str(each.brought_by),
                arrived=utc_time(each.arrived_at),
            )
            for each in found[:ROWS]
        ),
        next=found[ROWS - 1].arrival if len(found) > ROWS else None,
    )
