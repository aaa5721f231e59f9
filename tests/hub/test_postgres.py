"""The hub on PostgreSQL: what it refuses, two hubs on one database, and a server that goes away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import psycopg
import pytest

from domain.ids import PhotoHash
from hub.build import begin_epoch, open_hub
from hub.codes import fresh_code
from hub.errors import AddressRefused, CannotServe, RequestRefused, Unavailable
from hub.store.addresses import open_database
from hub.store.port import Database
from hub.store.postgres.migrations import STEPS
from hub.store.sql import losses, news
from hub.store.sql.news import News
from hub.store.sqlite.database import SqliteDatabase
from sync.wire.batch import pack_batch
from tests.hub.conftest import Running, run_hub
from tests.hub.engines import PostgresServer, Url, postgres_server
from tests.hub.station import Station, tips_of
from tests.hub.test_commands import run, serving

COLUMNS = """SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> 'hub_schema' AND column_name <> 'tx'"""


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[Url]:
    """Databases with the tables of a hub."""
    with postgres.databases() as url:
        yield url


@pytest.fixture
def database(url: Url, tmp_path: Path) -> Iterator[Database]:
    """One of them, open."""
    made = open_database(url(tmp_path))
    yield made
    made.close()


def administrator(url: str, sql: str) -> list[tuple[object, ...]]:
    """The rows of a statement that somebody else runs there."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchall() if found.description else []


def test_both_engines_have_the_same_tables(url: Url, tmp_path: Path) -> None:
    """A backup is the rows of one in the tables of the other."""
    other = SqliteDatabase(tmp_path / "hub.sqlite")
    with other.reading() as rows:
        expected = rows.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c"
            " WHERE t.type IN ('table', 'view') AND t.name NOT LIKE '%sqlite_%'"
        ).fetchall()
    other.close()
    assert set(administrator(url(tmp_path), COLUMNS)) == set(expected)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    for address in ("postgresql://hub:Secret1@h/db", "postgresql://h/db?password=Secret1"):
        with pytest.raises(AddressRefused) as refused:
            open_database(address)
        assert "PGPASSFILE" in str(refused.value)
        assert "Secret1" not in str(refused.value)


def test_a_server_that_is_not_there_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=r"cannot be opened: connection .* failed") as refused:
        open_database(f"postgresql://hub@/hub?host={tmp_path}")
    assert str(tmp_path) in str(refused.value)
    assert "\t" not in str(refused.value)


def test_the_database_of_another_program_is_not_touched(url: Url, tmp_path: Path) -> None:
    address = url(tmp_path)
    administrator(address, "DROP TABLE hub_schema")
    with pytest.raises(CannotServe, match="not the database of a hub"):
        open_database(address)
    assert administrator(address, "SELECT to_regclass('hub_schema')") == [(None,)]


def test_an_empty_database_becomes_a_hub_only_when_one_is_served(
    url: Url, postgres: PostgresServer, tmp_path: Path
) -> None:
    address = url(tmp_path)
    administrator(address, "DROP SCHEMA public CASCADE")
    administrator(address, "CREATE SCHEMA public")
    with pytest.raises(CannotServe, match="no hub here"):
        open_database(address, create=False)
    open_database(address).close()
    open_database(address, create=False).close()


def test_a_newer_database_is_used_as_long_as_it_allows_that(url: Url, tmp_path: Path) -> None:
    address, known = url(tmp_path), len(STEPS)
    administrator(address, f"UPDATE hub_schema SET version = {known + 2}, needed = {known}")
    open_database(address).close()
    administrator(address, f"UPDATE hub_schema SET needed = {known + 1}")
    with pytest.raises(CannotServe, match="newer Tidewaiter"):
        open_database(address)
    assert administrator(address, "SELECT version FROM hub_schema") == [(known + 2,)]


def test_a_text_with_nul_is_refused_and_no_fault(database: Database) -> None:
    with pytest.raises(RequestRefused) as refused, database.reading() as rows:
        rows.execute("SELECT 1 FROM upload WHERE id = ?", ("a\0b",))
    assert refused.value.status == 400


def test_a_view_inside_a_view_is_the_same_moment(database: Database) -> None:
    """Also without a second connection: many callers at once must not wait for one another."""
    with database.reading() as rows, database.reading() as again:
        assert rows is again


def test_losses_are_numbered_in_the_order_of_commits(
    database: Database, url: Url, tmp_path: Path
) -> None:
    """A workstation asks for those after a number: a lower one must not come later."""
    first, second = PhotoHash.of(b"1"), PhotoHash.of(b"2")

    def lose_second() -> None:
        with database.writing(("b",)) as rows:
            losses.add(rows, [second], 0)

    def known() -> int:
        with database.reading() as rows:
            return losses.after(rows, None, 0).last

    with ThreadPoolExecutor(1) as pool:
        with database.writing(("a",)) as rows:
            losses.add(rows, [first], 0)
            other = pool.submit(lose_second)
            waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            assert _until(lambda: other.done() or bool(administrator(url(tmp_path), waiting)))
            before = known()
        other.result(20)
    with database.reading() as now:
        assert losses.after(now, before, 10).photos == (first, second)


def test_news_of_a_transaction_that_ends_late_are_neither_lost_nor_told_twice(
    database: Database,
) -> None:
    """Numbers are given before the commit, so the higher one may be there first."""

    def told(position: str) -> News:
        with database.reading() as rows:
            return news.since(rows, position)

    def higher() -> None:
        with database.writing(("b",)) as rows:
            news.put(rows, ["second"])

    with database.reading() as rows:
        start = news.position(rows)
    with database.writing(("a",)) as lower:
        news.put(lower, ["first"])
        with ThreadPoolExecutor(1) as pool:
            pool.submit(higher).result(20)
        between = told(start)
        assert between.records == ("second",)
        assert told(between.position).quiet
    after = told(between.position)
    assert after.records == ("first",)
    assert told(after.position).quiet
    assert set(told(start).records) == {"first", "second"}


@pytest.fixture
def two(url: Url, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two hubs on one database and one folder of photos; neither looks by itself for arrivals."""
    with (
        run_hub(tmp_path, database=url, look_seconds=600) as one,
        run_hub(tmp_path, database=url, look_seconds=600) as other,
    ):
        yield one, other


def enrolled(hub: Running, seed: int) -> Station:
    """A workstation of that hub with two records."""
    station = hub.station(seed)
    station.finalise()
    station.finalise()
    return station


def to(hub: Running, station: Station) -> Station:
    """From here on the workstation talks to this hub."""
    station.http.base_url = hub.url
    return station


def test_two_hubs_on_one_database_store_each_record_once(two: tuple[Running, Running]) -> None:
    stations = [enrolled(two[seed % 2], seed) for seed in range(1, 7)]

    def bring(number: int) -> httpx2.Response:
        """Each batch goes to both hubs, at the same time."""
        station = stations[number // 2]
        return httpx2.post(
            f"{two[number % 2].url}/api/batches",
            content=pack_batch(station.chain),
            headers=dict(station.http.headers),
            timeout=30,
        )

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(bring, range(12)))
    assert {answer.status_code for answer in answers} == {200}
    assert [hub.count("entry") for hub in two] == [18, 18]
    assert two[0].count("interception") == 12
    for station in stations:
        assert {tip.hash for tip in to(two[1], station).tips().tips} == {station.chain[-1].hash}


def test_what_one_hub_takes_is_live_on_the_pages_of_the_other(
    two: tuple[Running, Running],
) -> None:
    one, other = two
    station = enrolled(one, 1)
    with httpx2.stream("GET", f"{other.pages}/live", timeout=15) as events:
        lines = (line for line in events.iter_lines() if line.startswith("data: "))
        before = next(lines)
        station.send()
        assert next(lines) != before
    assert "XA-MCN1-2026-000001" in httpx2.get(other.pages, timeout=30).text


def test_no_epoch_begins_while_a_hub_serves(url: Url, tmp_path: Path) -> None:
    with run_hub(tmp_path, database=url) as hub:
        held = _until(lambda: _serving_locks(hub.database) == 1)
        assert held
        with pytest.raises(CannotServe, match="another hub is serving"):
            begin_epoch(hub.database)
    assert begin_epoch(hub.database) != hub.hub.identity.epoch


def _serving_locks(url: str) -> int:
    found = administrator(
        url, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 2002"
    )
    return int(str(found[0][0]))


def _until(true: Callable[[], bool]) -> bool:
    """Whether it becomes true in at most a thousand questions."""
    return any(true() for _ in range(1_000))


def test_a_server_that_stops_during_ingest_costs_nothing(tmp_path: Path) -> None:
    with (
        postgres_server() as server,
        server.databases() as url,
        run_hub(tmp_path, database=url) as hub,
    ):
        station = enrolled(hub, 1)
        station.send(station.chain[:2])
        server.stop()
        away = station.post(pack_batch(station.chain))
        assert away.status_code == 503
        assert away.json()["code"] == "unavailable"
        assert away.json()["curable"]
        assert int(away.headers["Retry-After"]) > 0
        assert httpx2.get(f"{hub.url}/api/health", timeout=30).status_code == 503
        server.start()
        assert len(station.send().tips) == 1
        assert hub.count("entry") == 3
        assert hub.count("interception") == 2


def test_a_code_made_at_one_hub_opens_the_other(two: tuple[Running, Running]) -> None:
    one, other = two
    code = fresh_code(one.hub)
    Station(other.url, 5).enrol(code)
    with pytest.raises(httpx2.HTTPStatusError):
        Station(one.url, 6).enrol(code)


def test_a_transaction_that_waits_too_long_for_a_lock_is_curable(database: Database) -> None:
    with database.writing(("a",)):

        def wait() -> None:
            with database.writing() as rows:
                rows.execute("SET LOCAL lock_timeout = '50ms'")
                rows.execute(
                    "SELECT pg_advisory_xact_lock(21591, n) FROM generate_series(0, 1023) n"
                )

        with ThreadPoolExecutor(1) as pool, pytest.raises(Unavailable):
            pool.submit(wait).result(20)


def test_photos_and_rows_of_another_hub_do_not_meet(url: Url, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with run_hub(tmp_path / "a", database=url) as hub:
        address = hub.database
    with pytest.raises(CannotServe, match="another hub"):
        open_hub(url(tmp_path / "b"), f"file://{tmp_path}/a/objects", create=False)
    open_hub(address, f"file://{tmp_path}/a/objects").close()


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_one_of_two_processes_is_killed_and_the_other_goes_on(url: Url, tmp_path: Path) -> None:
    words = ("--database", url(tmp_path))
    code = tmp_path / "code"
    with (
        serving(tmp_path, *words, "--code", str(code)) as (first, one),
        serving(tmp_path, *words) as (_, other),
    ):
        station = Station(one)
        station.enrol(code.read_text())
        station.finalise()
        station.send()
        station.finalise()
        first.kill()
        station.http.base_url = other
        assert tips_of(station.send()) == {station.chain[-1].hash}
        device = run("device", "list", *words)
        assert str(station.device) in device.out
