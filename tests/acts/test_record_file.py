"""What a record file is compared with: other revisions, other branches, older folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from acts.errors import AlreadyRecorded, DeedRefused, InputRefused
from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import opening
from acts.interception.cancel import cancel
from acts.interception.record_file import record_file
from acts.interception.review import review
from acts.interception.save_draft import save_draft
from acts.session import Session
from domain.errors import RecordRefused
from domain.fold import Status
from domain.ids import RecordId
from domain.instant import ClockState, Instant
from domain.interception.normalise import normalise
from domain.interception.read import read
from storage import cases, drafts
from storage.keys import Passphrase
from storage.projections import numbers
from storage.projections.project import rebuild
from storage.workstation import Workstation, open_workstation
from system.database import transaction
from tests.builders import (
    NIGHT,
    OFFICER,
    SESSION,
    a_checklist,
    a_document,
    a_final,
    a_line,
    a_photo,
)

RECORD = str(RecordId.make(NIGHT, bytes(10)))


def a_file(folder: Path, **changes: Any) -> Path:
    """A record file that names its id, with two photos beside it."""
    photos = []
    for shade, role in ((10, "overview"), (20, "label")):
        (folder / f"{role}.jpg").write_bytes(a_photo(shade))
        photos.append({"file": f"{role}.jpg", "role": role, "caption": f"The {role}"})
    head = {"format": "tidewaiter-record/1", "pack": "SAMPLE-MED", "record_id": RECORD}
    file = folder / "one.json"
    party = {"role": "consignee", "name": "Ada Example"}
    ground = {"persons": {"involved": 1, "parties": [party]}, "photos": photos}
    file.write_text(json.dumps({**head, **a_document(**{**ground, **changes})}))
    return file


def forget(ws: Workstation) -> None:
    """As in a folder of an earlier version, or one restored from the hub."""
    with transaction(ws.db):
        ws.db.execute("DELETE FROM recorded_file")


def test_what_was_recorded_before_a_rule_is_still_read() -> None:
    """`read` compares files with old records: what only new records must keep is judged later."""
    photos = [{"captured_at": "yesterday"}]
    reading = read({"officer": "John Smith", "case_ref": "A\nB\u200b", "photos": photos})
    assert reading.faults == ()
    assert reading.interception.officer == "John Smith"
    assert reading.interception.case_ref == "A\nB\u200b"


def test_where_no_digest_is_kept_the_content_is_compared(ws: Workstation, tmp_path: Path) -> None:
    first = record_file(ws, a_file(tmp_path))
    forget(ws)
    again = record_file(ws, a_file(tmp_path))
    assert (again.number, again.before) == (first.number, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"case_ref": "7"},
        {"goods": [a_line(packs="41")]},
        {"persons": {"involved": 1, "parties": [{"role": "consignee", "name": "Bo Example"}]}},
        {"persons": {"involved": 1}},
        {"detection": {"methods": ["XRAY"], "bulletin": "B-1"}},
        {"goods": [a_line(packs="garbage")]},
        {"photos": []},
    ],
)
def test_where_no_digest_is_kept_other_content_is_refused(
    ws: Workstation, tmp_path: Path, changes: dict[str, Any]
) -> None:
    record_file(ws, a_file(tmp_path))
    forget(ws)
    with pytest.raises(AlreadyRecorded):
        record_file(ws, a_file(tmp_path, **changes))


def test_where_no_digest_is_kept_another_photo_is_refused(ws: Workstation, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    record_file(ws, file)
    forget(ws)
    (tmp_path / "label.jpg").write_bytes(a_photo(99))
    with pytest.raises(AlreadyRecorded):
        record_file(ws, file)


def test_the_defaults_are_those_of_the_post_that_is_named(ws: Workstation) -> None:
    ground: Any = opening(ws.station, a_checklist(), OFFICER, NIGHT, {"post": "APE"})
    assert ground["occasion"]["place_text"] == "Airport East, passengers"
    assert ground["occasion"]["unlocode"] == "XAAPE"
    assert ground["occasion"]["place_type"] == "airport_passenger"
    assert ground["consignment"] == {"mode": "air_passenger"}


@pytest.mark.parametrize(
    "elsewhere",
    [{"place_text": "Quay 3"}, {"unlocode": "GBLHR"}, {"latitude": 51.5, "longitude": 0}],
)
def test_another_place_gets_nothing_of_the_posts_place(
    ws: Workstation, elsewhere: dict[str, Any]
) -> None:
    ground: Any = opening(ws.station, a_checklist(), OFFICER, NIGHT, {"occasion": elsewhere})
    assert set(ground["occasion"]) == {"seized_at", "customs_direction"}


def test_a_bag_is_one_however_it_is_typed_and_stays_used_when_it_is_amended_away(
    ws: Workstation,
) -> None:
    record = a_final(ws, a_document(goods=[a_line(bag_no="xb 0100001")]))
    assert cases.complete(ws.db, record).goods[0].bag_no == "XB0100001"
    begin_amendment(ws, record)
    held = drafts.draft(ws.db, record).document
    save_draft(ws, record, {**held, "goods": [a_line(bag_no="XB0100002")]})
    amend(ws, record, SESSION, "typing_error")
    rebuild(ws.db, ws.checklist, lambda _: None)
    for typed in ("XB-0100001", "xb0100002"):
        with pytest.raises(RecordRefused, match="was used in XA-MCN1-"):
            a_final(ws, a_document(goods=[a_line(bag_no=typed)]))


def test_a_bag_of_an_old_folder_is_compared_in_its_one_form(tmp_path: Path) -> None:
    old = Path(__file__).resolve().parents[1] / "old" / "0.1" / "workstation"
    home = Path(shutil.copytree(old, tmp_path / "home"))
    with open_workstation(home, Passphrase("old sample passphrase")) as ws:
        assert numbers.used_bags(ws.db, ["xb 0100002"], besides=None) != {}


def test_settling_twice_changes_nothing() -> None:
    once = normalise(read(a_document()).interception, a_checklist(), ClockState.TRUSTED)
    assert normalise(once, a_checklist(), ClockState.TRUSTED) == once
    assert Instant.parse(str(once.occasion.seized_at)) == NIGHT


def test_nothing_is_signed_with_a_name(ws: Workstation) -> None:
    record = a_final(ws, a_document())
    with pytest.raises(InputRefused, match="is not a badge number"):
        review(ws, record, Session("John Smith"), approved=True)
    with pytest.raises(InputRefused, match="is not a badge number"):
        cancel(ws, record, Session("Smith, John"), "recorded twice")
    assert cases.read(ws.db, record).status is Status.FINAL


def test_a_revision_is_approved_once(ws: Workstation) -> None:
    record = a_final(ws, a_document())
    review(ws, record, SESSION, approved=True)
    with pytest.raises(DeedRefused, match="approved already"):
        review(ws, record, SESSION, approved=True)
    review(ws, record, SESSION, approved=False, comment="weigh again")
    review(ws, record, SESSION, approved=True)
    assert cases.read(ws.db, record).status is Status.APPROVED
