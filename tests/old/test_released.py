"""What an earlier version wrote is read by this one."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from acts.receipt.verify_paper import read_keys, verify_file
from domain.signing import VerifyKey
from domain.statement import RefusalCode
from hub.build import open_hub
from hub.bundles import take_bundle
from hub.store.sqlite.database import SqliteDatabase
from storage import cases
from storage.check import check
from storage.first_look import DATABASE
from storage.keys import Passphrase, open_keys
from storage.projections import records
from storage.workstation import Workstation, open_workstation
from sync.wire.acknowledgement import read_acknowledgement
from sync.wire.batch import read_batch
from sync.wire.enrolment import read_request
from system.database.opener import open_encrypted

OLD = Path(__file__).parent / "0.1"
PASSPHRASE = "old sample passphrase"
FIRST = "XA-MCN1-2026-00001-3"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLD / "workstation", tmp_path / "workstation"))


@pytest.fixture
def old(home: Path) -> Iterator[Workstation]:
    with open_workstation(home, Passphrase(PASSPHRASE)) as ws:
        yield ws


def test_an_old_folder_opens_with_its_records_names_photos_and_papers(old: Workstation) -> None:
    numbers = [row.number for row in records.page(old.db).rows]
    assert numbers == ["XA-MCN1-2026-00002-1", FIRST]
    first = cases.complete(old.db, records.find_number(old.db, FIRST))
    assert first.persons.parties[0].name == "Ada Example"
    health = check(old)
    assert [str(finding) for finding in health.findings if not finding.warns] == []
    assert (health.entries, health.photos, health.papers) == (7, 2, 1)


def test_an_old_folder_finds_its_records_by_words_and_knows_what_the_hub_holds(
    old: Workstation,
) -> None:
    found = records.page(old.db, search="pregabalin XB0100002").rows
    assert [row.number for row in found] == ["XA-MCN1-2026-00002-1"]
    assert found[0].at_hub


def test_a_copy_of_the_old_database_stays_beside_it(home: Path) -> None:
    open_workstation(home, Passphrase(PASSPHRASE)).close()
    copy = home / f"{DATABASE}.before-2"
    assert copy.stat().st_mode & 0o777 == 0o600
    before = open_encrypted(copy, open_keys(home, Passphrase(PASSPHRASE)).database)
    assert before.execute("SELECT count(*) FROM entry").fetchone() == (7,)
    assert before.execute("SELECT count(*) FROM record").fetchone() == (2,)
    before.close()


def test_a_copy_that_a_dead_program_left_half_done_does_not_stand_in_the_way(home: Path) -> None:
    for name in (f"{DATABASE}.before-2.part", f"{DATABASE}.before-2"):
        (home / name).write_bytes(b"half of a copy")
    with open_workstation(home, Passphrase(PASSPHRASE)) as ws:
        assert len(records.page(ws.db).rows) == 2
    assert (home / f"{DATABASE}.before-2").stat().st_size > 100_000


def test_an_old_receipt_is_judged_by_its_key() -> None:
    judged = verify_file(OLD / "receipt.pdf", read_keys(OLD / "public-key.txt"))
    assert judged.seal is not None
    assert judged.seal.seizure_no == FIRST


def test_an_old_hub_opens_with_what_it_held(tmp_path: Path) -> None:
    database = SqliteDatabase(Path(shutil.copy(OLD / "hub" / "hub.db", tmp_path)))
    with database.reading() as db:
        assert db.execute("SELECT count(*) FROM entry").fetchone() == (7,)
    database.close()


def test_an_old_bundle_is_taken_by_its_hub(tmp_path: Path) -> None:
    old = OLD.parent / "bundle-1"
    shutil.copy(old / "hub.db", tmp_path)
    hub = open_hub(f"sqlite://{tmp_path}/hub.db", f"file://{tmp_path}/objects")
    (file,) = old.glob("*.age")
    with file.open("rb") as source:
        report = take_bundle(hub, source)
    assert report.complete
    assert (report.new_entries, len(report.new_photos)) == (5, 4)
    hub.close()


def test_what_went_over_the_wire_of_protocol_1_is_read() -> None:
    old = json.loads((OLD / "wire.json").read_text(encoding="utf-8"))
    for packed in old["batches"].values():
        assert len(read_batch(base64.b64decode(packed)).entries) == 3
    key = VerifyKey(bytes.fromhex(old["hub_key"]))
    for signed in old["acknowledgements"].values():
        statement = read_acknowledgement(signed.encode(), key)
        assert (statement.protocol, statement.losses, statement.lost) == (1, 0, ())
        (refusal,) = statement.refused
        assert (refusal.code, refusal.curable) == (RefusalCode.UNKNOWN, False)
    assert read_request(old["enrolment_request"].encode()).station == 1
