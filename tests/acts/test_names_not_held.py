"""Entries that came back from the hub have no names: no paper is drawn without them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from acts.hub.take_back import take_back
from acts.interception.amend import begin_amendment
from acts.receipt.issue_receipt import issue_receipt
from acts.receipt.print_receipt import print_receipt
from domain.ids import RecordId
from storage import cases, journal
from storage.errors import NamesNotHeld
from storage.projections import records
from storage.workstation import Workstation, open_workstation
from tests.builders import SESSION, Place, a_document, a_final

NAME = "Zebulonowicz"


@dataclass(frozen=True)
class Restored:
    """A folder restored from a backup that is older than what it recorded."""

    ws: Workstation
    without_paper: RecordId
    with_paper: RecordId
    receipt: str


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Restored]:
    """The backup's folder, open, after it took its entries back as the hub gives them."""
    place = Place(tmp_path / "home")
    shutil.copytree(place.home, tmp_path / "backup")
    person = {"role": "consignee", "name": f"Ada {NAME}"}
    with place.open() as ws:
        first = a_final(ws, a_document(persons={"involved": 1, "parties": [person]}))
        second = a_final(ws)
        number = issue_receipt(ws, second, SESSION).number
        print_receipt(ws, number, SESSION, "file")
        entries = [entry for _, entry in journal.everything(ws.db)]
    with open_workstation(tmp_path / "backup", place.way, now=place.clock) as ws:
        take_back(ws, entries)
        yield Restored(ws, first, second, number)


def test_no_receipt_is_issued_without_the_names(restored: Restored) -> None:
    with pytest.raises(NamesNotHeld, match="XA-MCN1-2026-00001") as refused:
        issue_receipt(restored.ws, restored.without_paper, SESSION)
    assert "the names are not stored here" in str(refused.value)
    assert "backup" in str(refused.value)
    assert cases.read(restored.ws.db, restored.without_paper).receipts == ()


def test_no_copy_is_drawn_without_the_names(restored: Restored) -> None:
    with pytest.raises(NamesNotHeld):
        print_receipt(restored.ws, restored.receipt, SESSION, "file")
    held = cases.read(restored.ws.db, restored.with_paper).receipts[0]
    assert [copy.copy for copy in held.copies] == [1]


def test_no_amendment_begins_without_the_names(restored: Restored) -> None:
    with pytest.raises(NamesNotHeld):
        begin_amendment(restored.ws, restored.without_paper)


def test_the_list_the_search_and_the_record_are_read_without_the_names(restored: Restored) -> None:
    db = restored.ws.db
    assert len(records.page(db).rows) == 2
    assert len(records.page(db, search="pregabalin").rows) == 2
    assert records.page(db, search=NAME).rows == ()
    current = cases.read(db, restored.without_paper).current
    what, whole = cases.with_names_if_held(db, current.entry, current.body)
    assert not whole
    assert what.persons.parties[0].name is None
    with pytest.raises(NamesNotHeld):
        cases.complete(db, restored.without_paper)
