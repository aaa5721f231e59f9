"""Who sees few workstations among many waits for those alone: the rows of others are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from domain.encoding import to_json
from hub.build import open_hub
from hub.hub import Hub
from hub.people.regions import put_region
from hub.people.roles import Role
from hub.store.sql import filtered, margins
from hub.store.sql.filtered import Bounds, Filter
from hub.store.sql.margins import Counts
from hub.store.sql.regional import CASES_COUNTED, totals_within
from hub.store.sql.scope import Scope
from hub.store.sqlite.database import SqliteDatabase
from hub.summary import Summary
from system.database import Connection
from tests.hub.engines import Url
from tests.hub.people import a_person

pytestmark = pytest.mark.rows
OURS, OTHERS = 60, 3_000
DAY = 86_400_000
NORTH = tuple(f"N{number}" for number in range(3))
FILTERS = (
    Filter(),
    Filter(post="NOR"),
    Filter(status="cancelled"),
    Filter(pack="SAMPLE-MED", first_day=3, last_day=9),
    Filter(post="SOU"),
)


def put(rows: Connection, begin: int, senders: list[str], post: str) -> None:
    """An interception of each of the senders, a hundred on each day, as the intake stores them."""
    summary = to_json(Summary(pack_id="SAMPLE-MED", pack_version="2.0.0", post=post, mode="mail"))
    rows.executemany(
        "INSERT INTO interception (record, arrival, device, arrived_at, changed_at, number, status,"
        " revision, summary) VALUES (?, ?, ?, ?, ?, '', ?, 1, ?)",
        [
            (f"R{n}", n, sender, n // 100 * DAY, n // 100 * DAY, status_of(n), summary.decode())
            for n, sender in enumerate(senders, start=begin)
        ],
    )
    for sender in set(senders):
        margins.add(rows, {(post, sender): Counts(senders.count(sender), senders.count(sender))})


def status_of(arrival: int) -> str:
    return "final" if arrival % 3 else "cancelled"


@pytest.fixture
def place(tmp_path: Path, engine: Url) -> Iterator[tuple[Hub, Scope]]:
    """A hub where a region sent the oldest rows, and others all that came since."""
    with open_hub(engine(tmp_path), f"file://{tmp_path}/objects") as hub:
        put_region(hub, "NORTH", ["NOR"])
        person = a_person(hub, "nora", Role.READER, regions=["NORTH"])
        with hub.database.writing() as rows:
            for device, post in (*((each, "NOR") for each in NORTH), ("S", "SOU")):
                rows.execute(
                    "INSERT INTO device (id, name, post, station, enrolled_at, seen_at)"
                    " VALUES (?, '', ?, 1, 0, 0)",
                    (device, post),
                )
            put(rows, 1, [NORTH[n * n % 3] for n in range(OURS)], "NOR")
        others(hub, OURS + 1, 300)
        yield hub, Scope(person.id)


def others(hub: Hub, begin: int, end: int) -> None:
    with hub.database.writing() as rows:
        put(rows, begin, ["S"] * (end - begin), "SOU")
        if not hasattr(rows, "set_progress_handler"):
            rows.execute("ANALYZE")  # as PostgreSQL does by itself


def cost(hub: Hub, ask: Callable[[Connection], object]) -> int:
    """What reading costs: steps of SQLite's machine, or rows that PostgreSQL fetched."""
    with hub.database.reading() as rows, counting(rows) as count:
        ask(rows)
        return count()


@contextmanager
def counting(rows: Connection) -> Iterator[Callable[[], int]]:
    if not hasattr(rows, "set_progress_handler"):

        def fetched() -> int:
            found = rows.execute(
                "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::bigint"
                " FROM pg_stat_xact_user_tables"
            )
            return int(found.fetchone()[0])

        before = fetched()
        yield lambda: fetched() - before
        return
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    rows.set_progress_handler(step, 1)
    try:
        yield lambda: steps
    finally:
        rows.set_progress_handler(None, 1)


def all_pages(rows: Connection, asked: Filter, scope: Scope, limit: int = 7) -> list[str]:
    found: list[str] = []
    before: int | None = 2**62
    while before is not None:
        page = filtered.page(rows, asked, before=before, limit=limit, scope=scope)
        found += [row.record for row in page.rows]
        before = page.next
    return found


def test_what_a_reader_of_a_region_waits_for_does_not_grow_with_what_others_sent(
    place: tuple[Hub, Scope],
) -> None:
    hub, scope = place
    questions: list[Callable[[Connection], object]] = [
        *(partial(filtered.page, asked=asked, before=2**62, limit=7, scope=scope)
          for asked in FILTERS),
        *(partial(filtered.count, asked=asked, scope=scope) for asked in FILTERS),
    ]  # fmt: skip
    if isinstance(hub.database, SqliteDatabase):  # PostgreSQL reads the whole of a small table
        questions.append(partial(totals_within, scope=scope))
    before = [cost(hub, question) for question in questions]
    others(hub, 300, OTHERS)
    after = [cost(hub, question) for question in questions]
    assert [many <= few * 1.2 + 20 for few, many in zip(before, after, strict=True)] == [
        True for _ in questions
    ], f"{before} {after}"


def test_the_pages_of_a_region_have_each_of_its_rows_once_and_newest_first(
    place: tuple[Hub, Scope],
) -> None:
    hub, scope = place
    ours = list(range(OURS, 0, -1))
    expected = {
        Filter(): ours,
        Filter(post="NOR"): ours,
        Filter(status="cancelled"): [n for n in ours if status_of(n) == "cancelled"],
        Filter(last_day=0): ours,
        Filter(first_day=1): [],
        Filter(post="SOU"): [],
    }
    with hub.database.reading() as rows:
        for asked, arrivals in expected.items():
            assert all_pages(rows, asked, scope) == [f"R{n}" for n in arrivals]
            count = filtered.count(rows, asked, scope)
            assert (count.number, count.exact) == (len(arrivals), True)
        assert totals_within(rows, scope).cases == OURS


def test_a_position_of_others_is_like_one_of_nobody(place: tuple[Hub, Scope]) -> None:
    hub, scope = place
    with hub.database.reading() as rows:
        for asked in (*FILTERS, Filter(number="XA")):
            pages = [
                filtered.page(rows, asked, before=before, limit=7, scope=scope)
                for before in (OURS + 9, 10**6)
            ]
            assert pages[0] == pages[1] == filtered.Page((), None)
        assert filtered.page(rows, Filter(), before=OURS, limit=7, scope=scope).rows


def test_rows_that_are_too_many_to_count_are_counted_in_part(place: tuple[Hub, Scope]) -> None:
    hub, scope = place
    asked = Filter(status="cancelled")
    with hub.database.reading() as rows:
        some = filtered.count(rows, asked, scope, Bounds(30))
        every = filtered.count(rows, asked, scope)
    assert not some.exact
    assert 0 < some.number <= 12  # of the newest of each workstation
    assert every.number == OURS // 3


def test_a_region_with_too_many_interceptions_says_nothing_of_their_cases(
    place: tuple[Hub, Scope],
) -> None:
    hub, scope = place
    with hub.database.writing() as rows:
        margins.add(rows, {("NOR", "N0"): Counts(interceptions=CASES_COUNTED)})
    with hub.database.reading() as rows:
        assert totals_within(rows, scope).cases is None
        assert totals_within(rows, Scope()).cases == 299
