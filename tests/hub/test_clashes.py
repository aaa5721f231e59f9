"""A number that two records have is shown, and said to whoever gave it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cli.sync import _warnings
from domain.entry import Entry
from domain.ids import RecordId
from domain.interception.conveyance import Consignment
from domain.interception.goods import GoodsLine
from domain.kinds import InterceptionFinalised
from domain.statement import GivenTwice
from hub.codes import fresh_code
from hub.listing import listings
from hub.numbers import NumberKind
from hub.store.sql import entries, numbers
from hub.store.sqlite.database import SqliteDatabase
from storage.workstation import Workstation
from sync.http.enrol import enrol
from tests.builders import Place, a_final
from tests.hub.conftest import Running
from tests.hub.station import Station, an_interception
from tests.sync.conftest import brought

pytestmark = pytest.mark.rows

OLD = Path(__file__).parents[1] / "old" / "0.1" / "hub" / "hub.db"
NO_ITEM = Consignment(mode="mail")


def in_bag(number: str) -> dict[str, object]:
    """Fields of a record whose goods are in that bag."""
    return {"goods": (GoodsLine(description="capsules", bag_no=number),), "consignment": NO_ITEM}


def pages(station: Station, *entries: Entry) -> list[str]:
    """The list, and the page of each record."""
    paths = ["/", *(f"/interceptions/{entry.head.subject}" for entry in entries)]
    return [station.page(path).text for path in paths]


def test_a_bag_in_two_records_is_shown_however_it_was_typed(running: Running) -> None:
    first, second = running.station(1), running.station(2)
    one, other = first.finalise(**in_bag("XB0100001")), second.finalise(**in_bag("xb 0100001"))
    first.send()
    assert "used twice" not in pages(first)[0]
    second.send()
    shown, page, other_page = pages(first, one, other)
    assert shown.count("● bag number used twice") == 2
    assert f'XB0100001</b> is also in <a href="/interceptions/{other.head.subject}">' in page
    assert f'<a href="/interceptions/{one.head.subject}">XA-MCN1-2026-000001</a>' in other_page


def test_a_postal_item_seen_before_is_shown(running: Running) -> None:
    station = running.station()
    for item in ("RR123456785GB", "rr 123 456 785 gb"):
        station.finalise(consignment=Consignment(mode="mail", postal_item_id=item))
    station.send()
    shown, page = pages(station, station.chain[1])
    assert shown.count("● postal item seen before") == 2
    assert "RR123456785GB</b> is also in" in page


def amend(station: Station, first: Entry, **fields: object) -> None:
    record = RecordId(first.head.subject)
    body = InterceptionFinalised(
        record=record,
        number="XA-MCN1-2026-000001",
        revision=2,
        supersedes=first.hash,
        reason="other",
        shared=an_interception(record_id=record, **fields),
    )
    station.add("interception.amended", str(record), body)


def test_a_bag_number_put_right_clashes_no_more(running: Running) -> None:
    station = running.station()
    first = station.finalise(**in_bag("XB0100001"))
    station.finalise(**in_bag("XB0100001"))
    station.send()
    assert "used twice" in pages(station)[0]
    amend(station, first, **in_bag("XB0100007"))
    station.send()
    assert "used twice" not in pages(station)[0]
    assert "XB0100001" not in station.page("/clashes").text


def clone_of(station: Station, running: Running) -> Station:
    """A workstation that gives the same numbers, enrolled before that was refused."""
    twin = Station(running.url, 9, pages=running.pages, number=8)
    twin.enrol(fresh_code(running.hub))
    twin.number = station.number
    with running.hub.database.writing() as rows:
        rows.execute("UPDATE device SET station = ? WHERE station = 8", (station.number,))
    return twin


def test_a_seizure_number_given_twice_is_shown_and_signed(running: Running) -> None:
    station = running.station()
    twin = clone_of(station, running)
    one, other = station.finalise(consignment=NO_ITEM), twin.finalise(consignment=NO_ITEM)
    assert station.send().given_twice == ()
    said = twin.send()
    assert said.given_twice == (GivenTwice("XA-MCN1-2026-000001", station.device),)
    again = station.read(station.http.get(f"/api/devices/{station.device}/tips"))
    assert again.given_twice == (GivenTwice("XA-MCN1-2026-000001", twin.device),)
    shown, page, _ = pages(station, one, other)
    assert shown.count("● number given twice") == 2
    assert f"/interceptions/{other.head.subject}" in page
    assert station.page("/devices").text.count("● same post and number as") == 2


def test_a_number_that_was_not_given_twice_is_not_said_to_be(running: Running) -> None:
    station = running.station()
    for _ in range(3):
        station.finalise()
    assert station.send().given_twice == ()
    assert "number given twice" not in pages(station)[0]
    assert "same post and number" not in station.page("/devices").text


@pytest.fixture
def ws(tmp_path: Path) -> Workstation:
    """A workstation with one final interception."""
    ws = Place(tmp_path / "home").open()
    a_final(ws)
    return ws


def test_sync_names_the_number_that_another_workstation_gave_too(
    running: Running, ws: Workstation
) -> None:
    enrol(ws, running.url, fresh_code(running.hub))
    first = brought(ws)
    assert list(_warnings(first)) == []
    with running.hub.database.reading() as rows:
        (number,) = rows.execute("SELECT number FROM interception").fetchone()
    other = running.station(7)
    record = RecordId.make(ws.now(), bytes(10))
    body = InterceptionFinalised(
        record=record, number=number, revision=1, shared=an_interception(record_id=record)
    )
    other.add("interception.finalised", str(record), body)
    other.send()
    outcome = brought(ws)
    ws.close()
    (warning,) = _warnings(outcome)
    assert number in warning
    assert str(other.device) in warning
    assert outcome.complete


def test_records_that_an_older_hub_held_are_compared_too(tmp_path: Path) -> None:
    database = SqliteDatabase(Path(shutil.copy(OLD, tmp_path / "hub.db")))
    with database.reading() as rows:
        found = rows.execute("SELECT kind, number FROM used_number ORDER BY number").fetchall()
    named = {number for _, number in found}
    assert {"XA-MCN1-2026-00001-3", "XA-MCN1-2026-00002-1"} <= named
    assert any(kind == "bag" for kind, _ in found)
    with database.writing() as rows:
        for (subject,) in rows.execute("SELECT record FROM interception").fetchall():
            made = listings(subject, entries.about(rows, [subject])[subject], (), 0)
            numbers.put(rows, {each.row.record: each.numbers for each in made}, [subject])
    with database.reading() as rows:
        again = rows.execute("SELECT kind, number FROM used_number ORDER BY number").fetchall()
    database.close()
    assert again == found


@pytest.mark.sqlite
def test_what_every_answer_asks_about_numbers_does_not_grow_with_the_records(
    running: Running,
) -> None:
    """The index of the few shared numbers is read, not one that has a row for every record."""
    with running.hub.database.reading() as rows:
        question = f"EXPLAIN QUERY PLAN {numbers.GIVEN_TWICE}"
        steps = [step[3] for step in rows.execute(question, ("d", "seizure", 20))]
    assert "used_number_shared" in steps[0]
    assert all(step.startswith("SEARCH") and "kind=? AND number" in step for step in steps[2:3])


@pytest.mark.sqlite
def test_a_word_in_place_of_a_number_costs_no_more_when_very_many_records_have_it(
    running: Running,
) -> None:
    few, many = ((NumberKind.ITEM, word) for word in ("NONE", "NIL"))
    assert steps_of_one_more(running, many, 400) <= 2 * steps_of_one_more(running, few, 4)


def steps_of_one_more(running: Running, name: tuple[NumberKind, str], before: int) -> int:
    """What the numbers of a record cost when so many have this one, in tens of instructions of the
    database.
    """
    made: list[None] = []
    with running.hub.database.writing() as rows:
        for count in range(before):
            numbers.put(rows, {f"record {before} {count}": frozenset([name])}, ())
        connection: Any = rows
        connection.set_progress_handler(lambda: made.append(None), 10)
        numbers.put(rows, {f"record {before}": frozenset([name])}, ())
        connection.set_progress_handler(None, 0)
    return len(made)
