"""A backup of either engine is restored to either one, with photos in a folder or a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from domain.ids import DeviceId, PhotoHash
from domain.statement import Level
from hub.backup import back_up, prepare
from hub.store.addresses import open_database, open_objects
from hub.store.port import Database
from hub.store.sqlite.copy import tables_in
from hub.store.sqlite.database import SqliteDatabase
from tests.hub.conftest import run_hub
from tests.hub.engines import PostgresServer, Url, sqlite_url
from tests.hub.station import tips_of
from tests.hub.test_commands import run
from tests.hub.test_photos import PHOTO
from tests.hub.test_restore import OTHER, with_photo, words

VALUES: dict[str, object] = {"only": 1, "summary": "{}", "packs": "[]"}
"""Values of made-up rows whose columns do not take any."""


def dump(database: Database, tmp_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, whatever the engine."""
    schema = SqliteDatabase(tmp_path / "schema.sqlite")
    with schema.reading() as rows:
        tables = tables_in(rows)
    schema.close()
    found = {}
    with database.reading() as rows:
        for table in tables:
            listed = ", ".join(f'"{column}"' for column in table.columns)
            stored = rows.execute(f'SELECT {listed} FROM "{table.name}"').fetchall()
            values = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in r) for r in stored
            ]
            found[table.name] = sorted(values, key=repr)
    return found


def fill(database: Database, device: DeviceId, tmp_path: Path) -> None:
    """A made-up row in every table that has none."""
    schema = SqliteDatabase(tmp_path / "schema.sqlite")
    with schema.reading() as rows:
        kinds = {
            table.name: rows.execute(
                "SELECT name, type FROM pragma_table_info(?)", (table.name,)
            ).fetchall()
            for table in tables_in(rows)
        }
    schema.close()
    made = {"INTEGER": 7, "TEXT": str(device), "BLOB": b"\x00\xff" * 16}
    with database.writing() as rows:
        for name, columns in kinds.items():
            if rows.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]:
                continue
            listed = ", ".join(f'"{column}"' for column, _ in columns)
            marks = ", ".join("?" * len(columns))
            values = [VALUES.get(column, made.get(kind)) for column, kind in columns]
            rows.execute(f'INSERT INTO "{name}" ({listed}) VALUES ({marks})', values)


@dataclass
class Places:
    """Addresses of databases and stores on demand."""

    request: pytest.FixtureRequest
    held: ExitStack
    root: Path

    def database(self, engine: str, name: str) -> Url:
        """The address of a database in a folder of that name."""
        if engine == "sqlite":
            return sqlite_url
        server: PostgresServer = self.request.getfixturevalue("postgres")
        return self.held.enter_context(server.databases())

    def objects(self, kind: str, name: str) -> str:
        """The address of an empty store."""
        if kind == "folder":
            return f"file://{self.root}/{name}/objects"
        bucket = self.request.getfixturevalue("swift").bucket()
        return str(bucket.address(self.root / name / "arriving"))


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Databases that are empty again at the end."""
    with ExitStack() as held:
        yield Places(request, held, tmp_path)


@pytest.mark.parametrize(
    ("source", "target", "store"),
    [
        ("sqlite", "sqlite", "folder"),
        ("sqlite", "postgresql", "bucket"),
        ("postgresql", "sqlite", "bucket"),
        ("postgresql", "postgresql", "folder"),
    ],
)
def test_all_rows_and_bytes_come_back_and_workstations_lose_nothing(
    places: Places, tmp_path: Path, source: str, target: str, store: str
) -> None:
    first, second = places.database(source, "a"), places.database(target, "b")
    with run_hub(tmp_path / "a", database=first) as running:
        station = with_photo(running)
        fill(running.hub.database, station.device, tmp_path)
        expected = dump(running.hub.database, tmp_path)
        prepare(running.hub, tmp_path / "backup")
        back_up(running.hub, tmp_path / "backup")
        lost = station.finalise()
        assert tips_of(station.send()) == {lost.hash}
        hub, epoch = running.hub.identity.hub, running.hub.identity.epoch
    objects = places.objects(store, "b")
    url = second(tmp_path / "b")

    done = run("restore", "--from", str(tmp_path / "backup"), "--database", url,
               "--objects", objects)  # fmt: skip

    assert done.status == 0, done.err
    assert f"2 entries and 1 photo of hub {hub} verified, restored" in done.out
    database = open_database(url)
    restored = dump(database, tmp_path)
    database.close()
    assert all(restored.values())
    assert [row[2] for row in restored["hub"]] == [1]  # a copy: it begins a new epoch
    assert restored.pop("hub")[0][:2] == expected.pop("hub")[0][:2]
    assert restored == expected
    assert b"".join(open_objects(objects).read(PhotoHash.of(PHOTO))) == PHOTO

    with run_hub(tmp_path / "b", database=lambda _: url, objects=objects) as again:
        station.http.base_url = again.url
        ack = station.ask(PhotoHash.of(PHOTO))
        assert (ack.hub, ack.epoch == epoch) == (hub, False)
        assert tips_of(ack) == {station.chain[-2].hash}
        assert [photo.level for photo in ack.photos] == [Level.RECEIVED]
        assert tips_of(station.send([lost])) == {lost.hash}
        assert with_photo(again, 9, OTHER).tips().tips  # new rows get new numbers
        assert again.count("entry") == 5
        prepare(again.hub, tmp_path / "backup2")
        back_up(again.hub, tmp_path / "backup2")
        assert {tip.level for tip in station.tips().tips} == {Level.SAFE}


def test_a_served_database_is_not_retired(tmp_path: Path, places: Places) -> None:
    """Whoever asks it would not notice."""
    url = places.database("postgresql", "old")
    with run_hub(tmp_path / "old", database=url) as old:
        with_photo(old)
        prepare(old.hub, tmp_path / "backup")
        back_up(old.hub, tmp_path / "backup")
        with old.hub.database.listening(lambda: None):
            done = run(*words(tmp_path / "backup", tmp_path / "new"),
                       "--retire", old.database)  # fmt: skip
    assert done.status == 3
    assert "another hub is serving" in done.err
    assert not (tmp_path / "new" / "hub.sqlite").exists()
