"""What is dropped and built anew from the journal is what had grown with it, whatever was done."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from acts.errors import DeedRefused
from acts.hub.acknowledge import acknowledge
from acts.hub.take_back import take_back
from acts.interception.add_photo import add_photo
from acts.interception.amend import amend, begin_amendment
from acts.interception.begin_draft import over
from acts.interception.cancel import cancel
from acts.interception.finalise import finalise
from acts.interception.review import review
from acts.interception.save_draft import save_draft
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from acts.station.forked import keep_on
from domain.encoding import to_plain
from domain.entry import sign
from domain.errors import RecordRefused
from domain.ids import RecordId
from domain.instant import ClockState
from domain.statement import Level
from storage import drafts, journal
from storage.cases import complete
from storage.cases import read as read_case
from storage.check import check
from storage.hub_memory import waiting_photos
from storage.projections.project import rebuild
from storage.projections.schema import TABLES
from storage.workstation import Workstation
from system.database import Connection
from system.errors import Damaged
from tests.builders import (
    NIGHT,
    OFFICER,
    SESSION,
    Place,
    a_document,
    a_draft,
    a_final,
    a_line,
    a_photo,
    a_statement,
)

Deed = Callable[[Workstation, RecordId, int], None]


def amended(ws: Workstation, record: RecordId, number: int) -> None:
    """Another amount, in another bag; another photo in place of the first one."""
    begin_amendment(ws, record)
    document: Any = drafts.draft(ws.db, record).document
    line = over(document["goods"][0], {"packs": str(50 + number), "bag_no": f"XB80{number:05d}"})
    line["quantity"] = str(14 * (50 + number))
    first, *rest = document["photos"]
    photo = add_photo(
        ws, a_photo(900 + number), file_name="again.jpg", role=first["role"], source="camera"
    )
    document |= {"goods": [line, *document["goods"][1:]], "photos": [to_plain(photo), *rest]}
    save_draft(ws, record, document)
    amend(ws, record, SESSION, "weighing_error", f"count {number}")


def reviewed(ws: Workstation, record: RecordId, number: int) -> None:
    review(ws, record, SESSION, approved=bool(number % 2), comment="count again")


def cancelled(ws: Workstation, record: RecordId, number: int) -> None:
    cancel(ws, record, SESSION, f"recorded twice {number}")


def handed_out(ws: Workstation, record: RecordId, number: int) -> None:
    receipt = issue_receipt(ws, record, SESSION).number
    for _ in range(number % 3):
        print_receipt(ws, receipt, SESSION, "file")


def signed_for(ws: Workstation, record: RecordId, number: int) -> None:
    """The hub signs for all that is there now."""
    acknowledge(ws, a_statement(ws, level=Level.RECEIVED))


DEEDS: tuple[Deed, ...] = (amended, reviewed, cancelled, handed_out, signed_for)


def contents(db: Connection) -> dict[str, list[Any]]:
    """The rows of every table that `rebuild` makes anew, in an order of their own."""
    held = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    held["record_words"] = db.execute("SELECT rowid, words FROM record_words").fetchall()
    return {table: sorted(rows, key=repr) for table, rows in held.items()}


def three_records(ws: Workstation) -> list[RecordId]:
    """One has two lines in two bags, one names persons, one is plain."""
    bags = [a_line(bag_no=f"XB81{n:05d}", packs=str(n + 1)) for n in range(2)]
    people = {"involved": 1, "parties": [{"role": "consignee", "name": "Ada Example"}]}
    return [
        a_final(ws),
        a_final(ws, a_document(goods=bags)),
        a_final(ws, a_document(persons=people)),
    ]


@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(DEEDS)), min_size=3, max_size=9))
def test_after_any_deeds_what_is_rebuilt_is_what_was_there(did: list[tuple[int, Deed]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Place(Path(folder) / "home").open() as ws:
        records = three_records(ws)
        for number, (which, deed) in enumerate(did):
            try:
                deed(ws, records[which], number)
            except DeedRefused:
                continue  # nothing may be done with one that was cancelled
        before = contents(ws.db)

        assert rebuild(ws.db, ws.checklist, lambda _: None) == len(list(journal.everything(ws.db)))

        assert contents(ws.db) == before
        assert check(ws).sound


def test_every_deed_leaves_rows_that_are_rebuilt(ws: Workstation) -> None:
    """Each deed in a fixed order; no table is empty, so none is compared with nothing."""
    first, second, third = three_records(ws)
    for number, record in enumerate((first, second, third)):
        handed_out(ws, record, 2)
        amended(ws, record, number)
    signed_for(ws, first, 0)
    reviewed(ws, second, 1)
    cancelled(ws, third, 0)
    before = contents(ws.db)
    assert {table for table in TABLES if not before[table]} == set()

    rebuild(ws.db, ws.checklist, lambda _: None)

    assert contents(ws.db) == before


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_lost_its_rows_has_them_again(ws: Workstation, table: str) -> None:
    for record in three_records(ws):
        handed_out(ws, record, 2)
    before = contents(ws.db)
    ws.db.execute(f"DELETE FROM {table}")
    assert contents(ws.db) != before

    rebuild(ws.db, ws.checklist, lambda _: None)

    assert contents(ws.db) == before


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("bag", "('XB9999999', 'nobody', 'nothing')"),
        ("paper", "(x'00', 'R', 'nobody')"),
        ("given_number", "('XA-MCN1-2026-09999-0', 'seizure', 2026, 9999, 'nobody')"),
        ("record_photo", "('nobody', x'00')"),
        ("waiting", "(x'00', 'entry', 'nobody', 0)"),
    ],
)
def test_a_row_that_no_entry_tells_of_is_gone_after_a_rebuild(
    ws: Workstation, table: str, row: str
) -> None:
    a_final(ws)
    before = contents(ws.db)
    ws.db.execute(f"INSERT INTO {table} VALUES {row}")

    rebuild(ws.db, ws.checklist, lambda _: None)

    assert contents(ws.db) == before


def test_a_bag_of_an_earlier_revision_stays_used_after_a_rebuild(ws: Workstation) -> None:
    record = a_final(ws, a_document(goods=[a_line(bag_no="XB0100001")]))
    amended(ws, record, 1)
    again = a_draft(ws, a_document(goods=[a_line(bag_no="XB0100001")]))

    rebuild(ws.db, ws.checklist, lambda _: None)

    with pytest.raises(RecordRefused, match="XA-MCN1-2026-00001"):
        finalise(ws, again, SESSION)


def test_a_photo_of_an_earlier_revision_still_waits_for_the_hub_after_a_rebuild(
    ws: Workstation,
) -> None:
    record = a_final(ws)
    named = {photo.sha256 for photo in complete(ws.db, record).photos}
    amended(ws, record, 1)

    rebuild(ws.db, ws.checklist, lambda _: None)

    assert named < set(waiting_photos(ws.db))


def test_names_that_are_not_those_that_were_signed_are_not_shown(ws: Workstation) -> None:
    record = a_final(ws)
    ws.db.execute("DROP TRIGGER nominal_is_never_changed")
    ws.db.execute("UPDATE nominal SET part = ?", (b'{"legal.grounds":"other words"}',))

    with pytest.raises(Damaged, match="were changed"):
        complete(ws.db, record)


def test_a_bag_of_a_rival_revision_that_is_not_in_force_is_used_too(ws: Workstation) -> None:
    """A copy of the folder was worked on: its revision came back and stands behind ours."""
    record = a_final(ws)
    first = journal.about(ws.db, str(record))[0]
    body = read_case(ws.db, record).current.body
    for number in range(2):
        amended(ws, record, number)
    line = msgspec.structs.replace(body.shared.goods[0], bag_no="XB0100009")
    shared = msgspec.structs.replace(body.shared, goods=(line,))
    rival = sign(
        ws.signing_key(),
        device=ws.device,
        after=first,
        at=NIGHT,
        clock=ClockState.UNKNOWN,
        actor=OFFICER,
        kind="interception.amended",
        subject=str(record),
        body=msgspec.structs.replace(body, revision=2, supersedes=first.hash, shared=shared),
    )

    take_back(ws, [rival])
    keep_on(ws)

    assert read_case(ws.db, record).current.body.revision == 3
    again = a_draft(ws, a_document(goods=[a_line(bag_no="XB0100009")]))
    with pytest.raises(RecordRefused, match="XA-MCN1-2026-00001"):
        finalise(ws, again, SESSION)
