"""What the hub promises to those who look at its pages."""

from __future__ import annotations

from pathlib import Path

import httpx2

from domain.ids import PaperHash, RecordId
from domain.interception.goods import GoodsLine
from domain.kinds import ReceiptIssued, StationOpened
from hub.pages.guard import CLOSED
from tests.hub.conftest import Running, run_hub
from tests.hub.station import NIGHT, a_photo

NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_an_arrival_is_shown_in_words(running: Running) -> None:
    station = running.station()
    entry = station.finalise(goods=(GoodsLine(category="no-such-code", description="capsules"),))
    station.send()
    page = httpx2.get(running.url).text
    assert "XA-MCN-2026-000001" in page
    assert "no-such-code" in page
    assert "GB → XA" in page
    assert "Mail Centre North" in page
    assert f"/interceptions/{entry.head.subject}" in page


def test_newest_come_first_and_older_ones_on_further_pages(running: Running) -> None:
    station = running.station()
    for _ in range(90):
        station.finalise()
    station.send()
    seen: list[str] = []
    path = "/"
    while path:
        page = httpx2.get(running.url + path).text
        seen += [part.split('"')[0] for part in page.split('data-record="')[1:]]
        path = "/?before=" + page.split('"/?before=')[1].split('"')[0] if "Earlier" in page else ""
    assert seen == [entry.head.subject for entry in reversed(station.chain[1:])]


def test_one_interception_shows_fields_chain_and_receipt(running: Running) -> None:
    station = running.station()
    entry = station.finalise(photos=(a_photo(b"one"),), remarks="second layer")
    receipt = ReceiptIssued(
        record=RecordId(entry.head.subject),
        entry=entry.hash,
        number="R-2026-0001",
        language="en",
        issued_at=NIGHT,
        paper=PaperHash.of(b"paper"),
        seal="",
    )
    station.add("receipt.issued", entry.head.subject, receipt)
    station.send()
    page = httpx2.get(f"{running.url}/interceptions/{entry.head.subject}").text
    for words in (
        str(entry.hash),
        "RR123456785GB",
        "second layer",
        "R-2026-0001",
        "United Kingdom",
    ):
        assert words in page
    assert "has not arrived" in page


def test_markup_in_any_field_stays_text(running: Running) -> None:
    station = running.station()
    goods = GoodsLine(category=NASTY, category_other=NASTY, description=NASTY, unit=NASTY)
    entry = station.finalise(goods=(goods,), remarks=NASTY, post=NASTY, officer=NASTY)
    station.add(NASTY, NASTY, {"text": NASTY})
    station.add(
        "station.opened", NASTY, StationOpened(public_key=NASTY, name=NASTY, post="", station=1)
    )
    station.send()
    for path in ("/", "/rows", f"/interceptions/{entry.head.subject}", "/devices", "/unread"):
        page = httpx2.get(running.url + path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(running: Running) -> None:
    page = httpx2.get(running.url).text
    assert "http://" not in page
    assert "https://" not in page
    assert " style=" not in page
    assert "<script src=" in page
    for path in ("/static/style.css", "/static/live.js", "/static/icon.svg"):
        assert httpx2.get(running.url + path).status_code == 200


def test_an_unknown_record_is_not_here_in_plain_words(running: Running) -> None:
    answer = httpx2.get(f"{running.url}/interceptions/{NASTY}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_pages_open_only_to_people_at_this_machine(running: Running) -> None:
    for header in ({"Host": "evil.example"}, {"X-Forwarded-For": "192.0.2.1"}):
        answer = httpx2.get(running.url, headers=header)
        assert answer.status_code == 403
        assert answer.text == CLOSED
    assert httpx2.get(f"{running.url}/api/health", headers={"Host": "a.example"}).status_code == 200


def test_pages_open_to_all_when_the_owner_says_so(tmp_path: Path) -> None:
    with run_hub(tmp_path, pages_for_all=True) as running:
        answer = httpx2.get(running.url, headers={"Host": "hub.example"})
    assert answer.status_code == 200


def test_an_open_page_hears_of_an_arrival(running: Running) -> None:
    station = running.station()
    with httpx2.stream("GET", f"{running.url}/live") as stream:
        lines = stream.iter_lines()
        before = next(line for line in lines if line.startswith("data:"))
        station.finalise()
        station.send()
        assert next(line for line in lines if line.startswith("data:")) != before
