"""Record an interception from a file in the exchange format (docs/exchange-format.md).

The same file is recorded once, however often it is given: its record id comes from its bytes and
those of its photos, unless it names one. So a run that was cut short is simply run again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acts.add_photo import add_photo
from acts.begin_draft import opening, over
from acts.errors import NoChecklist, PhotoRefused
from acts.finalise import finalise
from acts.save_draft import discard_draft
from domain.encoding import to_plain
from domain.errors import Malformed, RecordRefused, TidewaiterError
from domain.fault import Fault
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.words import mark
from storage import drafts
from storage.database import transaction
from storage.drafts import Draft
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation

FORMAT = "tidewaiter-record/1"
SIZE_LIMIT = 16 * 1024 * 1024


class FileRefused(TidewaiterError):
    """The file cannot be read as an interception."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The seizure number a file got, and whether it had been recorded before."""

    number: str
    record: RecordId
    before: bool


def record_file(ws: Workstation, file: Path, *, officer: str = "") -> Recorded:
    """The interception that `file` holds, final and signed.

    `officer` is the badge number when the file names none. Raises `FileRefused` when it is not in
    the exchange format, `RecordRefused` with all faults (photos included), `CannotWrite`.
    """
    document, data = _read(file)
    checklist = _checklist(ws, document, file)
    photos = _photo_files(document, file)
    record = _record_id(document, data, photos, file)
    known = _number_of(ws, record)
    if known:
        return Recorded(known, record, before=True)
    document["photos"], faults = _take_photos(ws, document.get("photos") or [], photos)
    now = ws.now()
    ground = opening(ws.station, checklist, officer, now)
    document = {**over(ground, document), "record_id": str(record)}
    if not document.get("officer"):
        faults.append(Fault("officer", mark("is missing"), mark("Name a badge with --officer.")))
    ref = PackRef(id=checklist.pack.id, version=checklist.pack.version)
    draft = Draft(
        record=record, document=document, pack=ref, amends=None, begun_at=now, saved_at=now
    )
    with transaction(ws.db):
        drafts.put(ws.db, draft)
    return _finalise(ws, record, str(document.get("officer", "")), faults, file)


def _finalise(
    ws: Workstation, record: RecordId, officer: str, faults: list[Fault], file: Path
) -> Recorded:
    try:
        if not faults:
            changes = finalise(ws, record, officer)
            return Recorded(changes.number, record, before=False)
        # finalise would be refused anyway; asking it first names its faults beside the photos'
        finalise(ws, record, "")
    except RecordRefused as error:
        faults += [fault for fault in error.faults if not _about_photos(fault, faults)]
    discard_draft(ws, record)
    raise RecordRefused(file.name, faults)


def _about_photos(fault: Fault, known: list[Fault]) -> bool:
    return fault.path.startswith("photos") and any(f.path.startswith("photos") for f in known)


def _read(file: Path) -> tuple[dict[str, Any], bytes]:
    hint = mark("docs/exchange-format.md shows how it must look.")
    try:
        if file.stat().st_size > SIZE_LIMIT:
            raise FileRefused(mark("the file is too large for a record"), about=str(file))
        data = file.read_bytes()
        document = json.loads(data)
    except OSError as error:
        cause = error.strerror or str(error)
        raise FileRefused(mark("cannot be read: {cause}"), about=str(file), cause=cause) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            mark("not JSON: {cause}"), about=str(file), hint=hint, cause=error
        ) from error
    if not isinstance(document, dict) or document.pop("format", FORMAT) != FORMAT:
        raise FileRefused(
            mark("not an interception in the format {format}"),
            about=str(file),
            hint=hint,
            format=FORMAT,
        )
    return document, data


def _checklist(ws: Workstation, document: dict[str, Any], file: Path) -> Checklist:
    asked = document.pop("pack", None)
    known = {checklist.pack.id: checklist for checklist in ws.checklists()}
    name, version = asked, ""
    if isinstance(asked, dict):
        name, version = asked.get("id"), str(asked.get("version", ""))
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    found = known.get(str(name))
    if found is not None and version not in ("", found.pack.version):
        found = ws.checklist(PackRef(id=str(name), version=version))
    if found is None:
        raise NoChecklist(
            mark("there is no pack {pack} at this workstation"),
            about=str(file),
            hint=mark("It has: {known}."),
            pack=repr(asked),
            known=", ".join(known) or "none",
        )
    return found


def _photo_files(document: dict[str, Any], file: Path) -> dict[int, bytes | OSError]:
    """The bytes of each photo by its place in the list; the error where one cannot be read."""
    photos = document.get("photos")
    found: dict[int, bytes | OSError] = {}
    for place, photo in enumerate(photos if isinstance(photos, list) else []):
        if isinstance(photo, dict) and isinstance(photo.get("file"), str):
            try:
                found[place] = (file.parent / photo["file"]).read_bytes()
            except OSError as error:
                found[place] = error
            except ValueError as error:
                found[place] = OSError(str(error))
    return found


def _record_id(
    document: dict[str, Any], data: bytes, photos: dict[int, bytes | OSError], file: Path
) -> RecordId:
    try:
        if document.get("record_id"):
            return RecordId.parse(str(document["record_id"]))
    except Malformed as error:
        raise FileRefused(mark("record_id is not a UUID of version 7"), about=str(file)) from error
    digest = hashlib.sha256(data)
    for photo in photos.values():
        digest.update(hashlib.sha256(photo if isinstance(photo, bytes) else b"").digest())
    occasion = document.get("occasion")
    seized = occasion.get("seized_at") if isinstance(occasion, dict) else None
    try:
        at = Instant.parse(str(seized))
    except Malformed:
        at = Instant(0)
    return RecordId.make(at, digest.digest())


def _number_of(ws: Workstation, record: RecordId) -> str:
    try:
        return records.row(ws.db, record).number
    except NotFound:
        return ""


def _take_photos(
    ws: Workstation, listed: Any, files: dict[int, bytes | OSError]
) -> tuple[list[Any], list[Fault]]:
    if not isinstance(listed, list):
        return listed, []
    photos: list[Any] = []
    faults: list[Fault] = []
    for place, photo in enumerate(listed):
        data = files.get(place)
        if data is None:
            photos.append(photo)
            continue
        try:
            if isinstance(data, OSError):
                cause = data.strerror or str(data)
                raise PhotoRefused(
                    mark("cannot be read: {cause}"), about=photo["file"], cause=cause
                )
            photos.append(_taken(ws, photo, data))
        except PhotoRefused as error:
            words = f"{photo['file']}: {error.what.format(**error.values)}"
            hint = mark('Take it again, or write "keep": true to keep the file as it is.')
            faults.append(Fault(f"photos.{place}", mark("{words}"), hint, words=words))
    return photos, faults


def _taken(ws: Workstation, photo: dict[str, Any], data: bytes) -> dict[str, Any]:
    stored = add_photo(
        ws,
        data,
        file_name=Path(photo["file"]).name,
        role=photo.get("role"),
        source="file",
        keep=photo.get("keep") is True,
    )
    extra = {name: value for name, value in photo.items() if name not in ("file", "keep")}
    return {**to_plain(stored), **extra}
