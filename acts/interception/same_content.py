"""Compares the content of a file with the record that has its id, when the bytes cannot tell."""

from __future__ import annotations

from acts.errors import FileRefused, NoChecklist
from acts.interception.begin_draft import opening, over
from acts.interception.named_case import with_case
from acts.interception.record_source import RecordSource
from domain.document import DocumentPart, JsonValue
from domain.encoding import to_plain
from domain.fold import Revision
from domain.instant import ClockState
from domain.interception.media import Photo
from domain.interception.normalise import normalise
from domain.interception.read import read
from domain.interception.record import Interception
from storage import cases
from storage.workstation import Workstation


def same_content(ws: Workstation, source: RecordSource) -> bool:
    """Compare field by field with each revision; values that a file may leave out are computed.

    Raises `Damaged` or `NotFound` when the names of the interception cannot be compared.
    """
    case = cases.read(ws.db, source.record)
    return any(says(ws, source, revision) for revision in case.revisions)


def says(ws: Workstation, source: RecordSource, revision: Revision) -> bool:
    """Whether the file has the content of `revision`, in the same pack.

    Raises as `same_content`.
    """
    recorded = cases.with_nominal(ws.db, revision.entry, revision.body)
    checklist, seized = ws.checklist(recorded.pack), recorded.occasion.seized_at
    photos = _photos(source, recorded)
    if (
        checklist is None
        or seized is None
        or photos is None
        or not _same_pack(ws, source, recorded)
    ):
        return False
    ground = opening(ws.station, checklist, recorded.officer or "", seized, source.document)
    document, _ = with_case(ws, over(ground, source.document, empty_too=False))
    document |= {"record_id": str(source.record), "photos": photos}
    reading = read(document, checklist.added)
    clock = recorded.occasion.clock_state or ClockState.UNKNOWN
    one, two = (normalise(what, checklist, clock) for what in (reading.interception, recorded))
    return not reading.faults and one == two


def _same_pack(ws: Workstation, source: RecordSource, recorded: Interception) -> bool:
    try:
        return source.checklist(ws, unnamed=recorded.pack).ref == recorded.pack
    except (FileRefused, NoChecklist):
        return False


def _photos(source: RecordSource, recorded: Interception) -> list[JsonValue] | None:
    """The recorded photos with the file's values for them; None when the photos differ."""
    listed = source.document.get("photos") or []
    if not isinstance(listed, list) or len(listed) != len(recorded.photos):
        return None
    photos: list[JsonValue] = []
    for index, known in enumerate(recorded.photos):
        photo = listed[index]
        if not isinstance(photo, dict) or not _is(known, source, index, photo):
            return None
        kept = {k: v for k, v in to_plain(known).items() if k not in ("role", "caption")}
        stated = {k: v for k, v in photo.items() if k not in ("file", "keep")}
        photos.append({**kept, **stated})
    return photos


def _is(known: Photo, source: RecordSource, index: int, stated: DocumentPart) -> bool:
    """Whether the photo at `index` is `known`: by its bytes, or by the SHA-256 in the file."""
    if known.sha256 is None:
        return False
    if "file" in stated:
        return source.photo_digests.get(index) == known.sha256.raw
    return str(stated.get("sha256")) == str(known.sha256)
