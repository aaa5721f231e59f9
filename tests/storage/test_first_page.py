"""The database opens though its first bytes are damaged, and says so when it cannot."""

from __future__ import annotations

import base64
import json
import os
import shutil
from pathlib import Path

import pytest

from storage.check import check
from storage.first_look import DATABASE, FILE
from storage.key_file import key_file
from storage.keys import open_keys
from system.database import transaction
from system.database.opener import open_encrypted
from system.errors import CannotOpen, CannotWrite
from tests.builders import BEGUN, Place, a_final

SECTOR = 512
SALT = 16


def flip(file: Path, place: int) -> None:
    """One bit of the file is another."""
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


def tear(file: Path) -> None:
    """The first sector of the file is lost."""
    data = file.read_bytes()
    file.write_bytes(os.urandom(SECTOR) + data[SECTOR:])


def entries(place: Place) -> int:
    """How many entries the folder has; it must be sound."""
    with place.open() as ws:
        health = check(ws)
    assert health.sound, health.findings
    return health.entries


def cut_off_while_folding_in(place: Place) -> None:
    """The folder as a power cut leaves it, its WAL beside the database, when page 1 is in both."""
    kept = place.home.with_name("kept")
    with place.open() as ws:
        a_final(ws)
        ws.db.execute("CREATE TABLE later (a)")  # changes the first page
        kept.mkdir()
        for name in (DATABASE, f"{DATABASE}-wal"):
            shutil.copy(place.home / name, kept / name)
    for name in (DATABASE, f"{DATABASE}-wal"):
        shutil.copy(kept / name, place.home / name)


@pytest.mark.parametrize("byte", range(SALT))
def test_a_flipped_bit_in_the_salt_costs_nothing_and_is_mended(place: Place, byte: int) -> None:
    before = (place.home / DATABASE).read_bytes()[:SALT]
    flip(place.home / DATABASE, byte)

    place.open().close()

    assert (place.home / DATABASE).read_bytes()[:SALT] == before


def test_a_first_sector_torn_while_the_log_is_folded_in_costs_nothing(place: Place) -> None:
    cut_off_while_folding_in(place)
    assert (place.home / f"{DATABASE}-wal").stat().st_size > 0
    tear(place.home / DATABASE)

    assert entries(place) == BEGUN + 1
    before = (place.home / DATABASE).read_bytes()
    assert key_file(place.home).database_salt == before[:SALT]
    (place.home / f"{DATABASE}-wal").unlink(missing_ok=True)
    assert entries(place) == BEGUN + 1


def test_a_flipped_bit_in_the_salt_with_a_log_beside_it_costs_nothing(place: Place) -> None:
    cut_off_while_folding_in(place)
    flip(place.home / DATABASE, 3)

    assert entries(place) == BEGUN + 1


def test_a_folder_that_is_only_read_shows_what_is_in_the_log_alone(place: Place) -> None:
    cut_off_while_folding_in(place)
    keys = open_keys(place.home, place.way)
    before = {file: file.read_bytes() for file in place.home.glob(f"{DATABASE}*")}

    db = open_encrypted(place.home / DATABASE, keys.database, keys.salt, read_only=True)
    found = db.execute("SELECT count(*) FROM entry").fetchone()
    with pytest.raises(CannotWrite, match="read-only"), transaction(db):
        db.execute("CREATE TABLE more (a)")
    db.close()

    assert found == (BEGUN + 1,)
    assert {file: file.read_bytes() for file in place.home.glob(f"{DATABASE}*")} == before


def test_a_first_page_that_is_lost_is_named_and_no_passphrase_is_doubted(place: Place) -> None:
    tear(place.home / DATABASE)
    before = (place.home / DATABASE).read_bytes()

    with pytest.raises(CannotOpen, match="the first page of the database is damaged") as met:
        place.open()

    assert "passphrase" not in str(met.value)
    assert "Restore the folder from a backup" in str(met.value)
    assert (place.home / DATABASE).read_bytes() == before


def test_a_key_file_of_the_first_version_is_read_and_gets_the_salt(place: Place) -> None:
    file = place.home / FILE
    old = json.loads(file.read_text())
    salt = old.pop("database_salt")
    file.write_text(json.dumps(old | {"v": 1}))

    place.open().close()

    assert json.loads(file.read_text()) == {"v": 2, "slots": old["slots"], "database_salt": salt}
    flip(place.home / DATABASE, 0)
    assert entries(place) == BEGUN


@pytest.mark.parametrize("salt", [bytes(16), b"short"])
def test_a_salt_that_rotted_in_the_key_file_gives_way_to_the_one_in_the_database(
    place: Place, salt: bytes
) -> None:
    file = place.home / FILE
    right = key_file(place.home).database_salt
    held = json.loads(file.read_text())
    file.write_text(json.dumps(held | {"database_salt": base64.b64encode(salt).decode()}))

    assert entries(place) == BEGUN
    assert key_file(place.home).database_salt == right


def test_the_key_file_of_a_newer_program_is_left_alone(place: Place) -> None:
    file = place.home / FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"v": 3}))
    before = file.read_bytes()

    with pytest.raises(CannotOpen, match="a newer Tidewaiter made the key file"):
        place.open()

    assert file.read_bytes() == before
