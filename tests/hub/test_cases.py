"""Headquarters counts cases and interceptions: several interceptions may be of one find."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
import pytest

from domain.entry import Entry
from domain.ids import RecordId
from domain.interception.conveyance import Consignment
from domain.interception.record import PackRef
from domain.kinds import InterceptionFinalised, read_body
from hub.store.sqlite.migrations import STEPS
from system.database.header import set_schema_version
from tests.hub.conftest import Running, run_hub
from tests.hub.station import Station, an_interception

pytestmark = pytest.mark.rows

CASES = "m0010_cases"
PARCEL = Consignment(mode="mail", postal_item_id="RR123456785GB")
DRUGS = PackRef(id="SAMPLE-SYN", version="2.0.0")


def record_of(entry: Entry) -> RecordId:
    return RecordId(entry.head.subject)


def number_of(entry: Entry) -> str:
    body = read_body(entry)
    assert isinstance(body, InterceptionFinalised)
    return body.number


def amended(station: Station, entry: Entry, case: RecordId | None) -> Entry:
    """The next revision of an interception, of that case."""
    body, record = read_body(entry), record_of(entry)
    assert isinstance(body, InterceptionFinalised)
    return station.add(
        "interception.amended",
        str(record),
        InterceptionFinalised(
            record=record,
            number=body.number,
            revision=body.revision + 1,
            supersedes=entry.hash,
            reason="other",
            shared=an_interception(record_id=record, case=case),
        ),
    )


def read(running: Running, path: str) -> str:
    answer = httpx2.get(running.pages + path, timeout=30)
    assert answer.status_code == 200
    return answer.text


def listed(page: str) -> set[str]:
    """The records in a list."""
    return set(re.findall(r'data-record="([^"]+)"', page))


def test_the_pages_show_and_count_cases_beside_interceptions(running: Running) -> None:
    station = running.station()
    first = station.finalise(consignment=PARCEL)
    second = station.finalise(consignment=PARCEL, case=record_of(first), pack=DRUGS)
    alone = station.finalise(consignment=Consignment(mode="mail"))
    station.send()
    page = read(running, "/")
    assert "3 interceptions</span>" in page
    assert "2 cases</span>" in page
    assert page.count("case of 2 interceptions") == 2
    assert "postal item seen before" not in page, "it is the same parcel"
    assert "RR123456785GB" not in read(running, "/clashes")
    one = read(running, f"/?case={first.head.subject}")
    assert listed(one) == {first.head.subject, second.head.subject}
    assert "2 interceptions of one find" in one
    for entry, other in ((first, second), (second, first)):
        page = read(running, f"/interceptions/{entry.head.subject}")
        assert "Other interceptions of this find" in page
        assert f'href="/interceptions/{other.head.subject}">{number_of(other)}</a>' in page
    assert "Other interceptions" not in read(running, f"/interceptions/{alone.head.subject}")
    assert httpx2.get(f"{running.pages}/?case={'x' * 81}").status_code == 400

    amended(station, alone, record_of(first))
    station.send(station.chain[-1:])
    assert "1 case</span>" in read(running, "/")
    page = read(running, f"/interceptions/{alone.head.subject}")
    (change,) = re.findall(r"<tr><td>[^<]*Same find as</td>.*?</tr>", page)
    assert number_of(first) in change, "the difference names the number"
    amended(station, station.chain[-1], None)
    station.send(station.chain[-1:])
    assert "2 cases</span>" in read(running, "/")


def test_a_case_whose_first_interception_has_not_arrived_says_so(running: Running) -> None:
    station = running.station()
    first = station.finalise()
    second = station.finalise(case=record_of(first))
    station.send([station.chain[0]])
    other = running.station(2)
    foreign = other.finalise(case=record_of(first))
    other.send()
    page = read(running, f"/interceptions/{foreign.head.subject}")
    assert "the first interception of the find, which has not arrived" in page
    station.send()
    page = read(running, f"/interceptions/{foreign.head.subject}")
    assert "the first interception of the find" not in page
    assert number_of(second) in page, "also of another workstation"


def test_what_arrived_before_the_hub_knew_cases_is_counted(tmp_path: Path) -> None:
    with run_hub(tmp_path) as running:
        station = running.station()
        first = station.finalise()
        station.finalise(case=record_of(first))
        station.send()
        with running.hub.database.writing(["x"]) as rows:
            rows.execute("DROP INDEX interception_case")
            rows.execute("ALTER TABLE interception DROP COLUMN case_id")
            rows.execute("UPDATE interception SET summary = json_remove(summary, '$.case')")
            rows.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (CASES,))
            set_schema_version(rows, STEPS.index(CASES))
    with run_hub(tmp_path) as running:
        assert "1 case</span>" in read(running, "/")
