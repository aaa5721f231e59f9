"""What a transaction rests on: how every connection is set, and what is on the disk before it."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from acts.interception.record_file import record_file
from acts.receipt.issue_receipt import issue_receipt
from hub.store.sqlite.database import SqliteDatabase
from storage import cases, facts, settings
from storage.projections import records
from storage.workstation import Workstation
from system.database import Connection, DuplicateKey, transaction
from system.errors import AlreadyOpen, CannotWrite
from tests.builders import SESSION, Place, a_document, a_final, a_photo
from tests.nets.disk import Calls, watched

PROC = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for the path of a file")
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: the log is flushed with every commit
    "foreign_keys": 1,
    "trusted_schema": 0,
    "recursive_triggers": 1,  # replacing a row deletes it, and the journal's triggers hear of it
    "temp_store": 2,  # MEMORY: nothing of the database in a temporary file
}


def pragmas(connection: Connection) -> dict[str, Any]:
    """What SQLite itself says of the connection."""
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}


def test_every_connection_of_a_post_flushes_its_log_with_every_commit(ws: Workstation) -> None:
    with ThreadPoolExecutor(1) as pool:
        of_another_thread = pool.submit(lambda: pragmas(ws.db)).result()

    assert pragmas(ws.db) == PRAGMAS
    assert of_another_thread == PRAGMAS


def test_every_connection_of_a_hub_flushes_its_log_with_every_commit(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "hub.sqlite")
    try:
        with database.writing() as rows:
            written = pragmas(rows)
        with database.reading() as rows:
            read = pragmas(rows)
    finally:
        database.close()

    assert written == read == PRAGMAS


def test_a_transaction_that_fails_leaves_no_row(ws: Workstation) -> None:
    with pytest.raises(DuplicateKey), transaction(ws.db):
        twice(ws.db, "INSERT INTO place (name, value) VALUES ('half', x'01')")

    assert facts.read(ws.db, "half") is None
    with transaction(ws.db):
        facts.write(ws.db, "whole", b"done")
    assert facts.read(ws.db, "whole") == b"done"


def twice(connection: Connection, statement: str) -> None:
    """The second time it is refused."""
    for _ in range(2):
        connection.execute(statement)


def test_a_deed_holds_the_write_lock_before_its_first_statement(ws: Workstation) -> None:
    """A lock taken with the first write would let two deeds act on the same facts."""
    with transaction(ws.db), ThreadPoolExecutor(1) as pool:
        refused = pool.submit(_write_at_once, ws).result()

    assert isinstance(refused, CannotWrite)
    settings.write(ws.db, [settings.PACK.to("free again")])


def _write_at_once(ws: Workstation) -> CannotWrite | None:
    """What another thread hears that does not wait for its turn."""
    ws.db.execute("PRAGMA busy_timeout = 0")
    try:
        settings.write(ws.db, [settings.PACK.to("at once")])
    except CannotWrite as error:
        return error
    return None


@PROC
def test_photos_are_on_the_disk_before_the_record_that_names_them_is_committed(
    ws: Workstation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_record_file(tmp_path)

    with watched(monkeypatch) as calls:
        committed(ws, calls)
        record = record_file(ws, file, session=SESSION).record

    photos = cases.complete(ws.db, record).photos
    assert len(photos) == 2
    for photo in photos:
        path = ws.home / "photos" / str(photo.sha256)[:2] / str(photo.sha256)
        named = calls.at("rename", path)
        flushed = [n for n, call in enumerate(calls.made) if call == ("flush", str(path.parent))]
        assert named < max(flushed) < calls.at("entry", "interception.finalised")
    assert calls.at("entry", "interception.finalised") < calls.made.index(
        ("commit", ""), calls.at("entry", "interception.finalised")
    )
    # what can be made again from a photo costs no flush: a disk needs milliseconds for each
    files = [Path(about) for what, about in calls.made if what == "flush"]
    assert len([file for file in files if file.suffix == ".part"]) == len(photos)


@PROC
def test_a_paper_is_on_the_disk_before_the_entry_that_names_it_is_committed(
    ws: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = a_final(ws)

    with watched(monkeypatch) as calls:
        committed(ws, calls)
        issue_receipt(ws, record, SESSION)

    paper = cases.read(ws.db, record).receipts[-1].paper
    path = ws.home / "papers" / str(paper)[:2] / str(paper)
    flushed = calls.made.index(("flush", str(path.parent)), calls.at("rename", path))
    assert flushed < calls.at("entry", "receipt.issued")


def committed(ws: Workstation, calls: Calls) -> None:
    """Write down the entries and commits of this thread's connection among the system calls."""

    def note(statement: str) -> None:
        if statement.startswith("INSERT INTO entry"):
            kinds = [kind for kind in KINDS if kind in statement]
            calls.note("entry", kinds[0] if kinds else "?")
        elif statement == "COMMIT":
            calls.note("commit")

    connection: Any = ws.db
    connection.set_trace_callback(note)


KINDS = ("interception.finalised", "receipt.issued", "receipt.printed")


def a_record_file(folder: Path) -> Path:
    """A record in the exchange format with the two photos that its pack requires."""
    document = a_document(pack="SAMPLE-MED")
    document["photos"] = [{"file": f"{role}.jpg", "role": role} for role in ("overview", "label")]
    for shade, photo in enumerate(document["photos"]):
        (folder / photo["file"]).write_bytes(a_photo(shade))
    file = folder / "night.json"
    file.write_text(json.dumps(document))
    return file


def test_a_folder_is_open_in_one_program_at_a_time_and_free_when_that_one_leaves(
    place: Place,
) -> None:
    with place.open() as ws:
        a_final(ws)
        with pytest.raises(AlreadyOpen):
            place.open()
    with place.open() as again:
        assert len(records.page(again.db).rows) == 1


def test_a_folder_that_did_not_open_is_not_left_locked(place: Place) -> None:
    database = place.home / "workstation.db"
    sound = database.read_bytes()
    database.write_bytes(bytes(4096))
    with pytest.raises(Exception, match="workstation"):
        place.open()

    database.write_bytes(sound)
    with place.open() as ws:
        assert ws.device


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET kind = 'x'",
        "DELETE FROM entry",
        "UPDATE nominal SET part = x'7b7d'",
        "DELETE FROM nominal",
        "INSERT OR REPLACE INTO nominal SELECT * FROM nominal",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_journal(
    ws: Workstation, statement: str
) -> None:
    a_final(ws, a_document(legal={"witnesses": ["Bo"]}))

    with (
        pytest.raises(DuplicateKey, match=r"append-only|never changed|never deleted"),
        transaction(ws.db),
    ):
        ws.db.execute(statement)
