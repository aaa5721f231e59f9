"""Record an interception from a file in the exchange format (docs/exchange-format.md).

The same file is recorded only once: its record id is computed from its bytes and those of its
photos, unless it names one. So an interrupted run can be repeated. A file with other content for a
recorded interception is refused: the interception must be amended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from acts.errors import AlreadyRecorded, FileRefused
from acts.interception.begin_draft import opening, over, refuse_withdrawn
from acts.interception.file_photos import photos_of
from acts.interception.finalise import examination, finalise_at_once
from acts.interception.named_case import with_case
from acts.interception.record_source import RecordSource, read_source
from acts.interception.same_content import same_content
from acts.session import Session
from domain.errors import RecordRefused
from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from domain.words import mark
from storage import recorded_files
from storage.drafts import Draft
from storage.errors import NotFound
from storage.projections import records
from storage.workstation import Workstation

OFFICER_MISSING = FaultKind(
    "officer_missing", IS_MISSING, mark("Name a badge with --officer."), shape=Shape.MISSING
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The seizure number of a file, whether it was recorded before, and the remarks on it."""

    number: str
    record: RecordId
    before: bool
    remarks: tuple[Fault, ...] = ()


def record_file(
    ws: Workstation, file: Path, *, session: Session | None = None, same_find: str | None = None
) -> Recorded:
    """Record the interception in `file`, final and signed.

    `session` is who records when the file names no officer. `same_find` is the number or record id
    of another interception of the same find, when the file names none. Raises `FileRefused` when it
    is not in the exchange format, `AlreadyRecorded` when it differs from the record with its id,
    `RecordRefused` with all faults (photos included), `DeedRefused` for a pack that was withdrawn,
    `CannotWrite`.
    """
    source = _of_find(read_source(file), same_find)
    number = _number_of(ws, source.record)
    if number:
        _refuse_another(ws, source, number)
        if same_find:
            _refuse_other_case(ws, source, number)
        return Recorded(number, source.record, before=True)
    checklist = source.checklist(ws)
    refuse_withdrawn(ws, checklist)
    with photos_of(ws, source) as taken:
        now = ws.now()
        ground = opening(
            ws.station, checklist, session.badge if session else "", now, source.document
        )
        document, faults = with_case(ws, over(ground, source.document, empty_too=False))
        document |= {"record_id": str(source.record), "photos": taken.listed}
        draft = Draft(
            record=source.record,
            document=document,
            pack=PackRef(id=checklist.pack.id, version=checklist.pack.version),
            amends=None,
            begun_at=now,
            saved_at=now,
        )
        remarks = judged(ws, draft, checklist, [*taken.faults, *faults], file)
        changes = finalise_at_once(
            ws,
            draft,
            Session(str(document["officer"])),
            also=lambda db: recorded_files.put(db, source.record, 1, source.digest),
        )
    return Recorded(changes.number, source.record, before=False, remarks=remarks)


def _of_find(source: RecordSource, same_find: str | None) -> RecordSource:
    if same_find is None:
        return source
    if not same_find.strip():
        raise FileRefused(
            mark("--same-find names no interception"),
            about=str(source.file),
            hint=mark("Name another interception of the same find, or leave --same-find out."),
        )
    if source.document.get("case") not in (None, ""):
        raise FileRefused(
            mark("names its case itself"),
            about=str(source.file),
            hint=mark("Leave --same-find out."),
        )
    return replace(source, document=source.document | {"case": same_find})


def judged(
    ws: Workstation, draft: Draft, checklist: Checklist, faults: list[Fault], file: Path
) -> tuple[Fault, ...]:
    """The remarks on a draft that can become final.

    `faults` are those of its photos and its case. Raises `RecordRefused` with all faults that
    prevent it.
    """
    if not draft.document.get("officer"):
        faults = [
            *faults,
            Fault("officer", OFFICER_MISSING),
        ]
    examined = examination(ws, draft, checklist)
    found = [fault for fault in examined.blocking if not _explains_missing_photo(fault, faults)]
    remarks = tuple(fault for fault in examined.faults if fault.warns)
    if faults or found:
        raise RecordRefused(file.name, [*faults, *found], remarks)
    return remarks


def _explains_missing_photo(fault: Fault, known: list[Fault]) -> bool:
    """Whether a refused photo is the reason that a photo is missing."""
    photos = fault.path.startswith("photos") and any(f.path.startswith("photos") for f in known)
    return photos or fault.path in {f.path for f in known}


def _refuse_another(ws: Workstation, source: RecordSource, number: str) -> None:
    """Raise `AlreadyRecorded` unless the file has the content of a revision of the interception."""
    if source.named is None:
        return  # its id was made from its bytes: it is the same file
    known = recorded_files.digests(ws.db, source.record)
    same = source.digest in known.values() or same_content(ws, source)
    if not same:
        raise AlreadyRecorded(
            mark("differs from what was recorded as {number}; amend it"),
            about=str(source.file),
            hint=mark("`main.py amend {file} --reason CODE` signs what the file says now."),
            number=number,
            file=str(source.file),
        )


def _refuse_other_case(ws: Workstation, source: RecordSource, number: str) -> None:
    """Raise `AlreadyRecorded` unless the interception belongs to the case that is named."""
    document, faults = with_case(ws, source.document)
    if faults or document["case"] != str(records.case_of(ws.db, source.record)):
        raise AlreadyRecorded(
            mark("was recorded as {number}, which is not of that find; amend it"),
            about=str(source.file),
            hint=mark("`main.py amend` with a file that names its case, or at the desk."),
            number=number,
        )


def _number_of(ws: Workstation, record: RecordId) -> str:
    try:
        return records.row(ws.db, record).number
    except NotFound:
        return ""
