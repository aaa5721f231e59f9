"""Every seal is a witness of the journal: what it names must be there."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from acts.deed import EntryDraft, perform
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import original, print_receipt
from acts.receipt.verify_paper import read_keys, verify_file, verify_here
from acts.station.check_folder import check_folder
from domain.kinds import EntryKind
from papers.judge.judgement import Verdict
from storage import cases, journal
from storage.check import check
from storage.projections import records
from storage.workstation import Workstation, open_workstation
from tests.builders import SESSION, Place, a_final


def _receipt(ws: Workstation) -> tuple[str, bytes]:
    number = issue_receipt(ws, a_final(ws), SESSION).number
    return number, original(ws, number)


def test_a_sound_folder_with_receipts_and_copies_has_no_finding(ws: Workstation) -> None:
    number, _ = _receipt(ws)
    for _ in range(2):
        print_receipt(ws, number, SESSION, "file")
    assert check_folder(ws).findings == ()


@pytest.mark.parametrize("later", [1, 3])
def test_a_paper_that_names_an_entry_beyond_the_journal_is_not_in_it(
    place: Place, tmp_path: Path, later: int
) -> None:
    """The folder was rolled back: the paper is the only witness of what is gone."""
    shutil.copytree(place.home, tmp_path / "rolled back")
    file = tmp_path / "receipt.pdf"
    with place.open() as ws:
        for _ in range(later):
            a_final(ws)
        seq = journal.head(ws.db).head.seq  # type: ignore[union-attr]
        record = records.page(ws.db).rows[0].record
        file.write_bytes(original(ws, issue_receipt(ws, record, SESSION).number))
        assert verify_here(file, ws).verdict is Verdict.GENUINE
    shutil.copytree(place.home / "papers", tmp_path / "rolled back" / "papers", dirs_exist_ok=True)
    with open_workstation(tmp_path / "rolled back", place.way, now=place.clock) as ws:
        end = seq - later
        said = f"this paper names entry {seq}, the journal ends at {end}"
        judged = verify_here(file, ws)
        assert judged.verdict is Verdict.NOT_IN_JOURNAL
        assert said in str(judged)
        assert check(ws).sound
        health = check_folder(ws)
        assert not health.sound
        assert any(said in str(finding) for finding in health.findings)


def test_a_receipt_whose_own_entry_alone_is_gone_is_not_in_the_journal(
    place: Place, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.pdf"
    with place.open() as ws:
        record = a_final(ws)
    shutil.copytree(place.home, tmp_path / "rolled back")
    with place.open() as ws:
        file.write_bytes(original(ws, issue_receipt(ws, record, SESSION).number))
    with open_workstation(tmp_path / "rolled back", place.way, now=place.clock) as ws:
        judged = verify_here(file, ws)
        assert judged.verdict is Verdict.NOT_IN_JOURNAL
        assert "is not in the journal, though this workstation sealed it" in str(judged)
        assert check_folder(ws).findings == ()


def test_a_paper_of_another_branch_names_another_entry(place: Place, tmp_path: Path) -> None:
    shutil.copytree(place.home, tmp_path / "clone")
    file = tmp_path / "receipt.pdf"
    with place.open() as ws:
        file.write_bytes(_receipt(ws)[1])
        named = _last(ws) - 1
    with open_workstation(tmp_path / "clone", place.way, now=place.clock) as ws:
        _receipt(ws)
        judged = verify_here(file, ws)
    assert f"this paper names another entry {named} than the journal has" in str(judged)
    assert judged.verdict in (Verdict.NOT_IN_JOURNAL, Verdict.ALTERED)


def test_the_folder_is_not_sound_when_an_issued_seal_names_another_entry(ws: Workstation) -> None:
    number, _ = _receipt(ws)
    body = cases.read(ws.db, records.find_number(ws.db, number)).receipts[0].body
    again = msgspec.structs.replace(body, number=body.number)
    perform(ws, SESSION, lambda _db: EntryDraft(EntryKind.RECEIPT_ISSUED, str(body.record), again))
    assert check(ws).sound
    found = [str(finding) for finding in check_folder(ws).findings]
    last = _last(ws)
    words = f"its seal names entry {last - 2}, but it follows entry {last - 1}"
    assert found == [f"receipt {number}: {words}"]


def test_a_paper_that_was_drawn_and_never_issued_is_told_and_no_damage(
    place: Place, tmp_path: Path
) -> None:
    """What a kill between the paper and its entry leaves behind."""
    with place.open() as ws:
        record = a_final(ws)
    shutil.copytree(place.home, tmp_path / "killed")
    with place.open() as ws:
        number = issue_receipt(ws, record, SESSION).number
    shutil.copytree(place.home / "papers", tmp_path / "killed" / "papers")
    with open_workstation(tmp_path / "killed", place.way, now=place.clock) as ws:
        health = check_folder(ws)
        assert health.sound
        assert [str(finding) for finding in health.findings] == [
            f"receipt {number}: a paper of it is stored here that is not in the journal"
        ]


def test_a_forgers_own_key_proves_nothing_about_its_owner(tmp_path: Path) -> None:
    forger = Place(tmp_path / "forger")
    file = tmp_path / "forged.pdf"
    with forger.open() as ws:
        file.write_bytes(_receipt(ws)[1])
    judged = verify_file(file, read_keys(forger.home / "public-key.txt"))
    assert judged.verdict is Verdict.SEAL_ONLY
    assert "Who holds this key is not known from the paper" in str(judged)
    assert "were not compared" in str(judged)


def _last(ws: Workstation) -> int:
    """The number of the newest entry."""
    head = journal.head(ws.db)
    assert head is not None
    return head.head.seq
