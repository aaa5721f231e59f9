"""The audit: what was seen, exported and changed is noted before it is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.ids import PhotoHash
from hub.people.accounts import change_role, disable
from hub.people.roles import Role
from hub.store.sql import audit
from hub.store.sql.audit import AuditRow
from system.database import DuplicateKey
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import HandClock, Person, a_browser, a_person, hub_with_people, signed_in
from tests.hub.station import a_photo
from tests.hub.test_photos import begin, patch
from tests.journeys.desk import run as run_main

PHOTO = b"\xff\xd8\xff one"


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Running, HandClock, Person]]:
    with hub_with_people(tmp_path, look_seconds=0.05, database=engine) as (running, clock):
        person = a_person(running.hub, "ada", Role.ADMINISTRATOR)
        clock.move(seconds=30)
        yield running, clock, person


def noted(running: Running) -> list[AuditRow]:
    """All rows, oldest first."""
    with running.hub.database.reading() as rows:
        return list(audit.after(rows, 0, 1_000, ""))


@pytest.mark.rows
def test_each_record_and_photo_that_was_seen_is_noted_with_who_and_from_where(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, person = place
    station = running.station()
    record = station.finalise(photos=(a_photo(PHOTO),)).head.subject
    station.send()
    patch(station, begin(station, PHOTO).headers["Location"], 0, PHOTO)
    photo = str(PhotoHash.of(PHOTO))
    browser = signed_in(running, person)
    before = len(noted(running))
    for path in (f"/interceptions/{record}", f"/photos/{photo}/original?download", "/", "/rows",
                 f"/photos/{photo}/thumbnail", f"/photos/{photo}/thumbnail",
                 "/interceptions/none"):  # fmt: skip
        browser.get(path)
    rows = noted(running)[before:]
    assert [(row.event, row.subject, row.status) for row in rows] == [
        ("GET /interceptions/{record:path}", record, 200),
        ("GET /photos/{photo}/original", photo, 200),
        ("GET /", "", 200),
        ("GET /rows", "", 200),
        ("GET /photos/{photo}/thumbnail", photo, 200),
        ("GET /interceptions/{record:path}", "none", 404),
    ]
    assert {row.account for row in rows} == {person.id}
    assert {row.address for row in rows} == {"127.0.0.1"}
    assert rows[0].at == clock().millis


@pytest.mark.rows
def test_no_row_is_changed_or_deleted(place: tuple[Running, HandClock, Person]) -> None:
    running, _, _ = place
    count = running.count("audit")
    assert count > 0
    for statement in ("UPDATE audit SET account = 'x'", "DELETE FROM audit"):
        with (
            pytest.raises((DuplicateKey, psycopg.errors.RaiseException), match="never"),
            running.hub.database.writing() as rows,
        ):
            rows.execute(statement)
    assert running.count("audit") == count


@pytest.mark.sqlite
def test_what_cannot_be_noted_is_not_shown(place: tuple[Running, HandClock, Person]) -> None:
    running, _, person = place
    browser = signed_in(running, person)
    with running.hub.database.writing() as rows:
        rows.execute("ALTER TABLE audit RENAME TO elsewhere")
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "the audit cannot be written now" in answer.text.lower()
    assert 'id="arrivals"' not in answer.text
    with running.hub.database.writing() as rows:
        rows.execute("ALTER TABLE elsewhere RENAME TO audit")
    assert browser.get("/").status_code == 200


def test_changes_of_accounts_and_failures_are_noted(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, person = place
    other = a_person(running.hub, "bo")
    browser = a_browser(running)
    clock.move(seconds=30)
    browser.post("/sign-in", data=other.typed(password="wrong wrong wrong"))
    browser.post("/sign-in", data={"name": "PASSWORD-IN-THE-NAME", "password": "x", "code": "y"})
    change_role(running.hub, other.id, Role.ANALYST)
    administrator = signed_in(running, person)
    administrator.post(f"/people/{other.id}", data={"do": "disable"})
    rows = noted(running)
    events = [(row.event, row.account, row.subject, row.detail) for row in rows]
    assert ("account added", "", other.id, "reader; all regions") in events
    assert ("password and second factor set", other.id, other.id, "") in events
    assert ("sign-in failed", other.id, other.id, "") in events
    assert ("sign-in failed", "", "", "") in events
    assert ("role changed", "", other.id, "reader to analyst") in events
    assert ("account disabled", person.id, other.id, "") in events
    assert "PASSWORD" not in str(rows)


def test_the_page_of_the_audit_filters_by_person_and_by_record(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, person = place
    other = a_person(running.hub, "bo")
    clock.move(seconds=30)
    signed_in(running, other).get("/interceptions/abc")
    browser = signed_in(running, person)
    for n in range(50):
        browser.get(f"/interceptions/n{n}")
    page = browser.get(f"/audit?account={other.id}").text
    assert ">abc</code>" in page
    assert ">n1</code>" not in page
    page = browser.get("/audit?subject=n7").text
    assert page.count(">n7</code>") == 1
    first = browser.get("/audit").text
    assert ">n49</code>" in first
    assert ">n1</code>" not in first
    assert 'href="/audit?before=' in first


def test_the_command_prints_json_lines(place: tuple[Running, HandClock, Person]) -> None:
    running, _, person = place
    signed_in(running, person).get("/")
    words = ["hub", "audit", "--user", "ada", "--database", running.database]
    if running.hub.database.for_one_hub:
        done = run_main(words)
        lines = [json.loads(line) for line in done.out.splitlines()]
        assert [line["event"] for line in lines][-2:] == ["signed in", "GET /"]
        assert {line["name"] for line in lines} == {"ada"}
        assert lines[-1]["at"].startswith("2026-11-23T02:12")


def test_a_disabled_account_is_refused_everywhere_and_the_audit_keeps_its_name(
    place: tuple[Running, HandClock, Person],
) -> None:
    running, clock, person = place
    other = a_person(running.hub, "bo")
    clock.move(seconds=30)
    signed_in(running, other).get("/")
    disable(running.hub, other.id)
    assert ">bo<" in signed_in(running, person).get("/audit").text
