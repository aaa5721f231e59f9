"""Amend an interception from a file in the exchange format, which contains the whole new content.

Values that a file may leave out, because the post and the clock supply them, stay as recorded.
"""

from __future__ import annotations

from pathlib import Path

from acts.errors import FileRefused
from acts.interception.amend import amend_at_once
from acts.interception.begin_draft import opening, over
from acts.interception.file_photos import photos_of
from acts.interception.named_case import with_case
from acts.interception.record_file import Recorded, judged
from acts.interception.record_source import RecordSource, read_source
from acts.interception.same_content import says
from acts.session import Session
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.words import mark
from storage import cases, recorded_files
from storage.drafts import Draft
from storage.projections import records
from storage.workstation import Workstation


def amend_file(
    ws: Workstation,
    file: Path,
    *,
    session: Session | None,
    reason: str,
    comment: str = "",
    number: str = "",
) -> Recorded:
    """Sign the interception in `file` as the next revision.

    `number` names the interception when the file names no `record_id`. `session` is who amends;
    None: the officer named in the file. The file of the revision in force changes nothing, even
    when its digest was not stored. Raises what `record_file` and `amend` raise, `FileRefused` for
    another file with the same content, `NotFound` for an interception that is not here.
    """
    source = read_source(file)
    record = _record(ws, source, number)
    case = cases.read(ws.db, record)
    revision = case.current.body.revision
    known = recorded_files.digests(ws.db, record).get(revision)
    if known == source.digest:
        return Recorded(case.number, record, before=True)
    if says(ws, source, case.current):
        if known is None:
            return Recorded(case.number, record, before=True)
        raise FileRefused(
            mark("changes nothing: revision {revision} of {number} has the same content"),
            about=str(file),
            hint=mark("Change the values to be amended in the file, or do not amend."),
            revision=revision,
            number=case.number,
        )
    recorded = cases.with_nominal(ws.db, case.current.entry, case.current.body)
    checklist = source.checklist(ws, unnamed=recorded.pack)
    with photos_of(ws, source) as taken:
        now = ws.now()
        seized = recorded.occasion.seized_at or now
        ground = opening(ws.station, checklist, recorded.officer or "", seized, source.document)
        document, faults = with_case(ws, over(ground, source.document, empty_too=False))
        document |= {"record_id": str(record), "photos": taken.listed}
        draft = Draft(
            record=record,
            document=document,
            pack=PackRef(id=checklist.pack.id, version=checklist.pack.version),
            amends=case.current.entry,
            begun_at=now,
            saved_at=now,
        )
        remarks = judged(ws, draft, checklist, [*taken.faults, *faults], file)
        changes = amend_at_once(
            ws,
            draft,
            session or Session(str(document["officer"])),
            reason,
            comment,
            also=lambda db: recorded_files.put(db, record, revision + 1, source.digest),
        )
    return Recorded(changes.number, record, before=False, remarks=remarks)


def _record(ws: Workstation, source: RecordSource, number: str) -> RecordId:
    named = source.named
    if not number and named is None:
        raise FileRefused(
            mark("has no record_id, so it is not known which interception it amends"),
            about=str(source.file),
            hint=mark("Name the interception with --number."),
        )
    if not number and named is not None:
        return named
    found = records.find_number(ws.db, number)
    if named not in (None, found):
        raise FileRefused(
            mark("names the record_id of another interception than {number}"),
            about=str(source.file),
            hint=mark("Leave --number out, or correct the file."),
            number=number,
        )
    return found
