"""The list limited by post, checklist, status, days and number: all that fits, and each once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from domain.ids import RecordId
from domain.instant import Instant
from domain.interception.conveyance import Consignment
from domain.interception.record import PackRef
from domain.kinds import InterceptionCancelled
from hub.build import open_hub
from hub.hub import Hub
from hub.intake import take
from hub.store.sql import devices, filtered, interceptions
from hub.store.sql.devices import Device
from hub.store.sql.filtered import Bounds, Filter
from hub.store.sql.interceptions import ListedInterception
from sync.wire.batch import pack_batch
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.station import Station

pytestmark = pytest.mark.rows
DAY = 86_400_000
DAYS = (20_000, 20_001, 20_007)
POSTS = ("MCN", "SPT")
EVERY = 90
"""Interceptions of the hub."""
PACKS = ("SAMPLE-MED", "SAMPLE-SYN")


@pytest.fixture
def hub(tmp_path: Path, engine: Url) -> Iterator[Hub]:
    """A hub with interceptions of three days, whose clock was once set back."""
    today = [DAYS[0]]

    def now() -> Instant:
        return Instant(today[0] * DAY + 5, 0)

    chance = random.Random(4)
    with open_hub(engine(tmp_path), f"file://{tmp_path}/objects", now=now) as opened:
        station = Station("http://127.0.0.1", 1)
        with opened.database.writing() as rows:
            key = station.key.verify_key
            devices.enrol(rows, Device(station.device, key, "", "MCN", 1, 0, 0))
        sent = 0
        for today[0] in (DAYS[0], DAYS[2], DAYS[1]):
            for _ in range(30):
                made = station.finalise(
                    post=chance.choice(POSTS),
                    pack=PackRef(id=chance.choice(PACKS), version="2.0.0"),
                    consignment=Consignment(
                        mode="mail", postal_item_id=chance.choice(["RR123456785GB", "CP1"])
                    ),
                )
                if chance.random() < 0.3:
                    body = InterceptionCancelled(
                        record=RecordId(made.head.subject), entry=made.hash, reason="other"
                    )
                    station.add("interception.cancelled", made.head.subject, body)
            take(opened, station.device, pack_batch(station.chain[sent:]))
            sent = len(station.chain)
        yield opened


def fits(row: ListedInterception, asked: Filter, items: dict[str, str]) -> bool:
    """Whether the row is as asked, said a second time."""
    first, last = asked.days
    typed = asked.number.upper().replace(" ", "")
    return (
        asked.post in ("", row.summary.post)
        and asked.pack in ("", row.summary.pack_id)
        and asked.status in ("", row.status)
        and first <= row.arrived_at // DAY <= last
        and (row.number.startswith(typed) or items[row.record].startswith(typed))
    )


def all_pages(hub: Hub, asked: Filter, limit: int, bounds: Bounds) -> list[str]:
    found: list[str] = []
    before: int | None = 2**62
    pages = 0
    with hub.database.reading() as rows:
        while before is not None:
            page = filtered.page(rows, asked, before=before, limit=limit, bounds=bounds)
            found += [row.record for row in page.rows]
            pages += 1
            assert pages <= 2 * EVERY  # else a page begins again where it began, without end
            before = page.next
    return found


def test_the_pages_of_any_limits_have_what_fits_once_and_newest_first(hub: Hub) -> None:
    with hub.database.reading() as rows:
        every = interceptions.page(rows, before=2**62, limit=1_000)
        items: dict[str, str] = dict(
            rows.execute("SELECT record, number FROM used_number WHERE kind = 'item'").fetchall()
        )
    assert len(every) == EVERY
    chance = random.Random(6)
    for _ in range(60):
        asked = Filter(
            post=chance.choice(["", *POSTS]),
            pack=chance.choice(["", *PACKS]),
            status=chance.choice(["", "final", "cancelled", "approved"]),
            first_day=chance.choice([None, *DAYS]),
            last_day=chance.choice([None, *DAYS]),
            number=chance.choice(["", "", "", "rr 12", "xa-mcn1-2026-00001", "CP", "nothing"]),
        )
        bounds = Bounds(chance.choice([7, 10_001]), chance.choice([3, 1_000]))
        expected = [row for row in every if fits(row, asked, items)]
        if asked != Filter():
            expected.sort(key=lambda row: (-(row.arrived_at // DAY), -row.arrival))
        found = all_pages(hub, asked, chance.choice([1, 5, 40]), bounds)
        assert found == [each.record for each in expected]
        with hub.database.reading() as rows:
            count = filtered.count(rows, asked, bounds=bounds)
        assert count.number <= len(expected)
        assert not count.exact or count.number == len(expected)
        assert count.exact or bounds.scanned == 7


def test_no_page_reads_more_rows_than_it_may(hub: Hub) -> None:
    asked = Filter(post="MCN", status="approved")
    with hub.database.reading() as rows:
        page = filtered.page(rows, asked, before=2**62, limit=5, bounds=Bounds(20))
    assert page.rows == ()
    assert page.stopped
    assert page.next is not None


def test_a_person_limits_the_list_by_its_address(running: Running) -> None:
    station = running.station()
    ours = station.finalise(post="MCN")
    theirs = station.finalise(post="SPT")
    station.send()

    def shown(path: str) -> set[str]:
        page = httpx2.get(running.pages + path, timeout=30)
        assert page.status_code == 200
        return {each.head.subject for each in (ours, theirs) if each.head.subject in page.text}

    both = {ours.head.subject, theirs.head.subject}
    assert shown("/?post=SPT") == {theirs.head.subject}
    assert shown("/rows?post=MCN&status=final&checklist=SAMPLE-MED") == {ours.head.subject}
    assert shown("/?number=xa-mcn1-2026-000001&post=&status=") == {ours.head.subject}
    assert shown("/?from=2020-01-01&to=9999-12-31") == both
    assert shown("/?to=2020-01-01") == set()
    page = httpx2.get(f"{running.pages}/?post=SPT&from=2020-01-01", timeout=30).text
    assert "1 interception found" in page
    assert '<option value="SPT" selected>' in page
    assert 'value="2020-01-01"' in page
    for wrong in ("from=yesterday", "status=gone", f"number={'x' * 201}"):
        answer = httpx2.get(f"{running.pages}/?{wrong}", timeout=30)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"].startswith("text/plain")
    assert httpx2.get(f"{running.pages}/?number=%00&post=%00", timeout=30).status_code == 200
