"""A hub gets a newer program: nothing is lost, and the way back is a copy beside the database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hub.build import open_hub
from hub.store.postgres.migrations import STEPS, m0004_lists
from hub.store.sqlite.database import SqliteDatabase
from hub.store.sqlite.migrations import STEPS as SQLITE_STEPS
from system.database.header import set_schema_version
from tests.hub.conftest import run_hub
from tests.hub.engines import PostgresServer, Url
from tests.hub.station import tips_of
from tests.hub.test_commands import run

OLD = Path(__file__).parents[1] / "old" / "0.1" / "hub"


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[Url]:
    """Databases with the tables of a hub."""
    with postgres.databases() as url:
        yield url


def a_newer_step(address: str, needed: int) -> None:
    """What the start of a newer program does to the database: a step that this one lacks."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER TABLE device ADD COLUMN later bigint NOT NULL DEFAULT 0")
        connection.execute("CREATE TABLE of_later (id bigint PRIMARY KEY)")
        connection.execute(
            "UPDATE hub_schema SET version = %s, needed = %s", (len(STEPS) + 1, needed)
        )


def test_the_older_of_two_processes_goes_on_while_the_other_is_replaced(
    url: Url, tmp_path: Path
) -> None:
    objects = f"file://{tmp_path}/objects"
    with (
        run_hub(tmp_path, database=url, objects=objects) as one,
        run_hub(tmp_path, database=url, objects=objects) as other,
    ):
        station = one.station()
        station.send()
        a_newer_step(url(tmp_path), needed=len(STEPS))
        for hub in (one, other, one):
            station.http.base_url = hub.url
            entry = station.finalise()
            assert tips_of(station.send([entry])) == {entry.hash}
        assert one.station(2).send().tips
        assert other.count("entry") == 5
    # also one that starts now, as after a step back
    with run_hub(tmp_path, database=url, objects=objects) as again:
        station.http.base_url = again.url
        assert tips_of(station.tips()) == {station.chain[-1].hash}


def test_an_older_program_that_cannot_use_the_database_says_so_and_changes_nothing(
    url: Url, tmp_path: Path
) -> None:
    with run_hub(tmp_path, database=url) as hub:
        station = hub.station()
        station.send()
    a_newer_step(url(tmp_path), needed=len(STEPS) + 1)
    said = run("check", "--database", url(tmp_path), "--objects", f"file://{tmp_path}/objects")
    assert (said.status, said.out) == (3, "")
    assert "a newer Tidewaiter made this database" in said.err
    assert "Install that version; nothing was changed" in said.err


def test_an_upgraded_sqlite_hub_has_its_older_database_beside_and_goes_back_to_it(
    tmp_path: Path,
) -> None:
    shutil.copytree(OLD, tmp_path / "hub")
    file = tmp_path / "hub" / "hub.db"
    address, objects = f"sqlite://{file}", f"file://{tmp_path}/hub/objects"
    hub = open_hub(address, objects, accept_folder=True)
    epoch = hub.identity.epoch
    hub.close()
    (before,) = file.parent.glob("hub.db.before-*")
    step = int(before.name.rpartition("-")[2])
    assert 1 < step <= len(SQLITE_STEPS)
    kept = before.read_bytes()
    assert int.from_bytes(kept[60:64], "big") == step - 1  # the schema of the older program

    shutil.copy(before, file)  # the step back, as docs/hub.md has it

    said = run("check", "--new-epoch", "--database", address, "--objects", objects)
    assert "begins" in said.out
    database = SqliteDatabase(file)
    with database.reading() as rows:
        assert rows.execute("SELECT count(*) FROM entry").fetchone() == (7,)
        assert rows.execute("SELECT count(*) FROM epoch").fetchone() == (2,)
        assert rows.execute("SELECT name FROM epoch").fetchone() == (epoch,)
    database.close()
    assert before.read_bytes()[60:64] == kept[60:64]


@pytest.mark.rows
def test_a_hub_from_before_the_index_by_workstation_gets_it(tmp_path: Path, engine: Url) -> None:
    """The database is made as that step left it."""
    address, objects = engine(tmp_path), f"file://{tmp_path}/objects"
    back = (
        "DROP INDEX interception_device",
        "CREATE INDEX interception_post ON interception (post, day, arrival)",
        "DROP INDEX used_number_shared",
        "CREATE INDEX used_number_shared ON used_number (record) WHERE shared = 1",
    )
    on_sqlite = not address.startswith("postgresql")
    with open_hub(address, objects) as hub, hub.database.writing() as rows:
        for statement in back:
            rows.execute(statement)
        if on_sqlite:
            rows.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0014_lists'")
            set_schema_version(rows, SQLITE_STEPS.index("m0014_lists"))
        else:
            step = STEPS.index(m0004_lists)
            rows.execute("UPDATE hub_schema SET version = ?, needed = ?", (step, step))
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if on_sqlite
        else "SELECT indexname FROM pg_indexes"
    )
    with open_hub(address, objects) as hub, hub.database.reading() as rows:
        found = {name for (name,) in rows.execute(names)}
        assert {"interception_device", "used_number_shared"} <= found
        assert "interception_post" not in found
