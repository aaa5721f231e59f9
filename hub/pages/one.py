"""What the page of one interception shows."""

from __future__ import annotations

from typing import Any

from domain.entry import Entry
from domain.errors import TidewaiterError
from domain.fields import label_of
from domain.fold import Case, Receipt, Review, Revision, fold
from domain.ids import DeviceId, EntryHash
from domain.instant import Instant
from domain.interception.media import Photo
from domain.languages import name_of
from domain.words import mark
from hub.errors import NotHere
from hub.hub import Hub
from hub.intake import OF_DEVICE
from hub.packs import Library
from hub.pages.changes import changes
from hub.pages.goods import columns, goods_rows, totals, weights
from hub.pages.show import raw_entry, row_of
from hub.pages.words import both_times, sections
from hub.store import devices, entries, listing
from hub.summary import photos_of


def interception(hub: Hub, library: Library, record: str) -> dict[str, Any]:
    """One interception: goods, fields, revisions, reviews, receipts, photos, chain."""
    with hub.database.reading() as rows:
        row = listing.one(rows, record)
        if row is None:
            raise NotHere(mark("the hub holds no such interception"), about=record[:60])
        found = [entry for _, entry in entries.about(rows, record.partition(OF_DEVICE)[0])]
        listed = row_of(hub, rows, row, library)
        held = {str(p.hash): p.held for p in listing.photos_of(rows, record)}
        known = {str(device.id): device for device in devices.devices(rows)}
    case = _folded(found, DeviceId.parse(row.device))
    what = case.interception
    net, gross = weights(what)
    return {
        "row": listed,
        "here": "one",
        "label": label_of,
        "device": known.get(row.device),
        "names": {each: device.name for each, device in known.items()},
        "officer": what.officer or "",
        "goods": (lines := goods_rows(what, library)),
        "columns": columns(lines),
        "totals": totals(what, library),
        "net": net,
        "gross": gross,
        "sections": sections(what, library),
        "pack": what.pack,
        "revisions": _revisions(case, library),
        "reviews": [_review(r, case) for r in case.reviews],
        "receipts": [_receipt(r, case) for r in case.receipts],
        "cancelled": case.cancelled,
        "photos": [_photo(p, held, case, hub, library) for p in _named_photos(case)],
        "raw": [raw_entry(entry) for entry in found if entry.hash in case.unread],
        "foreign": [raw_entry(entry) for entry in found if entry.hash in case.foreign],
    }


def _folded(found: list[Entry], device: DeviceId) -> Case:
    try:
        case = fold(found, device)
    except (TidewaiterError, ArithmeticError, ValueError):
        case = None
    if case is None:
        raise NotHere(mark("the entries of this interception cannot be put together"))
    return case


def _revisions(case: Case, library: Library) -> list[dict[str, Any]]:
    """Newest first, each with what it changed of the one that it supersedes."""
    by_entry = {revision.entry: revision for revision in case.revisions}
    shown = []
    for revision in reversed(case.revisions):
        before = by_entry.get(revision.body.supersedes) if revision.body.supersedes else None
        shown.append(_revision(revision, before, case, library))
    return shown


def _revision(
    revision: Revision, before: Revision | None, case: Case, library: Library
) -> dict[str, Any]:
    body = revision.body
    pack = (body.shared.pack.id, body.shared.pack.version)
    return {
        "number": body.revision,
        "at": both_times(revision.at),
        "actor": revision.actor,
        "reason": library.label(pack, "amend_reasons", body.reason) if body.reason else "",
        "comment": body.comment,
        "entry": str(revision.entry),
        "seq": revision.seq,
        "rival": revision.entry in case.rivals,
        "nominal": body.nominal,
        "changes": changes(before.body.shared, body.shared, library) if before else (),
        "changed": before is not None,
    }


def _review(review: Review, case: Case) -> dict[str, Any]:
    body = review.body
    return {
        "at": both_times(review.at),
        "actor": review.actor,
        "words": "approved" if body.approved else "returned",
        "comment": body.comment,
        "of": _numbered(body.entry, case),
    }


def _receipt(receipt: Receipt, case: Case) -> dict[str, Any]:
    ways = {"printer": "printed", "file": "saved as a file"}
    return {
        "number": receipt.body.number,
        "language": name_of(receipt.body.language),
        "at": both_times(receipt.body.issued_at),
        "actor": receipt.actor,
        "seq": receipt.seq,
        "of": _numbered(receipt.body.entry, case),
        "paper": str(receipt.paper),
        "copies": [
            f"{f'copy {c.copy}' if c.copy > 1 else 'original'} {ways.get(c.way, c.way)}"
            for c in receipt.copies
        ],
    }


def _numbered(entry: EntryHash, case: Case) -> str:
    """`revision 2`, where there are several; empty for a revision that is not here."""
    found = (f"revision {r.body.revision}" for r in case.revisions if r.entry == entry)
    return next(found, "") if len(case.revisions) > 1 else ""


def _named_photos(case: Case) -> list[Photo]:
    wanted = photos_of(case)
    first = {p.sha256: p for p in reversed(case.interception.photos)}
    return [first[photo] for photo in wanted]


def _photo(
    photo: Photo, held: dict[str, bool], case: Case, hub: Hub, library: Library
) -> dict[str, Any]:
    pack = (case.interception.pack.id, case.interception.pack.version)
    is_held = held.get(str(photo.sha256), False)
    return {
        "hash": str(photo.sha256),
        "held": is_held,
        "why": hub.pictures.why_not(photo.sha256) if is_held and photo.sha256 else "",
        "role": library.label(pack, "photo_roles", photo.role or "") or "Photo",
        "caption": photo.caption or "",
        "captured": _camera_time(photo.captured_at or ""),
    }


def _camera_time(text: str) -> str:
    """The time as the camera wrote it; most cameras write no offset, and none is invented."""
    try:
        return both_times(Instant.parse(text))
    except TidewaiterError:
        return text[:16].replace("T", " ")
