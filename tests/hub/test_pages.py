"""What the hub promises to those who look at its pages."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import httpx2

from domain.ids import PaperHash, PhotoHash, RecordId
from domain.interception.goods import GoodsLine
from domain.interception.legal import Legal
from domain.interception.occasion import Occasion
from domain.kinds import InterceptionFinalised, ReceiptIssued, StationOpened
from hub.pages.guard import CLOSED, CLOSED_TO_OTHERS, HEADERS
from tests.hub.conftest import Running, run_hub
from tests.hub.station import NIGHT, a_photo, an_interception

NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_an_arrival_is_shown_in_words(running: Running) -> None:
    station = running.station()
    entry = station.finalise(goods=(GoodsLine(category="no-such-code", description="capsules"),))
    station.send()
    page = httpx2.get(running.pages).text
    assert "XA-MCN1-2026-000001" in page
    assert "no-such-code" in page
    assert "United Kingdom → Sampleland (practice)" in page
    assert "Mail</span>" in page
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
        page = httpx2.get(running.pages + path).text
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
    page = httpx2.get(f"{running.pages}/interceptions/{entry.head.subject}").text
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
        page = httpx2.get(running.pages + path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(running: Running) -> None:
    page = httpx2.get(running.pages).text
    assert "http://" not in page
    assert "https://" not in page
    assert " style=" not in page
    assert "<script src=" in page
    for path in ("/static/style.css", "/static/live.js", "/static/icon.svg"):
        assert httpx2.get(running.pages + path).status_code == 200


def test_an_answer_that_is_no_page_has_the_policy_of_the_pages(running: Running) -> None:
    page = httpx2.get(running.pages)
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("GET", "/interceptions/unknown", 404),
        ("GET", "/static/unknown.js", 404),
        ("GET", "/static/live.js", 200),
        ("PUT", "/devices", 405),
        ("GET", "/?from=yesterday", 400),
    ):
        answer = httpx2.request(method, running.pages + path)
        assert answer.status_code == status
        for name in HEADERS:
            assert answer.headers[name] == page.headers[name], (path, name)
    elsewhere = httpx2.get(running.pages, headers={"Host": "elsewhere.example"})
    assert elsewhere.status_code == 403
    assert elsewhere.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


def test_an_unknown_record_is_not_here_in_plain_words(running: Running) -> None:
    answer = httpx2.get(f"{running.pages}/interceptions/{NASTY}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_pages_open_only_to_people_at_this_machine(running: Running) -> None:
    refused = {"Host": ("evil.example", CLOSED), "X-Forwarded-For": ("192.0.2.1", CLOSED_TO_OTHERS)}
    for header, (value, words) in refused.items():
        answer = httpx2.get(running.pages, headers={header: value})
        assert answer.status_code == 403
        assert answer.text.strip() == words
    assert httpx2.get(f"{running.url}/api/health", headers={"Host": "a.example"}).status_code == 200


def test_nothing_of_the_pages_is_on_the_port_of_the_api(running: Running) -> None:
    station = running.station()
    entry = station.finalise(photos=(a_photo(b"one"),))
    station.send()
    paths = ["/", "/rows", "/devices", "/unread", "/live", "/static/live.js", "/static/style.css"]
    paths.append(f"/interceptions/{entry.head.subject}")
    paths += [f"/photos/{PhotoHash.of(b'one')}{end}" for end in ("", "/thumbnail", "/original")]
    for path in paths:
        answer = httpx2.get(running.url + path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
        assert httpx2.get(f"{running.pages}/api/health").status_code == 404


def test_pages_open_under_names_the_owner_gave(tmp_path: Path) -> None:
    with run_hub(tmp_path, sign_in=True, for_others=True, names=["Hub.example"]) as running:
        for host in ("hub.example", "hub.example:8081", "192.0.2.7", "[2001:db8::1]:80"):
            answer = httpx2.get(
                f"{running.pages}/static/icon.svg", headers={"Host": host, "X-Forwarded-For": "x"}
            )
            assert answer.status_code == 200
        foreign = httpx2.get(running.pages, headers={"Host": "evil.example"})
        assert (foreign.status_code, foreign.text.strip()) == (403, CLOSED)


def test_an_open_page_hears_of_an_arrival(running: Running) -> None:
    station = running.station()
    with httpx2.stream("GET", f"{running.pages}/live") as stream:
        lines = stream.iter_lines()
        before = next(line for line in lines if line.startswith("data:"))
        station.finalise()
        station.send()
        assert next(line for line in lines if line.startswith("data:")) != before


def test_times_are_those_of_the_post_and_utc(running: Running) -> None:
    station = running.station()
    entry = station.finalise(occasion=Occasion(seized_at=NIGHT))
    station.send()
    for path in ("/", f"/interceptions/{entry.head.subject}"):
        page = httpx2.get(running.pages + path).text.replace("\N{NO-BREAK SPACE}", " ")
        assert "2026-11-23 03:12 +01:00 · 02:12 UTC" in page


def test_totals_are_sums_by_unit_as_on_the_paper(running: Running) -> None:
    station = running.station()
    lines = (
        GoodsLine(description="strips", packs=40, units_per_pack=14, unit="capsule"),
        GoodsLine(description="loose", quantity=Decimal(20), unit="capsule"),
        GoodsLine(description="gloves", quantity=Decimal(3), unit="pair"),
        GoodsLine(description="powder", quantity=Decimal(250), unit="g"),
        GoodsLine(description="unknown", quantity=Decimal(7), unit="no-such-unit"),
    )
    entry = station.finalise(goods=lines)
    station.send()
    page = httpx2.get(f"{running.pages}/interceptions/{entry.head.subject}").text
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
    totals = re.findall(r"<b>([^<]*)</b></td><td>([^<]*)</td>", foot)
    assert totals == [
        ("580", "capsules"),
        ("3", "pairs"),
        ("250", "grams"),
        ("7", "no-such-unit"),
    ]


def test_a_revision_says_field_by_field_what_it_changed(running: Running) -> None:
    station = running.station()
    first = station.finalise(legal=Legal(action="detention"))
    body = InterceptionFinalised(
        record=RecordId(first.head.subject),
        number="XA-MCN1-2026-000001",
        revision=2,
        supersedes=first.hash,
        reason="weighing_error",
        shared=an_interception(
            record_id=RecordId(first.head.subject),
            legal=Legal(action="seizure"),
            goods=(GoodsLine(category="B11", description="capsules", packs=41, units_per_pack=14),),
        ),
    )
    station.add("interception.amended", first.head.subject, body)
    station.send()
    page = httpx2.get(f"{running.pages}/interceptions/{first.head.subject}").text
    rows = re.findall(r"<tr><td>(.*?)</td><td.*?>(.*?)</td><td.*?>(.*?)</td></tr>", page)
    assert rows == [
        ("Goods 1 · Packs", "40", "41"),
        ("Legal act · Action taken", "Detention", "Seizure"),
    ]
    assert "Weighing error" in page


def test_every_code_in_a_sample_record_is_shown_in_words(running: Running) -> None:
    station = running.station()
    entry = station.finalise(
        goods=(GoodsLine(category="MED_PREGAB", reasons=("NO_AUTHORISATION",), unit="capsule"),),
        legal=Legal(action="seizure", served="person", legal_basis=("SAMPLE-MEDICINES-4",)),
    )
    station.send()
    page = httpx2.get(f"{running.pages}/interceptions/{entry.head.subject}").text
    for code in ("MED_PREGAB", "NO_AUTHORISATION", ">seizure<", ">mail<", "SAMPLE-MEDICINES-4"):
        assert code not in page
    assert "Handed to the person" in page
