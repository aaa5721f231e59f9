"""What the page of one interception shows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from domain.errors import TidewaiterError
from domain.figures import written
from domain.fold import Case, Receipt, Review, Revision
from domain.ids import DeviceId, EntryHash, PhotoHash
from domain.instant import Instant
from domain.interception.media import Photo
from domain.interception.record import PackRef
from domain.kinds import InterceptionCancelled
from domain.languages import name_of
from domain.totals import gross_weight_kg, net_weight_kg
from domain.words import mark
from hub.errors import NotHere
from hub.hub import Hub
from hub.listing import OF_DEVICE, case_of
from hub.packs import Library
from hub.pages.interception.changes import Change, changes
from hub.pages.interception.goods import GoodsTableRow, Total, columns, goods_rows, totals
from hub.pages.raw_entry import RawEntry, raw_entry
from hub.pages.record import RecordInShort, record_in_short
from hub.pages.words import Section, both_times, sections
from hub.store.sql import devices, entries, interceptions
from hub.store.sql.bounds import LAST
from hub.store.sql.devices import Device
from hub.store.sql.interceptions import ListedPhoto
from hub.store.sql.scope import Scope
from hub.summary import photos_of
from system.database import Connection

PRINTED = {"printer": "printed", "file": "saved as a file"}
"""How a copy of a receipt was handed out."""
OF_CASE = 20
"""Other interceptions of the case that the page lists at most."""


class ShownRevision(msgspec.Struct, frozen=True, kw_only=True):
    """One revision, and its differences from the revision that it supersedes."""

    number: int
    at: str
    actor: str
    reason: str
    comment: str
    entry: str
    seq: int
    rival: bool
    """Whether this revision is not an ancestor of the one in force."""
    nominal: str
    """The hash of the part that stays at the post; empty when nothing stays there."""
    changes: tuple[Change, ...]
    changed: bool
    """Whether it supersedes a revision that the hub stores."""


class ShownReview(msgspec.Struct, frozen=True, kw_only=True):
    """One review; `of` is the revision, when there are several."""

    at: str
    actor: str
    words: str
    comment: str
    of: str


class ShownReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt with its copies; `of` is the revision, when there are several."""

    number: str
    language: str
    at: str
    actor: str
    seq: int
    of: str
    paper: str
    copies: tuple[str, ...]


class ShownPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the record; `why` is the reason that it cannot be shown, empty when it can."""

    hash: str
    held: bool
    sent: bool
    """Whether only a preview is here, sent by the workstation."""
    why: str
    role: str
    caption: str
    captured: str


class InterceptionPage(msgspec.Struct, frozen=True, kw_only=True):
    """The values of `page.html`."""

    row: RecordInShort
    device: Device | None
    names: Mapping[str, str]
    """The names of the workstations by their id."""
    officer: str
    same_find: tuple[RecordInShort, ...]
    """The newest other interceptions of its case."""
    first: str
    """The number of the first interception of the find; empty while that has not arrived."""
    goods: tuple[GoodsTableRow, ...]
    columns: tuple[tuple[str, str, bool], ...]
    totals: tuple[Total, ...]
    net: str
    gross: str
    sections: tuple[Section, ...]
    pack: PackRef
    pack_held: bool
    """Whether the hub has this very pack, so that codes have words."""
    revisions: tuple[ShownRevision, ...]
    """Newest first."""
    reviews: tuple[ShownReview, ...]
    receipts: tuple[ShownReceipt, ...]
    cancelled: InterceptionCancelled | None
    photos: tuple[ShownPhoto, ...]
    raw: tuple[RawEntry, ...]
    """Entries about it that this version cannot read."""
    foreign: tuple[RawEntry, ...]
    """Entries about it that another workstation signed."""
    here: str = "one"


def interception_page(hub: Hub, library: Library, record: str, scope: Scope) -> InterceptionPage:
    """The page of the record. Raises `NotHere`, also when the scope does not have it."""
    with hub.database.reading() as rows:
        listed = interceptions.one(rows, record, scope)
        if listed is None:
            raise NotHere(mark("the hub has no such interception"), about=record[:60])
        subject = entries.clean(record.partition(OF_DEVICE)[0])
        found = [entry for _, entry in entries.about(rows, [subject])[subject]]
        row = record_in_short(hub, rows, listed, library, scope)
        others = interceptions.page(
            rows, before=LAST, limit=OF_CASE + 1, case_id=listed.case_id, scope=scope
        )
        same_find = tuple(
            record_in_short(hub, rows, other, library, scope)
            for other in others
            if other.record != listed.record
        )
        arrived = {p.hash: p for p in interceptions.photos_of(rows, record)}
        known = {str(device.id): device for device in devices.devices(rows, scope)}
        case = case_of(found, DeviceId.parse(listed.device))
        if case is None:
            raise NotHere(mark("the entries of this interception cannot be combined"))
        firsts = _firsts(rows, case, scope)
    current = case.interception
    lines = goods_rows(current, library)
    return InterceptionPage(
        row=row,
        device=known.get(listed.device),
        names={each: device.name for each, device in known.items()},
        officer=current.officer or "",
        same_find=same_find[:OF_CASE],
        first=firsts.get(listed.case_id, ""),
        goods=lines,
        columns=columns(lines),
        totals=totals(current, library),
        net=_kg(net_weight_kg(current.goods)),
        gross=_kg(gross_weight_kg(current.goods)),
        sections=sections(current, library),
        pack=current.pack,
        pack_held=library.has((current.pack.id, current.pack.version)),
        revisions=_revisions(case, library, firsts),
        reviews=tuple(_review(review, case) for review in case.reviews),
        receipts=tuple(_receipt(receipt, case) for receipt in case.receipts),
        cancelled=case.cancelled,
        photos=tuple(_photo(each, arrived, case, hub, library) for each in _named_photos(case)),
        raw=tuple(raw_entry(entry) for entry in found if entry.hash in case.unread),
        foreign=tuple(
            raw_entry(entry)
            for entry in found
            if entry.hash in case.foreign and str(entry.head.device) in known
        ),
    )


def _firsts(rows: Connection, case: Case, scope: Scope) -> dict[str, str]:
    """The seizure numbers of the interceptions that revisions name as the first of the find."""
    named = {str(r.body.shared.case) for r in case.revisions if r.body.shared.case}
    listed = (interceptions.one(rows, record, scope) for record in named)
    return {one.record: one.number for one in listed if one}


def _kg(weight: Decimal | None) -> str:
    return "" if weight is None else written(weight)


def _revisions(
    case: Case, library: Library, firsts: Mapping[str, str]
) -> tuple[ShownRevision, ...]:
    by_entry = {revision.entry: revision for revision in case.revisions}
    shown = []
    for revision in reversed(case.revisions):
        before = by_entry.get(revision.body.supersedes) if revision.body.supersedes else None
        now = revision.body.shared
        differs = changes(before.body.shared, now, library, firsts) if before else ()
        shown.append(_revision(revision, differs, before is not None, case, library))
    return tuple(shown)


def _revision(
    revision: Revision, differs: tuple[Change, ...], changed: bool, case: Case, library: Library
) -> ShownRevision:
    body = revision.body
    pack = (body.shared.pack.id, body.shared.pack.version)
    return ShownRevision(
        number=body.revision,
        at=both_times(revision.at),
        actor=revision.actor,
        reason=library.label(pack, "amend_reasons", body.reason) if body.reason else "",
        comment=body.comment,
        entry=str(revision.entry),
        seq=revision.seq,
        rival=revision.entry in case.rivals,
        nominal=str(body.nominal or ""),
        changes=differs,
        changed=changed,
    )


def _review(review: Review, case: Case) -> ShownReview:
    body = review.body
    return ShownReview(
        at=both_times(review.at),
        actor=review.actor,
        words="approved" if body.approved else "returned",
        comment=body.comment,
        of=_numbered(body.entry, case),
    )


def _receipt(receipt: Receipt, case: Case) -> ShownReceipt:
    return ShownReceipt(
        number=receipt.body.number,
        language=name_of(receipt.body.language),
        at=both_times(receipt.body.issued_at),
        actor=receipt.actor,
        seq=receipt.seq,
        of=_numbered(receipt.body.entry, case),
        paper=str(receipt.paper),
        copies=tuple(
            f"{f'copy {c.copy}' if c.copy > 1 else 'original'} {PRINTED.get(c.way, c.way)}"
            for c in receipt.copies
        ),
    )


def _numbered(entry: EntryHash, case: Case) -> str:
    """`revision 2`, where there are several; empty for a revision that is not here."""
    found = (f"revision {r.body.revision}" for r in case.revisions if r.entry == entry)
    return next(found, "") if len(case.revisions) > 1 else ""


def _named_photos(case: Case) -> list[Photo]:
    wanted = photos_of(case)
    first = {p.sha256: p for p in reversed(case.interception.photos)}
    return [first[photo] for photo in wanted]


def _photo(
    photo: Photo,
    listed: Mapping[PhotoHash, ListedPhoto],
    case: Case,
    hub: Hub,
    library: Library,
) -> ShownPhoto:
    pack = (case.interception.pack.id, case.interception.pack.version)
    known = listed.get(photo.sha256) if photo.sha256 else None
    is_held = known is not None and known.held
    return ShownPhoto(
        hash=str(photo.sha256),
        held=is_held,
        sent=known is not None and known.preview,
        why=hub.pictures.why_not(photo.sha256) if is_held and photo.sha256 else "",
        role=library.label(pack, "photo_roles", photo.role or "") or "Photo",
        caption=photo.caption or "",
        captured=_camera_time(photo.captured_at or ""),
    )


def _camera_time(text: str) -> str:
    """The time as the camera wrote it; most cameras write no offset, and then none is shown."""
    try:
        return both_times(Instant.parse(text))
    except TidewaiterError:
        return text[:16].replace("T", " ")
