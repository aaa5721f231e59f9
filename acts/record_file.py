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

from acts.add_photo import WHY, add_photo
from acts.begin_draft import opening, over
from acts.errors import FileRefused, NoChecklist, PhotoRefused
from acts.finalise import examination, finalise_at_once
from domain.encoding import to_plain
from domain.errors import Malformed, RecordRefused
from domain.fault import Fault
from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.words import filled, mark
from storage.drafts import Draft
from storage.errors import NotFound
from storage.photos.store import SIZE_LIMIT as PHOTO_LIMIT
from storage.projections import records
from storage.workstation import Workstation

FORMAT = "tidewaiter-record/1"
SIZE_LIMIT = 16 * 1024 * 1024
KEEP = mark('Take it again, or write "keep": true to keep the file as it is.')
FACTS = ("sha256", "size", "width", "height", "readable")
"""What the bytes of a photo say; a file cannot say otherwise."""


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
    document["photos"], faults = _take_photos(ws, document.get("photos") or [], photos, file.parent)
    now = ws.now()
    ground = opening(ws.station, checklist, officer, now)
    document = {**over(ground, document), "record_id": str(record)}
    if not document.get("officer"):
        faults.append(Fault("officer", mark("is missing"), mark("Name a badge with --officer.")))
    ref = PackRef(id=checklist.pack.id, version=checklist.pack.version)
    draft = Draft(
        record=record, document=document, pack=ref, amends=None, begun_at=now, saved_at=now
    )
    if faults:
        found = examination(ws, draft, checklist).blocking
        faults += [fault for fault in found if not _said_already(fault, faults)]
        raise RecordRefused(file.name, faults)
    changes = finalise_at_once(ws, draft, str(document["officer"]))
    return Recorded(changes.number, record, before=False)


def _said_already(fault: Fault, known: list[Fault]) -> bool:
    """A photo that was refused explains that one is missing."""
    photos = fault.path.startswith("photos") and any(f.path.startswith("photos") for f in known)
    return photos or fault.path in {f.path for f in known}


def _read(file: Path) -> tuple[dict[str, Any], bytes]:
    hint = mark("docs/exchange-format.md shows how it must look.")
    try:
        if not file.is_file():
            raise FileRefused(mark("there is no such file"), about=str(file))
        if file.stat().st_size > SIZE_LIMIT:
            raise FileRefused(mark("the file is too large for a record"), about=str(file))
        data = file.read_bytes()
        document = json.loads(data, parse_float=str, object_pairs_hook=_object)
        json.dumps(document, ensure_ascii=False).encode()  # as it is stored and signed
    except OSError as error:
        cause = error.strerror or str(error)
        raise FileRefused(mark("cannot be read: {cause}"), about=str(file), cause=cause) from error
    except UnicodeEncodeError as error:
        raise FileRefused(mark("holds half of a character"), about=str(file), hint=hint) from error
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


def _photo_files(document: dict[str, Any], file: Path) -> dict[int, Path]:
    """Where the photos are, by their place in the list."""
    photos = document.get("photos")
    return {
        place: file.parent / photo["file"]
        for place, photo in enumerate(photos if isinstance(photos, list) else [])
        if isinstance(photo, dict) and isinstance(photo.get("file"), str)
    }


def _record_id(
    document: dict[str, Any], data: bytes, photos: dict[int, Path], file: Path
) -> RecordId:
    try:
        if document.get("record_id"):
            return RecordId.parse(str(document["record_id"]))
    except Malformed as error:
        raise FileRefused(mark("record_id is not a UUID of version 7"), about=str(file)) from error
    digest = hashlib.sha256(data)
    for photo in photos.values():
        digest.update(_digest(photo))
    occasion = document.get("occasion")
    seized = occasion.get("seized_at") if isinstance(occasion, dict) else None
    try:
        at = Instant.parse(str(seized))
    except Malformed:
        at = Instant(0)
    return RecordId.make(at, digest.digest())


def _digest(photo: Path) -> bytes:
    """The SHA-256 of the file, read piece by piece; of nothing when it cannot be read."""
    try:
        if photo.is_file():
            with photo.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").digest()
    except (OSError, ValueError):
        pass  # whoever takes the photo in says why
    return hashlib.sha256().digest()


def _number_of(ws: Workstation, record: RecordId) -> str:
    try:
        return records.row(ws.db, record).number
    except NotFound:
        return ""


def _take_photos(
    ws: Workstation, listed: Any, files: dict[int, Path], folder: Path
) -> tuple[list[Any], list[Fault]]:
    if not isinstance(listed, list):
        return listed, []
    photos: list[Any] = []
    faults: list[Fault] = []
    for place, photo in enumerate(listed):
        if place not in files:
            photos.append(photo)
            continue
        try:
            photos.append(_taken(ws, photo, files[place], folder))
        except PhotoRefused as error:
            words = f"{photo['file']}: {filled(error.what, error.values)}"
            hint = KEEP if error.what in WHY.values() else ""
            faults.append(Fault(f"photos.{place}", mark("{words}"), hint, words=words))
    return photos, faults


def _taken(ws: Workstation, photo: dict[str, Any], file: Path, folder: Path) -> dict[str, Any]:
    keep = photo.get("keep") is True
    if keep and not file.resolve().is_relative_to(folder.resolve()):
        # a record file from elsewhere must not carry any file of this computer to the hub
        raise PhotoRefused(
            mark("only a file beside the record is kept though it is no picture"), about=str(file)
        )
    stored = add_photo(
        ws,
        _bytes_of(file),
        file_name=file.name.encode("utf-8", "replace").decode(),
        role=None,
        source="file",
        keep=keep,
    )
    if photo.get("sha256") not in (None, str(stored.sha256)):
        raise PhotoRefused(mark("the file is not the one whose SHA-256 is named"), about=str(file))
    said = {name: value for name, value in photo.items() if name not in ("file", "keep")}
    seen = to_plain(stored)
    return {**seen, **said, **{name: seen[name] for name in FACTS if name in seen}}


def _bytes_of(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise PhotoRefused(mark("there is no such file"), about=str(file))
        with file.open("rb") as opened:
            return opened.read(PHOTO_LIMIT + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise PhotoRefused(mark("cannot be read: {cause}"), about=str(file), cause=cause) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which no field stands twice, since one of them would be lost."""
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            raise ValueError(f"the field {name!r} stands twice in one group")
        held[name] = value
    return held
