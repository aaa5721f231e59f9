"""A hub burns, moves or rots; real workstations synchronise with what is there then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.backup import back_up, prepare
from storage import hub_memory
from storage.hub_memory import HubFact
from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.database import transaction
from tests.hub.conftest import run_hub
from tests.hub.engines import PostgresServer
from tests.journeys.conftest import WORDS, Pair
from tests.journeys.desk import record_files, run


@pytest.fixture
def empty(postgres: PostgresServer, tmp_path: Path) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres.databases() as url:
        yield url(tmp_path)


def test_a_hub_moves_to_postgresql_and_its_workstation_sends_what_it_lost_and_nothing_twice(
    pair: Pair, tmp_path: Path, empty: str
) -> None:
    files = record_files(tmp_path / "in", 3)
    assert pair.desk.run("record", *files[:2]).status == 0
    assert pair.sync().status == 0
    prepare(pair.hub.hub, tmp_path / "backup")
    back_up(pair.hub.hub, tmp_path / "backup")
    assert pair.desk.run("record", files[2]).status == 0
    assert pair.sync().out == "hub has 3 of 3 records, 6 of 6 photos\n"
    objects = f"file://{tmp_path}/new/objects"

    done = run(["hub", "restore", "--from", str(tmp_path / "backup"), "--database", empty,
                "--objects", objects])  # fmt: skip

    assert done.status == 0, done.err
    with run_hub(tmp_path / "new", database=lambda _: empty, objects=objects) as restored:
        assert restored.count("interception") == 2
        held = restored.count("entry")
        synced = pair.desk.run("sync", "--hub", restored.url)
        assert synced.out == "hub has 3 of 3 records, 6 of 6 photos\n", synced.err
        assert restored.count("entry") == held + 1
        assert restored.count("upload") - pair.hub.count("upload") <= 2  # those of one record
        assert restored.count("photo") == 6
        assert restored.count("tip") == 1
    old = pair.sync()
    assert old.status != 0  # its epoch is over
    assert pair.desk.run("verify").status == 0


def levels_next_day(pair: Pair) -> list[int]:
    """After the first synchronisation of another day: how many photos the workstation has as held,
    and how many of them as safe.
    """
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws, transaction(ws.db):
        hub_memory.remember(ws.db, HubFact.CHECKED_ON, b"2026-01-01")
    assert pair.sync().status == 0
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws:
        summary = hub_memory.summary(ws.db)
    return [summary.photos_held, summary.photos_safe]


def test_a_photo_that_rotted_at_the_hub_is_safe_no_longer_at_its_workstation(
    pair: Pair, tmp_path: Path
) -> None:
    assert pair.desk.run("record", *record_files(tmp_path / "in", 1)).status == 0
    assert pair.sync().status == 0
    prepare(pair.hub.hub, tmp_path / "backup")
    back_up(pair.hub.hub, tmp_path / "backup")
    assert levels_next_day(pair) == [2, 2]
    file = next((pair.hub.folder / "objects" / "photos").glob("??/*"))
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    places = ["--database", pair.hub.database, "--objects", pair.hub.objects]
    assert run(["hub", "check", *places]).status == 1
    assert levels_next_day(pair) == [2, 1]
    assert run(["hub", "check", *places, "--mend-from", str(tmp_path / "backup")]).status == 0
    assert levels_next_day(pair) == [2, 1]
    back_up(pair.hub.hub, tmp_path / "backup", reread=7)
    assert levels_next_day(pair) == [2, 2]
