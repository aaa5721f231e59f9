"""What the lists show, read from the hub's rows as plain values for their templates."""

from __future__ import annotations

from typing import Any

from domain.entry import Entry
from domain.fields import label_of
from domain.instant import Instant
from domain.statement import Level
from hub.hub import Hub
from hub.numbers import Kind
from hub.packs import Library
from hub.pages.words import both_times, goods_in_words, utc_day, utc_time
from hub.store import devices, entries, listing, numbers
from system.database import Connection

ROWS = 40
THUMBNAILS = 4
REFUSALS = 50
RAW_LIMIT = 4_000
LEVELS = {
    Level.RECEIVED: ("plain", "received, not in a backup yet"),
    Level.SAFE: ("ok", "✓ safe in a backup"),
}
CLASHES_LIMIT = 20
CLASHES = {
    Kind.SEIZURE: ("bad", "number given twice", "Seizure number"),
    Kind.BAG: ("bad", "bag number used twice", label_of("goods.bag_no")),
    Kind.ITEM: ("warn", "postal item seen before", label_of("consignment.postal_item_id")),
}
"""Tone, what the list says, and the name on the page of the record."""
STATUS = {
    "final": ("ok", "Final"),
    "approved": ("ok", "Approved"),
    "returned": ("warn", "Returned"),
    "amended": ("accent", "Amended"),
    "cancelled": ("bad", "Cancelled"),
}


def arrivals(hub: Hub, library: Library, before: int) -> dict[str, Any]:
    """The list: one page of rows, the counts, and where the next page begins."""
    with hub.database.reading() as rows:
        found = listing.page(rows, before=before, limit=ROWS + 1)
        shown = [row_of(hub, rows, row, library) for row in found[:ROWS]]
        names = {str(device.id): device.name for device in devices.devices(rows)}
        totals = listing.totals(rows)
        version = listing.version(rows)
    return {
        "rows": shown,
        "names": names,
        "totals": totals,
        "version": version,
        "here": "arrivals",
        "next": found[ROWS - 1].arrival if len(found) > ROWS else None,
        "first_page": before >= 2**62,
        "before": "" if before >= 2**62 else str(before),
    }


def workstations(hub: Hub, library: Library) -> dict[str, Any]:
    """The workstations with their chains, the last backup, and what was refused."""
    with hub.database.reading() as rows:
        known = devices.devices(rows)
        twins = devices.at_one_station(known)
        found = [
            {
                "device": device,
                "post": library.post_name(device.post),
                "seen": utc_time(device.seen_at),
                "tips": entries.tips(rows, device.id, hub.identity.epoch),
                "twin": twins.get(device.id, ""),
            }
            for device in known
        ]
        refused = entries.refusals(rows, REFUSALS)
        backup = listing.last_backup(rows)
    return {
        "devices": found,
        "refused": [(h, by, why, utc_time(at)) for h, by, why, at in refused],
        "backup": backup,
        "backup_at": utc_time(backup.made_at) if backup else "",
        "levels": LEVELS,
        "hub": hub.identity.hub,
        "epoch": hub.identity.epoch,
        "here": "devices",
    }


def unread(hub: Hub, library: Library, before: int) -> dict[str, Any]:  # noqa: ARG001
    """Entries this version cannot read, as they came."""
    with hub.database.reading() as rows:
        found = entries.unread(rows, before, ROWS + 1)
    return {
        "entries": [raw_entry(entry) for _, entry in found[:ROWS]],
        "next": found[ROWS - 1][0] if len(found) > ROWS else None,
        "here": "unread",
    }


def row_of(hub: Hub, rows: Connection, row: listing.Row, library: Library) -> dict[str, Any]:
    """One interception in short."""
    photos = listing.photos_of(rows, row.record)
    clashes = numbers.clashes(rows, row.record, CLASHES_LIMIT)
    held = [photo for photo in photos if photo.held]
    said = row.summary
    pack = (said.pack_id, said.pack_version)
    tone, status = STATUS.get(row.status, ("warn", row.status))
    seized = said.seized_at
    return {
        "record": row.record,
        "number": row.number or row.record[:13],
        "tone": tone,
        "status": status,
        "revision": row.revision,
        "goods": list(goods_in_words(said, library)),
        "more": max(0, said.lines - len(said.goods)),
        "route": tuple(
            library.label(pack, "countries", c) for c in (said.route_from, said.route_to)
        ),
        "mode": library.label(pack, "modes", said.mode),
        "post": library.label(pack, "posts", said.post),
        "action": library.label(pack, "actions", said.action),
        "seized": both_times(Instant(seized, said.offset_minutes)) if seized is not None else "",
        "device": row.device,
        "day": utc_day(row.arrived_at),
        "arrived": both_times(Instant(row.arrived_at, said.offset_minutes)),
        "changed": both_times(Instant(row.changed_at, said.offset_minutes)),
        "thumbnails": [
            {"hash": str(photo.hash), "why": hub.pictures.why_not(photo.hash)}
            for photo in held[:THUMBNAILS]
        ],
        "photos": len(photos),
        "held": len(held),
        "warnings": [CLASHES[kind][:2] for kind in dict.fromkeys(c.kind for c in clashes)],
        "clashes": [(CLASHES[clash.kind][2], clash) for clash in clashes],
    }


def raw_entry(entry: Entry) -> dict[str, Any]:
    """An entry as it came, cut when it is long."""
    text = entry.bytes.decode("utf-8", "replace")
    return {
        "hash": str(entry.hash),
        "kind": entry.head.kind,
        "device": str(entry.head.device),
        "seq": entry.head.seq,
        "text": text[:RAW_LIMIT] + ("…" if len(text) > RAW_LIMIT else ""),
    }
