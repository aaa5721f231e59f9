"""Pages of workstations and of repeated numbers: each thing on one of them, at a bounded cost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest

from hub.build import open_hub
from hub.hub import Hub
from hub.numbers import NumberKind
from hub.pages.paging import ROWS
from hub.people.regions import put_region
from hub.people.roles import Role
from hub.store.sql import devices, numbers
from hub.store.sql.numbers import BEGINNING, KINDS, NumberPosition
from hub.store.sql.scope import Scope
from system.database import Connection
from tests.hub.conftest import Running
from tests.hub.engines import Url
from tests.hub.people import a_person
from tests.hub.test_small_region import cost, put

pytestmark = pytest.mark.rows
MANY = 2 * ROWS + 3


def put_device(rows: Connection, number: int, post: str) -> None:
    rows.execute(
        "INSERT INTO device (id, name, post, station, enrolled_at, seen_at) VALUES"
        " (?, ?, ?, ?, 0, ?)",
        (device_id(number), f"desk {number}", post, number % 7, number * number % 11),
    )


def device_id(number: int) -> str:
    letters = "ABCDEFGHIJ"
    return f"D{''.join(letters[int(each)] for each in f'{number:016}')}"


def put_shared(rows: Connection, kind: NumberKind, begin: int, end: int) -> None:
    """Numbers of which each stands in the records R1 and R2."""
    rows.executemany(
        "INSERT INTO used_number (kind, number, record, shared) VALUES (?, ?, ?, 1)",
        [(kind, f"N{n:06}", record) for n in range(begin, end) for record in ("R1", "R2")],
    )
    if not hasattr(rows, "set_progress_handler"):
        rows.execute("ANALYZE")  # as PostgreSQL does by itself


@pytest.fixture
def hub(tmp_path: Path, engine: Url) -> Iterator[Hub]:
    with open_hub(engine(tmp_path), f"file://{tmp_path}/objects") as hub:
        with hub.database.writing() as rows:
            for number in range(MANY):
                put_device(rows, number, "NOR" if number % 2 else "SOU")
            put(rows, 1, [device_id(1), device_id(3), device_id(2)], "NOR")
        yield hub


def test_every_workstation_is_on_one_page_whatever_happens_between_them(hub: Hub) -> None:
    put_region(hub, "NORTH", ["NOR"])
    scope = Scope(a_person(hub, "nora", Role.READER, regions=["NORTH"]).id)
    for seen_by, expected in ((Scope(), MANY), (scope, MANY // 2)):
        found: list[str] = []
        after = None
        while True:
            with hub.database.reading() as rows:
                page = devices.page(rows, after, 11, seen_by)
                assert devices.count(rows, seen_by) == expected
            assert page is not None
            if not page:
                break
            found += [f"{each.post} {each.station} {each.id}" for each in page]
            after = page[-1].id
            with hub.database.writing() as rows:  # a contact brings nobody to another page
                rows.execute("UPDATE device SET seen_at = seen_at + 60 WHERE id = ?", (str(after),))
        assert len(found) == len(set(found)) == expected
        assert found == sorted(found)
    with hub.database.reading() as rows:
        assert devices.page(rows, devices.some(rows, [device_id(0)])[0].id, 5, scope) is None


def test_every_repeated_number_is_on_one_page(hub: Hub) -> None:
    with hub.database.writing() as rows:
        for kind in KINDS:
            put_shared(rows, kind, 1, 30)
        rows.execute("DELETE FROM used_number WHERE number = 'N000007' AND record = 'R2'")
    found: list[NumberPosition] = []
    after: NumberPosition | None = BEGINNING
    with hub.database.reading() as rows:
        while after is not None:
            page = numbers.shared(rows, 8, after=after)
            found += [(kind, number) for kind, number, _ in page.numbers]
            after = page.next
        count = numbers.count_shared(rows)
    expected = [(kind, f"N{n:06}") for kind in KINDS for n in range(1, 30) if n != 7]
    assert found == expected
    assert (count.number, count.exact) == (2 * 28, True)


def test_a_page_of_repeated_numbers_costs_the_same_however_many_there_are(hub: Hub) -> None:
    ask = partial(numbers.shared, limit=5)
    with hub.database.writing() as rows:
        put_shared(rows, NumberKind.BAG, 1, 100)
    few = cost(hub, ask)
    with hub.database.writing() as rows:
        put_shared(rows, NumberKind.BAG, 100, 3_000)
    assert cost(hub, ask) <= few * 1.2 + 20


def test_a_person_goes_from_page_to_page(running: Running) -> None:
    with running.hub.database.writing() as rows:
        for number in range(ROWS + 1):
            put_device(rows, number, "MCN")
        put(rows, 1, [device_id(1), device_id(2)], "MCN")
        put_shared(rows, NumberKind.BAG, 1, ROWS + 2)
    first = httpx2.get(f"{running.pages}/devices", timeout=30).text
    following = first.split('href="/devices?after=')[1].split('"')[0]
    second = httpx2.get(f"{running.pages}/devices?after={following}", timeout=30).text
    assert f'<span class="chip plain">{ROWS + 1}</span>' in first
    assert (first + second).count("<code>D") == ROWS + 1
    assert "/devices?after=" not in second
    first = httpx2.get(f"{running.pages}/clashes", timeout=30).text
    following = first.split('href="/clashes?after=')[1].split('"')[0]
    second = httpx2.get(f"{running.pages}/clashes?after={following}", timeout=30).text
    assert f">{ROWS + 1} that must be unique</span>" in first
    assert f"N{ROWS + 1:06}" in second
    assert "/clashes?after=" not in second
    for wrong in ("/devices?after=x", f"/devices?after=D{'Z' * 16}", "/clashes?after=x:1"):
        assert httpx2.get(running.pages + wrong).status_code == 400
