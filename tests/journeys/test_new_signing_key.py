"""A workstation changes its signing key: what was signed before stays good, here and at the hub."""

from __future__ import annotations

from pathlib import Path

import pytest

from acts.session import Session
from acts.station import change_key as deed
from storage.key_memory import PUBLIC_KEY
from storage.keys import Passphrase
from storage.workstation import open_workstation
from tests.builders import OFFICER
from tests.journeys.conftest import WORDS, Pair, copy_of
from tests.journeys.desk import Desk, a_record_file, an_item, run

BY = ("--officer", OFFICER)


def recorded(desk: Desk, folder: Path, shade: int) -> Path:
    """Record an interception of its own and issue its receipt; the paper."""
    item = {"postal_item_id": an_item(shade)}
    done = desk.run("record", a_record_file(folder, f"r{shade}", shade=shade, consignment=item))
    assert done.status == 0, done.err
    paper = folder / f"paper{shade}.pdf"
    made = desk.run("receipt", done.out.split()[0], "--out", paper)
    assert made.status == 0, made.err
    return paper


def change_key(desk: Desk) -> None:
    done = desk.run("rekey", "--new-signing-key", *BY)
    assert done.status == 0, done.err
    assert done.lines[0] == "changed: signing key"


def test_records_and_receipts_of_before_and_after_are_good_here_and_at_the_hub(
    pair: Pair, tmp_path: Path
) -> None:
    desk = pair.desk
    before = recorded(desk, tmp_path, 10)
    assert pair.sync().status == 0
    old_key = (desk.home / PUBLIC_KEY).read_bytes()
    change_key(desk)
    after = recorded(desk, tmp_path, 20)
    synced = pair.sync()
    assert (synced.status, synced.out) == (0, "hub has 2 of 2 records, 4 of 4 photos\n")
    assert "NOT sound" not in desk.run("verify").out
    for paper in (before, after):
        assert desk.run("verify", paper).status == 0
        key = desk.home / PUBLIC_KEY
        assert run(["verify", str(paper), "--key", str(key)]).status == 5
    lines = (desk.home / PUBLIC_KEY).read_bytes()
    assert lines.startswith(old_key)
    assert lines.count(b"\n") == 2
    assert pair.hub.count("device_key") == 1
    assert pair.hub.count("refusal") == 0


def test_a_change_goes_by_stick_too(pair: Pair, tmp_path: Path) -> None:
    desk = pair.desk
    assert pair.sync().status == 0
    change_key(desk)
    recorded(desk, tmp_path, 20)
    change_key(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    opened = ["--home", str(desk.home), "--passphrase-file", str(desk.passphrase)]
    made = run(["bundle", "export", "--out", str(stick), *opened])
    assert made.status == 0, made.err
    folder = pair.hub.folder
    places = [
        "--database",
        f"sqlite://{folder}/hub.sqlite",
        "--objects",
        f"file://{folder}/objects",
    ]
    taken = run(["hub", "import", str(stick), *places])
    assert taken.status == 0, taken.out + taken.err
    assert pair.hub.count("device_key") == 2
    assert pair.hub.count("interception") == 1


def test_a_copy_from_before_the_change_takes_back_what_came_and_signs_nothing(
    pair: Pair, tmp_path: Path
) -> None:
    copy = Pair(copy_of(pair.desk, tmp_path / "copy"), pair.hub)
    recorded(pair.desk, tmp_path, 10)
    change_key(pair.desk)
    recorded(pair.desk, tmp_path, 20)
    assert pair.sync().status == 0
    assert copy.sync().status == 1
    checked = copy.desk.run("verify")
    assert "another copy of this folder changed the key" in checked.out
    assert (checked.status, "NOT sound" in checked.out) == (0, False), checked.out
    refused = copy.desk.run("record", a_record_file(tmp_path, "late", shade=30))
    assert refused.status == 2
    assert "two copies" in refused.err


def test_a_program_killed_after_the_change_leaves_no_stale_public_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deed, "write_public_key", lambda *_: None)
    with open_workstation(desk.home, Passphrase(WORDS)) as ws:
        deed.change_key(ws, Session(OFFICER))
    with open_workstation(desk.home, Passphrase(WORDS)) as ws:
        key = str(ws.verify_key())
    assert (desk.home / PUBLIC_KEY).read_text().split()[-1] == key
    assert "NOT sound" not in desk.run("verify").out
