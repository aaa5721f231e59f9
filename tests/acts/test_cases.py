"""Several interceptions of one find are one case, whose id is the record id of the first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from acts.errors import AlreadyRecorded, FileRefused
from acts.interception.amend import amend, begin_amendment
from acts.interception.amend_file import amend_file
from acts.interception.begin_of_find import begin_of_find
from acts.interception.record_file import Recorded, record_file
from acts.interception.save_draft import save_draft
from acts.session import Session
from domain.document import part_at, texts_at
from domain.encoding import to_plain
from domain.errors import RecordRefused
from domain.ids import RecordId
from domain.instant import Instant
from domain.pack.checklist import Checklist
from storage import cases, drafts
from storage.projections import records
from storage.workstation import Workstation
from tests.builders import SESSION, a_document, a_draft, a_final, a_photo

ELSEWHERE = str(RecordId.make(Instant.parse("2026-11-01T00:00:00Z"), bytes(10)))


def checklists(ws: Workstation) -> tuple[Checklist, Checklist]:
    """That of medicines, and that of drugs."""
    held = {checklist.pack.id: checklist for checklist in ws.checklists()}
    return held["SAMPLE-MED"], held["SAMPLE-SYN"]


class Files:
    """Record files, and the workstation that records them."""

    def __init__(self, ws: Workstation, folder: Path) -> None:
        self.ws, self.folder = ws, folder
        self.count = 0

    def write(self, **changes: Any) -> Path:
        """A file; each has its own photos."""
        self.count += 1
        photos = []
        for shade, role in ((self.count, "overview"), (100 + self.count, "label")):
            name = f"{role}-{self.count}.jpg"
            (self.folder / name).write_bytes(a_photo(shade))
            photos.append({"file": name, "role": role})
        head = {"format": "tidewaiter-record/1", "pack": "SAMPLE-MED", "photos": photos}
        file = self.folder / f"{self.count}.json"
        file.write_text(json.dumps({**head, **a_document(**changes)}))
        return file

    def record(self, same_find: str | None = None, **changes: Any) -> Recorded:
        """Record a new file."""
        return record_file(self.ws, self.write(**changes), same_find=same_find)

    def case(self, one: Recorded) -> RecordId | None:
        """The case that the interception names."""
        return cases.read(self.ws.db, one.record).interception.case


@pytest.fixture
def files(ws: Workstation, tmp_path: Path) -> Files:
    return Files(ws, tmp_path)


def faults(error: pytest.ExceptionInfo[RecordRefused]) -> list[tuple[str, str]]:
    return [(fault.path, fault.kind.code) for fault in error.value.faults]


def test_a_file_names_the_case_by_the_number_of_any_of_its_interceptions(files: Files) -> None:
    first = files.record()
    second = files.record(case=first.number)
    third = files.record(same_find=second.number)
    by_id = files.record(case=str(third.record))
    assert files.case(first) is None, "what is final is not rewritten"
    assert {files.case(each) for each in (second, third, by_id)} == {first.record}
    assert files.case(files.record(case=ELSEWHERE)) == RecordId(ELSEWHERE), "of another workstation"


def test_a_file_that_names_no_interception_as_its_case_is_refused(files: Files) -> None:
    with pytest.raises(RecordRefused) as error:
        files.record(case="XA-MCN1-2026-00042-K")
    assert faults(error) == [("case", "case_unknown")]
    itself = files.write(case=ELSEWHERE, record_id=ELSEWHERE)
    with pytest.raises(RecordRefused) as error:
        record_file(files.ws, itself)
    assert faults(error) == [("case", "case_is_itself")]


def test_the_same_file_again_for_another_find_is_not_passed_over(files: Files) -> None:
    first, other = files.record(), files.record()
    file = files.write()
    record_file(files.ws, file, same_find=first.number)
    assert record_file(files.ws, file, same_find=first.number).before
    with pytest.raises(AlreadyRecorded, match="not of that find"):
        record_file(files.ws, file, same_find=other.number)
    with pytest.raises(FileRefused, match="names its case itself"):
        record_file(files.ws, files.write(case=first.number), same_find=first.number)


def test_an_amendment_sets_the_case_and_clears_it(files: Files) -> None:
    first, forgotten = files.record(), files.record()
    file = files.write(case=first.number, remarks="Of the same parcel.")

    def sign(file: Path) -> RecordId | None:
        amend_file(files.ws, file, session=SESSION, reason="other", comment="Same parcel.",
                   number=forgotten.number)  # fmt: skip
        return files.case(forgotten)

    assert sign(file) == first.record
    assert sign(files.write(remarks="Of another parcel.")) is None


def test_the_first_of_a_case_joins_no_other(files: Files) -> None:
    ws, first, other = files.ws, files.record(), files.record()
    second = files.record(case=first.number)
    begin_amendment(ws, first.record)
    document = drafts.draft(ws.db, first.record).document | {"case": str(other.record)}
    save_draft(ws, first.record, document)
    with pytest.raises(RecordRefused, match=second.number) as error:
        amend(ws, first.record, SESSION, "other", "One more parcel.")
    assert faults(error) == [("case", "first_of_others")]


def test_a_case_has_its_interceptions_and_its_drafts(ws: Workstation) -> None:
    first, alone = a_final(ws), a_final(ws)
    second = a_final(ws, a_document(case=str(first)))
    draft = a_draft(ws, a_document(case=str(first)))
    assert [row.record for row in records.of_case(ws.db, first, besides=first)] == [second]
    assert [row.record for row in records.of_case(ws.db, first, besides=second)] == [first]
    assert [each.record for each in drafts.of_case(ws.db, first, besides=first)] == [draft]
    assert records.of_case(ws.db, alone, besides=alone) == ()
    found = records.page(ws.db, search=records.row(ws.db, second).number).rows
    assert {row.record for row in found} == {first, second}, "a number finds all of its case"
    assert len(records.page(ws.db, search="capsules").rows) == 3


def test_another_record_of_the_find_begins_with_what_holds_for_both(ws: Workstation) -> None:
    medicines, drugs = checklists(ws)
    detection = {"methods": ["XRAY"], "field_test": {"kit": "Marquis", "result": "negative"}}
    persons = {"involved": 1, "parties": [{"role": "consignee", "name": "Ada Example"}]}
    first = a_final(
        ws,
        a_document(
            case_ref="2026/7",
            detection=detection,
            persons=persons,
            remarks="Seen.",
            consignment={
                "postal_item_id": "RR 473 124 820 GB",
                "as_seen_on_label": ["consignment.postal_item_id"],
            },
        ),
    )
    begun = begin_of_find(ws, first, drugs, Session("4431"))
    draft, was = drafts.draft(ws.db, begun.record), to_plain(cases.complete(ws.db, first))
    assert draft.pack.id == "SAMPLE-SYN"
    for part in ("post", "case_ref", "consignment", "route", "persons"):
        assert draft.document[part] == was[part], part
    assert draft.document["occasion"] == {
        name: value for name, value in part_at(was, "occasion").items() if name != "clock_state"
    }
    assert draft.document["detection"] == {"methods": ["XRAY"]}, "a test is of its goods"
    assert draft.document["legal"] == {"action": "seizure"}, "as every record begins"
    assert (draft.document["case"], draft.document["officer"]) == (str(first), "4431")
    assert not {"goods", "photos", "remarks"} & set(draft.document)
    third = begin_of_find(ws, begun.record, medicines, SESSION)
    assert drafts.draft(ws.db, third.record).document["case"] == str(first), "one level only"


def test_what_another_checklist_lacks_or_means_otherwise_is_left_out(ws: Workstation) -> None:
    medicines, drugs = checklists(ws)
    detection = {"methods": ["XRAY"], "indicators": ["R1", "D1", "T1"]}
    draft = a_draft(ws, a_document(detection=detection))
    begun = begin_of_find(ws, draft, drugs, SESSION)
    indicators = texts_at(drafts.draft(ws.db, begun.record).document, "detection.indicators")
    assert indicators == ["R1"]
    words = [str(line) for line in begun.left_out]
    assert words == [
        f"Risk indicators: {medicines.label('indicators', code, 'en')}" for code in ("D1", "T1")
    ]
    same = begin_of_find(ws, draft, medicines, SESSION)
    assert same.left_out == ()
    assert drafts.draft(ws.db, same.record).document["detection"] == detection
