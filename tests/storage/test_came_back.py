"""What an entry brought with it may lack where it came back from the hub, and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from acts.hub.take_back import take_back
from acts.receipt.issue_receipt import issue_receipt
from acts.station.check_folder import check_folder
from domain.ids import PaperHash, RecordId
from storage import journal
from storage.check import Health
from storage.projections.project import rebuild
from storage.workstation import Workstation, open_workstation
from system.database import Connection
from system.database.header import set_schema_version
from tests.builders import SESSION, Place, a_final


def wrong(health: Health) -> list[str]:
    return [str(finding) for finding in health.findings if not finding.warns]


def remarks(health: Health) -> list[str]:
    return [str(finding) for finding in health.findings if finding.warns]


def lose_names(db: Connection) -> None:
    """As somebody with the key could."""
    db.execute("DROP TRIGGER nominal_is_never_deleted")
    db.execute("DELETE FROM nominal")


def lose_papers(ws: Workstation) -> None:
    shutil.rmtree(ws.home / "papers")


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Workstation]:
    """A backup of an empty folder, after an interception with a receipt came back from the hub."""
    place = Place(tmp_path / "home")
    shutil.copytree(place.home, tmp_path / "backup")
    with place.open() as ws:
        issue_receipt(ws, a_final(ws), SESSION)
        entries = [entry for _, entry in journal.everything(ws.db)]
    with open_workstation(tmp_path / "backup", place.way, now=place.clock) as ws:
        take_back(ws, entries)
        yield ws


def test_a_restored_folder_is_sound_without_the_names_photos_and_papers(
    restored: Workstation,
) -> None:
    health = check_folder(restored)
    assert wrong(health) == []
    assert len([said for said in remarks(health) if said.startswith("names of")]) == 1
    assert len([said for said in remarks(health) if said.startswith("photo ")]) == 2
    assert [said for said in remarks(health) if said.startswith("receipt ")] == [
        "receipt XA-MCN1-2026-R00001-J: its paper is not stored here: the entry came back from the"
        " hub without it"
    ]


def test_that_entries_came_back_outlives_rebuild(
    restored: Workstation,
) -> None:
    rebuild(restored.db, restored.checklist, lambda _: None)
    assert wrong(check_folder(restored)) == []
    assert restored.db.execute("SELECT count(*) FROM came_back").fetchone()[0] > 0


def test_what_is_recorded_here_after_the_restore_may_lack_nothing(restored: Workstation) -> None:
    record = a_final(restored)
    issue_receipt(restored, record, SESSION)
    assert wrong(check_folder(restored)) == []
    lose_names(restored.db)
    lose_papers(restored)
    said = wrong(check_folder(restored))
    assert len(said) == 2
    assert "names of XA-MCN1-2026-00002" in said[0]
    assert "are gone, and the entry was written here" in said[0]
    assert "receipt XA-MCN1-2026-R00002" in said[1]


def test_names_that_are_gone_where_they_were_written_are_wrong_and_no_words_of_a_pack(
    ws: Workstation,
) -> None:
    a_final(ws)
    lose_names(ws.db)
    health = check_folder(ws)
    assert [said.split(": ", 1)[1] for said in wrong(health)] == [
        "are gone, and the entry was written here: restore the folder from a backup"
    ]
    assert remarks(health) == []


def test_a_paper_that_is_damaged_is_wrong_wherever_its_entry_is_from(
    restored: Workstation,
) -> None:
    paper = _paper(restored)
    file = restored.home / "papers" / str(paper)[:2] / str(paper)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"rotten")
    assert "damaged on the disk" in "".join(wrong(check_folder(restored)))


def test_names_that_a_folder_of_before_lacks_count_as_come_back_and_later_losses_do_not(
    place: Place,
) -> None:
    with place.open() as ws:
        issue_receipt(ws, a_final(ws), SESSION)
        lose_names(ws.db)
        lose_papers(ws)
        kept = a_final(ws)
        as_before(ws)
    with place.open() as ws:
        health = check_folder(ws)
        assert wrong(health) == []
        assert len([said for said in remarks(health) if "not stored here" in said]) == 2
        lose_names(ws.db)
        assert [_number(ws, kept) in said for said in wrong(check_folder(ws))] == [True]


def as_before(ws: Workstation) -> None:
    """The database has the shape that knew no marks."""
    ws.db.execute("DROP TABLE came_back")
    ws.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0004_came_back'")
    set_schema_version(ws.db, 3)


def _paper(ws: Workstation) -> PaperHash:
    return PaperHash(bytes(ws.db.execute("SELECT hash FROM paper").fetchone()[0]))


def _number(ws: Workstation, record: RecordId) -> str:
    return str(
        ws.db.execute("SELECT number FROM record WHERE record = ?", (str(record),)).fetchone()[0]
    )
