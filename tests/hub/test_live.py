"""What an open list hears of arrivals: each change once, in few bytes, and also after a gap."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from domain.ids import RecordId
from domain.interception.conveyance import Consignment
from hub.pages.arrivals import live
from hub.store.sql import news
from hub.store.sql.news import KEPT, SWEEP
from tests.hub.conftest import Running
from tests.hub.station import a_photo
from tests.hub.test_photos import PHOTO, begin, patch

Event = dict[str, Any]


class Listener:
    """An open line; events one after another."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.id = ""
        self.size = 0

    def next(self) -> Event:
        """The next event; comments are passed over."""
        fields: dict[str, str] = {}
        for line in self._lines:
            name, _, value = line.partition(": ")
            if line and name:
                fields[name] = value
            elif "data" in fields:
                break
        assert fields, "the hub ended the line"
        self.size = sum(map(len, fields.values()))
        self.id = fields.get("id", "")
        found = json.loads(fields["data"])
        return found if isinstance(found, dict) else {"event": fields["event"], "data": found}


@contextmanager
def listening(running: Running, since: str = "", *, last: str = "") -> Iterator[Listener]:
    headers = {"Last-Event-ID": last} if last else {}
    with httpx2.stream(
        "GET", f"{running.pages}/live", params={"since": since}, headers=headers, timeout=30
    ) as stream:
        yield Listener(stream.iter_lines())


def shown(running: Running) -> str:
    """The position of the page that is open now."""
    page = httpx2.get(running.pages, timeout=30).text
    return page.split('data-version="')[1].split('"')[0]


def records(event: Event) -> list[str]:
    return [row["record"] for row in event["rows"]]


@pytest.mark.rows
def test_an_event_has_the_changed_row_and_is_small(running: Running) -> None:
    station = running.station()
    with listening(running, shown(running)) as line:
        assert records(line.next()) == []
        entry = station.finalise(photos=(a_photo(PHOTO),))
        station.send()
        event = line.next()
        assert records(event) == [entry.head.subject]
        assert line.size < 2_500
        (row,) = event["rows"]
        assert "XA-MCN1-2026-000001" in row["html"]
        assert (row["post"], row["status"], row["pack"]) == ("MCN", "final", "SAMPLE-MED")
        assert "1 interception<" in event["head"]
        patch(station, begin(station).headers["Location"], 0, PHOTO)
        event = line.next()
        assert records(event) == [entry.head.subject]
        assert "1 of 1 photos" in event["rows"][0]["html"]


@pytest.mark.rows
def test_after_a_gap_a_line_goes_on_where_it_was(running: Running) -> None:
    station = running.station()
    with listening(running, shown(running)) as line:
        line.next()
        last = line.id
    first, second = station.finalise(), station.finalise()
    station.send()
    with listening(running, "1:1:", last=last) as line:
        event = line.next()
        assert records(event) == [second.head.subject, first.head.subject]
        assert not event["all"]
        last = line.id
    with listening(running, last=last) as line:
        event = line.next()
        assert (records(event), event["all"]) == ([], False), "nothing twice"
    answer = httpx2.get(f"{running.pages}/changes", params={"since": last}, timeout=30).json()
    assert (answer["rows"], answer["all"]) == ([], False)


@pytest.mark.rows
@pytest.mark.parametrize("since", ["", "x", "1", "999999999999:999999999999:", "1:" * 3_000])
def test_a_page_that_cannot_say_where_it_was_reads_the_list_again(
    running: Running, since: str
) -> None:
    running.station().send()
    answer = httpx2.get(f"{running.pages}/changes", params={"since": since}, timeout=30)
    assert answer.json()["all"]


@pytest.mark.rows
def test_of_many_rows_an_event_says_only_that_the_list_is_to_be_read(running: Running) -> None:
    station = running.station()
    for _ in range(30):
        station.finalise()
    with listening(running, shown(running)) as line:
        line.next()
        station.send()
        event = line.next()
    assert event["all"]
    assert event["rows"] == []
    assert line.size < 1_000


def test_when_too_many_lines_are_open_the_page_is_told_so(running: Running) -> None:
    with listening(running) as first:
        assert "rows" in first.next()
        running.arrivals.watchers += live.WATCHERS_LIMIT - 1
        with listening(running) as second:
            assert second.next() == {"event": "full", "data": live.BUSY_SECONDS}


@pytest.mark.rows
def test_other_rows_of_a_case_and_of_a_repeated_number_change_too(running: Running) -> None:
    station = running.station()
    first = station.finalise()
    station.send()
    with listening(running, shown(running)) as line:
        line.next()
        second = station.finalise()
        station.send()
        assert records(line.next()) == [second.head.subject, first.head.subject], "the same parcel"
        case = RecordId(second.head.subject)
        third = station.finalise(consignment=Consignment(mode="mail"), case=case)
        station.send()
        event = line.next()
        assert records(event) == [third.head.subject, second.head.subject]
        assert "case of 2 interceptions" in event["rows"][1]["html"]


@pytest.mark.rows
def test_old_news_are_deleted_and_who_asks_for_them_reads_the_list_again(
    running: Running,
) -> None:
    database = running.hub.database
    with database.reading() as rows:
        start = news.position(rows)
    with database.writing() as rows:
        for number in range(KEPT + 2 * SWEEP):
            news.put(rows, [f"r{number}"])
    assert running.count("news") <= KEPT + SWEEP
    with database.reading() as rows:
        assert news.since(rows, start).more
