"""An interception becomes final: all faults at once, then numbered, chained, signed, for ever."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from acts.errors import DeedRefused, InputRefused
from acts.interception.add_photo import add_photo
from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import begin_draft, over
from acts.interception.cancel import cancel
from acts.interception.finalise import finalise
from acts.interception.record_file import record_file
from acts.interception.review import review
from acts.interception.save_draft import discard_draft, save_draft
from acts.session import Session
from domain.document import Document, value_at
from domain.errors import RecordRefused
from domain.fold import Status
from domain.ids import PhotoHash, RecordId
from domain.kinds import InterceptionFinalised, body_of
from storage import cases, drafts, journal
from storage.errors import NotFound, SeveralFound
from storage.projections import records
from storage.projections.project import rebuild
from storage.workstation import Workstation
from tests.builders import SESSION, Place, a_document, a_draft, a_final, a_line, a_photo


def test_numbers_rise_without_a_gap_and_the_draft_is_gone(ws: Workstation) -> None:
    numbers = []
    for _ in range(3):
        record = a_draft(ws)
        numbers.append(finalise(ws, record, SESSION).number)

    assert [number[:18] for number in numbers] == [f"XA-MCN1-2026-0000{n}" for n in (1, 2, 3)]
    assert drafts.drafts(ws.db) == ()
    assert [row.number for row in records.page(ws.db).rows] == numbers[::-1]


def test_a_new_year_begins_with_one(place: Place) -> None:
    with place.open() as ws:
        a_final(ws)
        place.clock.go(60 * 24 * 60)
        seized = over(a_document(), {"occasion": {"seized_at": str(place.clock())}})
        a_final(ws, seized)

        assert [row.number[:18] for row in records.page(ws.db).rows] == [
            "XA-MCN1-2027-00001",
            "XA-MCN1-2026-00001",
        ]


def test_all_faults_are_told_at_once_and_nothing_changes(ws: Workstation) -> None:
    before = journal.head_hash(ws.db)
    record = begin_draft(ws, ws.checklists()[0], SESSION)
    wrong: Document = {
        "consignment": {"mode": "mail", "postal_item_id": "RR473124828GB"},
        "goods": [a_line(unit="litre", packs="x"), {"category": "NO_SUCH"}],
        "legal": {"grounds": "too short"},
        "surprise": 1,
    }
    save_draft(ws, record, over(drafts.draft(ws.db, record).document, wrong))

    with pytest.raises(RecordRefused) as refused:
        finalise(ws, record, SESSION)

    paths = {fault.path for fault in refused.value.faults}
    assert paths >= {
        "surprise",
        "consignment.postal_item_id",
        "goods.0.unit",
        "goods.0.packs",
        "goods.1.category",
        "goods.1.reasons",
        "legal.grounds",
        "legal.legal_basis",
        "detection.methods",
        "route.dispatch_country",
        "photos",
    }
    assert journal.head_hash(ws.db) == before
    assert value_at(drafts.draft(ws.db, record).document, "goods.0.packs") == "x"


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"occasion": {"seized_at": "2026-11-23T09:00+01:00"}}, "occasion.seized_at", "future"),
        ({"occasion": {"seized_at": "yesterday"}}, "occasion.seized_at", "offset"),
        ({"route": {"dispatch_country": "QQ"}}, "route.dispatch_country", "not on the list"),
        ({"goods": [a_line(packs="0")]}, "goods.0.quantity", "greater than zero"),
        ({"goods": [a_line(quantity="559")]}, "goods.0.quantity", "40 packs of 14 are 560"),
        ({"goods": [a_line(units_per_pack=None, packs=None, quantity="1.5")]},
         "goods.0.quantity", "whole numbers"),
        ({"goods": [a_line(unit="litre")]}, "goods.0.unit", "not counted in litre"),
        ({"goods": [a_line(description="Various.")]}, "goods.0.description", "does not describe"),
        ({"goods": [a_line(gross_weight_kg="1", net_weight_kg="2")]},
         "goods.0.net_weight_kg", "more than the gross"),
        ({"goods": [a_line(value="10")]}, "goods.0.currency", "missing"),
        ({"persons": {"involved": "1", "detained": "2"}}, "persons.detained", "more detained"),
        ({"consignment": {"mode": "express"}}, "consignment.courier_awb", "missing"),
        ({"remarks": "a\u202eb"}, "remarks", "hidden character"),
        ({"goods": [a_line(quantity="1,000", packs=None, units_per_pack=None)]},
         "goods.0.quantity", "one thousand or one"),
    ],
)  # fmt: skip
def test_each_impossible_value_is_named_with_its_field(
    ws: Workstation, changes: dict[str, Any], path: str, words: str
) -> None:
    record = a_draft(ws, over(a_document(), changes))

    with pytest.raises(RecordRefused) as refused:
        finalise(ws, record, SESSION)

    assert [words in str(fault) for fault in refused.value.faults if fault.path == path] == [True]


def test_a_wrong_check_digit_is_kept_when_the_officer_saw_it_on_the_label(
    ws: Workstation,
) -> None:
    kept = {
        "consignment": {
            "postal_item_id": "RR473124828GB",
            "as_seen_on_label": ["consignment.postal_item_id"],
        }
    }

    record = a_final(ws, over(a_document(), kept))

    consignment = cases.complete(ws.db, record).consignment
    assert consignment.postal_item_id == "RR473124828GB"
    assert consignment.as_seen_on_label == ("consignment.postal_item_id",)


def test_a_bag_is_used_once_for_ever(ws: Workstation) -> None:
    first = a_final(ws, a_document(goods=[a_line(bag_no="TW-0093311")]))
    second = a_draft(ws, a_document(goods=[a_line(bag_no="TW-0093311")]))

    with pytest.raises(RecordRefused, match=records.row(ws.db, first).number):
        finalise(ws, second, SESSION)


def test_a_photo_that_is_not_in_the_store_keeps_the_record_from_being_final(
    ws: Workstation,
) -> None:
    record = a_draft(ws)
    document: Any = drafts.draft(ws.db, record).document
    document["photos"][0]["sha256"] = str(PhotoHash.of(b"elsewhere"))
    save_draft(ws, record, document)

    with pytest.raises(RecordRefused, match="not at this workstation"):
        finalise(ws, record, SESSION)


def test_names_are_beside_the_entry_and_not_in_it(ws: Workstation) -> None:
    named = {"persons": {"parties": [{"role": "consignee", "name": "Planted Name"}]}}
    record = a_final(ws, over(a_document(), named))

    entry = journal.about(ws.db, str(record))[0]

    assert b"Planted" not in entry.bytes
    assert b"hand cream" not in entry.bytes
    assert body_of(entry, InterceptionFinalised).nominal is not None
    complete = cases.complete(ws.db, record)
    assert complete.persons.parties[0].name == "Planted Name"
    assert complete.legal.grounds is not None
    assert [row.record for row in records.page(ws.db, search="planted").rows] == [record]


def test_an_amendment_supersedes_and_both_stay(ws: Workstation) -> None:
    record = a_final(ws)
    number = records.row(ws.db, record).number
    begin_amendment(ws, record)
    document: Any = drafts.draft(ws.db, record).document
    document["goods"][0] |= {"packs": 41, "quantity": 574}
    save_draft(ws, record, document)

    amend(ws, record, SESSION, "weighing_error", "one blister under the flap")

    case = cases.read(ws.db, record)
    assert [revision.body.revision for revision in case.revisions] == [1, 2]
    assert case.current.body.supersedes == case.revisions[0].entry
    assert (case.status, case.number) == (Status.AMENDED, number)
    assert cases.complete(ws.db, record).goods[0].packs == 41
    assert cases.complete(ws.db, record).legal.grounds == a_document()["legal"]["grounds"]


def test_a_supervisor_returns_approves_and_a_mistake_is_cancelled(ws: Workstation) -> None:
    record = a_final(ws)

    with pytest.raises(InputRefused, match="comment"):
        review(ws, record, Session("9001"), approved=False)
    review(ws, record, Session("9001"), approved=False, comment="640 kg? grams")
    assert records.row(ws.db, record).status is Status.RETURNED
    review(ws, record, Session("9001"), approved=True)
    assert records.row(ws.db, record).status is Status.APPROVED
    cancel(ws, record, Session("9001"), "recorded twice")
    assert records.row(ws.db, record).status is Status.CANCELLED
    with pytest.raises(DeedRefused, match="cancelled"):
        begin_amendment(ws, record)


def test_a_draft_that_is_thrown_away_cannot_be_made_final(ws: Workstation) -> None:
    record = a_draft(ws)
    discard_draft(ws, record)

    with pytest.raises(NotFound, match="no draft"):
        finalise(ws, record, SESSION)


def test_projections_that_are_dropped_come_back_the_same(ws: Workstation) -> None:
    for n in range(3):
        a_final(ws, a_document(goods=[a_line(bag_no=f"TW-{n}")]))
    cancel(ws, records.page(ws.db).rows[0].record, SESSION, "twice")
    before = records.page(ws.db).rows
    told: list[int] = []

    count = rebuild(ws.db, ws.checklist, told.append)

    assert records.page(ws.db).rows == before
    assert records.page(ws.db, search="TW-1").rows == before[1:2]
    assert told[-1] == count == 9


def test_a_photo_twice_is_one_photo(ws: Workstation) -> None:
    first = add_photo(ws, a_photo(7), file_name="a.jpg", role="label", source="camera")
    second = add_photo(ws, a_photo(7), file_name="b.jpg", role="label", source="file")

    assert first.sha256 == second.sha256
    assert len(ws.photos.names()) == 1


def test_a_draft_that_amends_is_never_made_a_second_interception(ws: Workstation) -> None:
    record = a_final(ws)
    begin_amendment(ws, record)

    with pytest.raises(DeedRefused):
        finalise(ws, record, SESSION)

    assert len(cases.read(ws.db, record).revisions) == 1


def test_an_amendment_that_was_begun_is_gone_on_with(ws: Workstation) -> None:
    record = a_final(ws)
    begin_amendment(ws, record)
    typed = over(drafts.draft(ws.db, record).document, {"case_ref": "half typ"})
    save_draft(ws, record, typed)

    begin_amendment(ws, record)

    assert drafts.draft(ws.db, record).document["case_ref"] == "half typ"


def test_the_reason_of_an_amendment_is_one_of_the_list(ws: Workstation) -> None:
    record = a_final(ws)
    begin_amendment(ws, record)
    with pytest.raises(InputRefused):
        amend(ws, record, SESSION, "because")


def test_a_file_never_overwrites_what_is_being_typed_under_its_id(
    ws: Workstation, tmp_path: Path
) -> None:
    record = a_draft(ws)
    before = drafts.draft(ws.db, record)
    file = tmp_path / "record.json"
    held = {name: value for name, value in before.document.items() if name != "record_id"}
    file.write_text(json.dumps({**held, "pack": "SAMPLE-MED", "record_id": str(record)}))

    with pytest.raises(DeedRefused):
        record_file(ws, file)

    assert drafts.draft(ws.db, record) == before


def test_two_drafts_of_one_bag_finalised_at_once_make_one_interception(ws: Workstation) -> None:
    bagged = over(a_document(), {"goods": [a_line(bag_no="XA 0099")]})
    waiting = [a_draft(ws, bagged) for _ in range(2)]

    def one(record: RecordId) -> bool:
        try:
            finalise(ws, record, SESSION)
        except RecordRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(one, waiting))

    assert sorted(done) == [False, True]
    assert len(records.page(ws.db).rows) == 1


def test_a_number_that_a_branched_journal_gave_twice_is_asked_about(ws: Workstation) -> None:
    first, second = a_final(ws), a_final(ws)
    number = records.row(ws.db, first).number
    ws.db.execute(
        "INSERT INTO given_number SELECT ?, series, year, serial, ? FROM given_number"
        " WHERE record = ?",
        (number, str(second), str(first)),
    )

    with pytest.raises(SeveralFound, match=str(second)):
        records.find_number(ws.db, number)
    assert records.find_number(ws.db, str(second)) == second


def test_a_file_that_is_no_picture_is_kept_only_from_beside_the_record(
    ws: Workstation, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("not for the hub")
    folder = tmp_path / "records"
    folder.mkdir()
    photo = {"file": "../secret.txt", "role": "overview", "keep": True}
    document = {"pack": "SAMPLE-MED", **a_document(), "photos": [photo]}
    file = folder / "r.json"
    file.write_text(json.dumps(document))

    with pytest.raises(RecordRefused, match="from the folder of the record"):
        record_file(ws, file)

    assert ws.photos.names() == ()
