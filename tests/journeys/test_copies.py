"""A folder that was set back, cut or copied is noticed, and told with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from acts.hub.join_hub import enrolled_hub
from hub.codes import fresh_code
from storage.keys import Passphrase
from storage.workstation import open_workstation
from sync.wire.enrolment_file import GivenStation
from tests.hub.conftest import run_hub
from tests.journeys.conftest import WORDS, Pair, copy_of
from tests.journeys.desk import Desk, a_record_file, run


@pytest.fixture
def at_home(pair: Pair) -> Pair:
    """The workstation knows the address that its hub has in this test."""
    with open_workstation(pair.desk.home, Passphrase(WORDS)) as ws:
        ws.db.execute("UPDATE hub SET value = ? WHERE name = 'url'", (pair.hub.url.encode(),))
        assert enrolled_hub(ws).url == pair.hub.url
    return pair


def recorded(desk: Desk, folder: Path, shade: int) -> None:
    assert desk.run("record", a_record_file(folder, f"r{shade}", shade=shade)).status == 0


def test_a_folder_that_was_set_back_is_told_by_doctor_and_healed_by_sync(
    at_home: Pair, tmp_path: Path
) -> None:
    desk = at_home.desk
    older = copy_of(desk, tmp_path / "older")
    recorded(desk, tmp_path, 10)
    assert at_home.sync().status == 0
    assert desk.run("doctor").status == 0

    said = older.run("doctor")
    assert said.status == 1
    assert "WRONG   hub: " in said.out
    assert "holds entries of this workstation that are not here" in said.out
    synced = older.run("sync")
    assert synced.status == 0
    assert "1 entry came back from the hub" in synced.err
    after = older.run("doctor")
    assert after.status == 0, after.out
    words = [line.split()[0] for line in after.lines if "names of" in line or "photo " in line]
    assert words == ["look"] * 3
    assert "ok      hub: " in after.out


def test_a_copy_that_was_worked_on_is_told_by_sync_doctor_and_verify(
    at_home: Pair, tmp_path: Path
) -> None:
    desk = at_home.desk
    copy = copy_of(desk, tmp_path / "copy")
    recorded(desk, tmp_path, 10)
    recorded(copy, tmp_path, 20)
    assert desk.run("sync").status == 0

    synced = copy.run("sync")

    assert synced.status == 1
    assert "branches into 2: a backup or a copy of this folder was worked on" in synced.err
    assert "this number was given to 2 interceptions" in synced.err
    assert synced.out == "hub has 2 of 2 records, 4 of 4 photos\n"
    said = copy.run("doctor")
    assert said.status == 1
    assert "look at journal after" in said.out
    assert "tell headquarters" in said.out
    verified = copy.run("verify")
    assert verified.status == 0
    assert "look at: journal after" in verified.out


def test_doctor_and_sync_do_not_believe_a_hub_that_was_replaced(
    at_home: Pair, tmp_path: Path
) -> None:
    desk = at_home.desk
    shutil.copytree(at_home.hub.folder, tmp_path / "restored")
    with run_hub(tmp_path / "restored") as hub, hub.hub.database.writing(("hub",)) as rows:
        rows.execute("UPDATE hub SET is_copy = 1")
    assert desk.run("sync").status == 0
    with run_hub(tmp_path / "restored") as hub:
        assert desk.run("sync", "--hub", hub.url).status == 0
    for command in ("sync", "doctor"):
        said = desk.run(command)
        assert said.status == (3 if command == "sync" else 1)
        assert "replaced by a newer one" in said.out + said.err


def test_an_old_copy_of_the_hubs_folder_that_was_put_back_is_not_believed(
    paired: Desk, tmp_path: Path
) -> None:
    """It signs fresh answers, in its epoch and with its key; what it lacks gives it away."""
    desk = copy_of(paired, tmp_path / "home")
    home = tmp_path / "hub"
    shutil.copytree(paired.home.parent / "hub", home)
    with run_hub(home) as hub:
        recorded(desk, tmp_path, 10)
        assert desk.run("sync", "--hub", hub.url).status == 0
    shutil.copytree(home, tmp_path / "copy")
    with run_hub(home) as hub:
        recorded(desk, tmp_path, 20)
        assert desk.run("sync", "--hub", hub.url).status == 0
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "copy", home)
    files = ("--database", f"sqlite://{home}/hub.sqlite", "--objects", f"file://{home}/objects")
    new_epoch = ["hub", "check", "--new-epoch", *files]
    with run_hub(home) as hub:
        for _ in range(2):
            said = desk.run("sync", "--hub", hub.url)
            assert (said.status, said.err.count("\n")) == (3, 1), said.err
            assert "an old copy of its folder was put back" in said.err
            assert "hub check --new-epoch" in said.err
        with hub.hub.database.hold():
            assert run(new_epoch).status == 3  # not while it is served
    assert run(new_epoch).status == 0
    with run_hub(home) as hub:
        assert desk.run("sync", "--hub", hub.url).out == "hub has 2 of 2 records, 4 of 4 photos\n"
        assert hub.count("interception") == 2


@pytest.mark.parametrize("command", ["sync", "enrol"])
def test_a_hub_over_plain_http_on_another_machine_is_refused(pair: Pair, command: str) -> None:
    words = ["--hub", "http://192.0.2.2:8080", *(["ABCD"] if command == "enrol" else [])]
    said = pair.desk.run(command, *words)
    assert said.status == 2
    assert "without encryption" in said.err


def test_a_computer_becomes_another_workstation_after_its_hub_forgot_it(
    pair: Pair, tmp_path: Path
) -> None:
    """Headquarters makes known by its key what the computer was; until then its entries wait."""
    desk, hub = pair.desk, pair.hub
    recorded(desk, tmp_path, 10)
    with hub.hub.database.writing(("device",)) as rows:  # as a restored hub
        rows.execute("DELETE FROM token")
        rows.execute("DELETE FROM device")
    given = GivenStation(post="MCN", country="XA", number=7, name="Counter 7")
    words = (fresh_code(hub.hub, given), "--hub", hub.url, "--officer", "admin")
    assert desk.run("station", "renew", *words).status == 0
    synced = pair.sync()
    assert (synced.status, synced.out) == (1, "hub has 0 of 1 records, 2 of 2 photos\n"), synced.err
    keys, database = str(desk.home / "public-key.txt"), f"sqlite://{hub.folder}/hub.sqlite"
    assert run(["hub", "device", "add", keys, "--database", database]).status == 0
    synced = pair.sync()
    assert (synced.status, synced.out) == (0, "hub has 1 of 1 records, 2 of 2 photos\n"), synced.err
