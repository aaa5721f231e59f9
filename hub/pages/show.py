"""What each page shows, read from the hub's rows as plain values for its template."""

from __future__ import annotations

from typing import Any

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fold import Case, Receipt, Review, Revision, fold
from domain.interception.media import Photo
from domain.words import mark
from hub.errors import NotHere
from hub.hub import Hub
from hub.intake import is_readable
from hub.packs import Library
from hub.pages.words import goods_in_words, local_time, sections, utc_time
from hub.store import devices, entries, listing
from hub.summary import photos_of
from storage.database import Connection

ROWS = 40
THUMBNAILS = 4
REFUSALS = 50
RAW_LIMIT = 4_000
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
        shown = [_row(rows, row, library) for row in found[:ROWS]]
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


def interception(hub: Hub, library: Library, record: str) -> dict[str, Any]:
    """One interception: fields, revisions, reviews, receipts, photos, chain."""
    with hub.database.reading() as rows:
        row = listing.one(rows, record)
        if row is None:
            raise NotHere(mark("the hub holds no such interception"), about=record[:60])
        found = entries.about(rows, record)
        listed = _row(rows, row, library)
        photos = {str(p.hash): p.held for p in listing.photos_of(rows, record)}
        device = next((d for d in devices.devices(rows) if str(d.id) == row.device), None)
    case = _folded([entry for _, entry in found if is_readable(entry)])
    raw = [_raw(entry) for _, entry in found if not is_readable(entry)]
    return {
        "row": listed,
        "here": "one",
        "device": device,
        "sections": sections(case.interception, library),
        "pack": case.interception.pack,
        "revisions": [_revision(r, case) for r in reversed(case.revisions)],
        "reviews": [_review(r) for r in case.reviews],
        "receipts": [_receipt(r) for r in case.receipts],
        "cancelled": case.cancelled,
        "photos": [_photo(p, photos, case, library) for p in _named_photos(case)],
        "raw": raw,
    }


def workstations(hub: Hub, library: Library) -> dict[str, Any]:  # noqa: ARG001
    """The workstations with their chains, and what was refused."""
    with hub.database.reading() as rows:
        found = [
            {
                "device": device,
                "seen": utc_time(device.seen_at),
                "tips": entries.tips(rows, device.id, hub.identity.epoch),
            }
            for device in devices.devices(rows)
        ]
        refused = entries.refusals(rows, REFUSALS)
    return {
        "devices": found,
        "refused": [(h, by, why, utc_time(at)) for h, by, why, at in refused],
        "hub": hub.identity.hub,
        "epoch": hub.identity.epoch,
        "here": "devices",
    }


def unread(hub: Hub, library: Library, before: int) -> dict[str, Any]:  # noqa: ARG001
    """Entries this version cannot read, as they came."""
    with hub.database.reading() as rows:
        found = entries.unread(rows, before, ROWS + 1)
    return {
        "entries": [_raw(entry) for _, entry in found[:ROWS]],
        "next": found[ROWS - 1][0] if len(found) > ROWS else None,
        "here": "unread",
    }


def _row(rows: Connection, row: listing.Row, library: Library) -> dict[str, Any]:
    photos = listing.photos_of(rows, row.record)
    held = [photo for photo in photos if photo.held]
    pack = (row.summary.pack_id, row.summary.pack_version)
    tone, status = STATUS.get(row.status, ("warn", row.status))
    return {
        "record": row.record,
        "number": row.number or row.record[:13],
        "tone": tone,
        "status": status,
        "revision": row.revision,
        "goods": list(goods_in_words(row.summary, library)),
        "more": max(0, row.summary.lines - len(row.summary.goods)),
        "route": (row.summary.route_from, row.summary.route_to),
        "mode": library.label(pack, "modes", row.summary.mode),
        "post": library.label(pack, "posts", row.summary.post),
        "device": row.device,
        "arrived": utc_time(row.arrived_at),
        "changed": utc_time(row.changed_at),
        "thumbnails": [str(photo.hash) for photo in held[:THUMBNAILS]],
        "photos": len(photos),
        "held": len(held),
    }


def _folded(found: list[Entry]) -> Case:
    try:
        case = fold(found)
    except (TidewaiterError, ArithmeticError, ValueError):
        case = None
    if case is None:
        raise NotHere(mark("the entries of this interception cannot be put together"))
    return case


def _revision(revision: Revision, case: Case) -> dict[str, Any]:
    return {
        "number": revision.body.revision,
        "at": local_time(revision.at),
        "actor": revision.actor,
        "reason": revision.body.reason,
        "comment": revision.body.comment,
        "entry": str(revision.entry),
        "seq": revision.seq,
        "rival": revision.entry in case.rivals,
        "nominal": revision.body.nominal,
    }


def _review(review: Review) -> dict[str, Any]:
    body = review.body
    words = "approved" if body.approved else "returned"
    return {
        "at": local_time(review.at),
        "actor": review.actor,
        "words": words,
        "comment": body.comment,
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "number": receipt.body.number,
        "language": receipt.body.language,
        "at": local_time(receipt.body.issued_at),
        "actor": receipt.actor,
        "paper": str(receipt.paper),
        "copies": len(receipt.copies),
    }


def _named_photos(case: Case) -> list[Photo]:
    wanted = photos_of(case)
    first = {p.sha256: p for p in reversed(case.interception.photos)}
    return [first[photo] for photo in wanted]


def _photo(photo: Photo, held: dict[str, bool], case: Case, library: Library) -> dict[str, Any]:
    pack = (case.interception.pack.id, case.interception.pack.version)
    return {
        "hash": str(photo.sha256),
        "held": held.get(str(photo.sha256), False),
        "role": library.label(pack, "photo_roles", photo.role or "") or "Photo",
        "caption": photo.caption or "",
        "captured": photo.captured_at or "",
    }


def _raw(entry: Entry) -> dict[str, Any]:
    text = entry.bytes.decode("utf-8", "replace")
    return {
        "hash": str(entry.hash),
        "kind": entry.head.kind,
        "device": str(entry.head.device),
        "seq": entry.head.seq,
        "text": text[:RAW_LIMIT] + ("…" if len(text) > RAW_LIMIT else ""),
    }
