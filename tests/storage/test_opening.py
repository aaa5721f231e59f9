"""The folder opens with its keys and with nothing else, and never makes a new one by mistake."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from acts.session import Session
from acts.station.init import make_workstation
from storage.errors import UnfitFolder, WrongSecret
from storage.first_look import DATABASE
from storage.identity import Station
from storage.key_file import ITERATIONS, LANES, MEMORY_KIB, KeyFile, SlotKind, key_file
from storage.keys import Passphrase, RecoveryKey
from storage.workstation import Workstation, open_workstation
from system.database.opener import open_encrypted
from system.errors import AlreadyOpen, CannotOpen, CannotWrite, MachineError
from tests.builders import Place, a_document, a_final

WORDS = "harbour lantern sevenfold quartz meadow"


def test_the_recovery_key_opens_it_when_the_passphrase_is_lost(place: Place) -> None:
    with open_workstation(place.home, RecoveryKey(place.recovery.lower())) as ws:
        assert ws.station.post == "MCN"


@pytest.mark.parametrize("place_of_letter", [0, 9, 40])
def test_a_wrong_letter_in_the_recovery_key_is_noticed(place: Place, place_of_letter: int) -> None:
    letters = list(place.recovery)
    letters[place_of_letter] = "A" if letters[place_of_letter] != "A" else "B"

    with pytest.raises(WrongSecret, match="wrong letter"):
        open_workstation(place.home, RecoveryKey("".join(letters)))


def test_a_passphrase_opens_it_and_another_does_not(tmp_path: Path) -> None:
    home = tmp_path / "w"
    station = Station(name="bench", post="MCN", country="XA", number=1)
    make_workstation(home, station, (Passphrase(WORDS),), {}, session=Session("admin"))

    slot = next(one for one in key_file(home).slots if one.kind == SlotKind.PASSPHRASE)
    assert (slot.iterations, slot.memory_kib, slot.lanes) == (ITERATIONS, MEMORY_KIB, LANES)
    open_workstation(home, Passphrase(WORDS)).close()
    with pytest.raises(WrongSecret, match="does not open"):
        open_workstation(home, Passphrase(WORDS + "s"))


def test_a_short_passphrase_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    station = Station(name="bench", post="MCN", country="XA", number=1)

    with pytest.raises(WrongSecret, match="shorter than"):
        make_workstation(
            tmp_path / "w", station, (Passphrase("123456"),), {}, session=Session("admin")
        )

    assert list(tmp_path.iterdir()) == []


def test_a_lost_key_file_is_told_apart_from_a_folder_without_a_workstation(place: Place) -> None:
    (place.home / "keys.json").unlink()
    with pytest.raises(CannotOpen, match="the key file is missing") as lost:
        place.open()
    assert "from a backup" in lost.value.hint
    (place.home / DATABASE).unlink()
    with pytest.raises(CannotOpen, match="there is no workstation here"):
        place.open()


def test_a_way_that_the_folder_does_not_have_is_named_in_words(place: Place) -> None:
    with pytest.raises(WrongSecret, match="has no passphrase"):
        open_workstation(place.home, Passphrase(WORDS))


def test_nothing_that_was_recorded_can_be_read_from_the_files(place: Place) -> None:
    document = a_document(
        persons={"parties": [{"role": "consignee", "name": "Planted Nameworthy"}]},
        legal={"grounds": "Plantedgrounds, long enough to be taken as reasons."},
    )
    with place.open() as ws:
        a_final(ws, document)

    for file in (path for path in place.home.rglob("*") if path.is_file()):
        held = file.read_bytes()
        for word in (b"Nameworthy", b"Plantedgrounds", b"SQLite format", b"JFIF"):
            assert word not in held, file


@pytest.mark.parametrize("damage", ["missing", "plain", "garbage", "empty"])
def test_a_database_that_is_not_ours_is_never_opened_or_replaced(place: Place, damage: str) -> None:
    file = place.home / DATABASE
    contents = {"plain": b"SQLite format 3\x00" + bytes(4080), "garbage": b"x" * 8192, "empty": b""}
    file.unlink()
    if damage != "missing":
        file.write_bytes(contents[damage])

    with pytest.raises(MachineError):
        place.open()

    assert file.exists() == (damage != "missing")
    if damage != "missing":
        assert file.read_bytes() == contents[damage]


def test_a_second_program_is_told_who_holds_the_folder(place: Place) -> None:
    script = (
        "import sys; from pathlib import Path; from system.lock import FolderLock;"
        "held = FolderLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(place.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"held\n"

    with pytest.raises(AlreadyOpen, match=str(child.pid)):
        place.open()

    child.kill()
    child.communicate()
    place.open().close()


def test_a_folder_that_holds_something_is_not_made_into_a_workstation(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    station = Station(name="bench", post="MCN", country="XA", number=1)

    with pytest.raises(UnfitFolder, match="this is not an empty folder"):
        make_workstation(tmp_path, station, (Passphrase(WORDS),), {}, session=Session("admin"))
    home = tmp_path / "Dropbox" / "w"
    with pytest.raises(UnfitFolder, match="synced folder"):
        make_workstation(home, station, (Passphrase(WORDS),), {}, session=Session("admin"))


def test_a_database_of_a_newer_program_is_left_alone(place: Place) -> None:
    with place.open() as ws:
        ws.db.execute("PRAGMA user_version = 99")

    with pytest.raises(CannotOpen, match="newer Tidewaiter"):
        place.open()


def test_a_full_disk_is_said_and_what_was_saved_stays(place: Place) -> None:
    with place.open() as ws:
        record = a_final(ws)
        pages = ws.db.execute("PRAGMA page_count").fetchone()[0]
        ws.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CannotWrite, match="disk is full"):
            _fill(ws)

    with place.open() as ws:
        a_final(ws)
        assert ws.db.execute("SELECT 1 FROM record WHERE record = ?", (str(record),)).fetchone()


def _fill(ws: Workstation) -> None:
    for _ in range(50):
        a_final(ws)


def test_the_key_file_holds_two_slots_from_the_first_day(place: Place) -> None:
    found = key_file(place.home)

    assert isinstance(found, KeyFile)
    assert sorted(slot.kind for slot in found.slots) == ["keystore", "recovery"]
    (place.home / "keys.json").write_text("{")
    with pytest.raises(CannotOpen, match="key file is damaged"):
        place.open()


def test_a_database_is_never_made_where_one_was_expected(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="no database here"):
        open_encrypted(tmp_path / "x.db", bytes(32))

    assert list(tmp_path.iterdir()) == []
