"""Papers that no entry names: what a killed deed drew goes, what a lost entry left stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from acts.receipt.issue_receipt import issue_receipt
from acts.station.check_folder import check_folder, never_issued
from domain.ids import PaperHash
from storage.first_look import DATABASE
from storage.workstation import Workstation
from tests.builders import SESSION, Place, a_final


def papers(ws: Workstation) -> set[PaperHash]:
    return set(map(PaperHash.parse, ws.papers.names()))


def test_a_paper_drawn_by_a_deed_that_was_stopped_is_cleared_once_its_number_is_given(
    place: Place,
) -> None:
    with place.open() as ws:
        record = a_final(ws)
        ws.db.execute(
            "CREATE TEMP TRIGGER stopped BEFORE INSERT ON main.entry"
            " BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
        with pytest.raises(Exception, match="stopped"):
            issue_receipt(ws, record, SESSION, "en")
        ws.db.execute("DROP TRIGGER stopped")
        stopped = papers(ws)
        assert len(stopped) == 1
        assert never_issued(ws) == ()
        issue_receipt(ws, record, SESSION, "fr")
        assert set(never_issued(ws)) == stopped


def test_a_paper_whose_entry_was_lost_is_kept_and_told_of(place: Place, tmp_path: Path) -> None:
    with place.open() as ws:
        record = a_final(ws)
    shutil.copy(place.home / DATABASE, tmp_path / "older")
    with place.open() as ws:
        issue_receipt(ws, record, SESSION, "en")
    shutil.copy(tmp_path / "older", place.home / DATABASE)
    with place.open() as ws:
        assert len(papers(ws)) == 1
        assert never_issued(ws) == ()
        assert any(
            "a paper of it is stored here that is not in the journal" in str(finding)
            for finding in check_folder(ws).findings
        )
