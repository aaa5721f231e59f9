"""Drafts are rows of the list: none out of reach, found, deleted with undo, named by content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from acts.interception.amend import begin_amendment
from acts.interception.save_draft import save_draft
from acts.station.adopt_pack import adopt_pack
from domain.ids import RecordId
from gui.drafts import DraftLine
from gui.records.columns import GOODS
from storage import drafts
from storage.packs import PackOrigin
from storage.workstation import Workstation
from tests.acts.test_moving_drafts import newer, without_the_category
from tests.builders import SESSION, Place, a_document, a_draft, a_final, a_line
from tests.gui.conftest import Officer, sit_down, stand_up

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MANY = 31


def table(officer: Officer) -> QTableView:
    return next(t for t in officer.desk.window.findChildren(QTableView) if t.isVisible())


def titles(officer: Officer) -> list[str]:
    model = table(officer).model()
    return [model.index(row, GOODS).data() for row in range(model.rowCount())]


def begun(ws: Workstation, **typed: Any) -> RecordId:
    record = a_draft(ws)
    bare = {"record_id": str(record), "occasion": a_document()["occasion"]}

    save_draft(ws, record, bare | typed)
    return record


@pytest.fixture
def officer(place: Place, ws: Workstation, qtbot: QtBot) -> Iterator[Officer]:
    """An officer at a desk with 31 drafts and one final interception; the last draft was open."""
    a_final(ws)
    for number in range(MANY - 1):
        begun(ws, legal={"grounds": f"Paper bag number{number} with white powder, torn"})
    place.clock.go(minutes=1)
    begun(ws, goods=[a_line(medicine={"lot": "B2291"}, bag_no="")])
    seated = sit_down(ws, qtbot)
    seated.press(Qt.Key.Key_Escape)
    yield seated
    stand_up(seated)


def test_no_draft_is_out_of_reach(officer: Officer) -> None:
    assert officer.reads(f"{MANY - 12} more: open them in Interceptions")
    officer.focus_on(f"{MANY - 12} more: open them in Interceptions")
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.window.here == "records"
    assert len(titles(officer)) == MANY


def test_drafts_stand_above_the_interceptions_and_one_state_can_be_shown(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F3)
    assert len(titles(officer)) == MANY + 1
    officer.press(Qt.Key.Key_S, CTRL, SHIFT)
    officer.press(Qt.Key.Key_2)
    assert len(titles(officer)) == 1
    officer.press(Qt.Key.Key_1)
    assert len(titles(officer)) == MANY
    officer.press(Qt.Key.Key_1)
    assert len(titles(officer)) == MANY + 1


def test_a_draft_is_found_named_by_what_it_holds_and_opened(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F3)
    officer.type("number17 torn")
    officer.wait()
    assert titles(officer) == ["Paper bag number17 with white powder, …"]
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.window.here == "capture"
    grounds = str(officer.desk.capture.sheet.value("legal.grounds"))
    assert grounds.startswith("Paper bag number17")


def test_a_draft_is_named_by_goods_and_lot(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F3)
    officer.type("B2291")
    officer.wait()
    assert titles(officer)[0].startswith("Pregabalin · Lot B2291")


def test_a_draft_is_deleted_and_comes_back(officer: Officer, ws: Workstation) -> None:
    officer.press(Qt.Key.Key_F3)
    officer.type("number17")
    officer.wait()
    officer.press(Qt.Key.Key_Down)
    record = officer.desk.records.draft.record  # type: ignore[union-attr]
    before = drafts.draft(ws.db, record)
    officer.press(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert not drafts.is_begun(ws.db, record)
    assert titles(officer) == []
    officer.press(Qt.Key.Key_1, ALT)
    assert drafts.draft(ws.db, record) == before
    assert len(titles(officer)) == 1


def test_the_open_draft_is_deleted_and_comes_back_with_what_was_typed(
    officer: Officer, ws: Workstation
) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.go_to("remarks")
    officer.type("torn label")
    officer.press(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert len(drafts.drafts(ws.db)) == MANY
    assert officer.reads("The draft is deleted.")
    officer.press(Qt.Key.Key_1, ALT)
    assert officer.desk.capture.sheet.value("remarks") == "torn label"
    assert len(drafts.drafts(ws.db)) == MANY + 1


@pytest.mark.parametrize("away", ["Esc", "new"])
def test_nothing_typed_nothing_kept(officer: Officer, ws: Workstation, away: str) -> None:
    for _ in range(3):
        officer.press(Qt.Key.Key_N, CTRL)
        if away == "Esc":
            officer.press(Qt.Key.Key_Escape)
    officer.press(Qt.Key.Key_Escape)
    assert len(drafts.drafts(ws.db)) == MANY


def test_one_letter_is_kept(officer: Officer, ws: Workstation) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.go_to("remarks")
    officer.type("x")
    officer.press(Qt.Key.Key_Escape)
    assert len(drafts.drafts(ws.db)) == MANY + 1


def test_an_amendment_in_which_nothing_was_changed_is_not_kept(
    officer: Officer, ws: Workstation
) -> None:
    officer.press(Qt.Key.Key_F3)
    officer.press(Qt.Key.Key_S, CTRL, SHIFT)
    officer.press(Qt.Key.Key_2)
    table(officer).setFocus()
    table(officer).selectRow(0)
    officer.wait()
    officer.press(Qt.Key.Key_E, CTRL)
    assert officer.reads("Amendment")
    officer.press(Qt.Key.Key_Escape)
    assert len(drafts.drafts(ws.db)) == MANY


def test_the_amendment_and_its_interception_are_two_rows(ws: Workstation, qtbot: QtBot) -> None:
    begin_amendment(ws, a_final(ws))
    officer = sit_down(ws, qtbot)
    officer.press(Qt.Key.Key_F3)
    assert len(titles(officer)) == 2
    officer.desk.window.close()
    stand_up(officer)


def test_after_a_save_only_the_saved_draft_is_read(officer: Officer, ws: Workstation) -> None:
    before = {line.record: line for line in officer.desk.capture.drafts.lines}
    oldest = officer.desk.capture.drafts.lines[-1].record
    officer.desk.capture.open(oldest)
    officer.wait()
    officer.go_to("remarks")
    officer.type("x")
    officer.press(Qt.Key.Key_Escape)
    after = {line.record: line for line in officer.desk.capture.drafts.lines}
    assert list(after) == [draft.record for draft in drafts.drafts(ws.db)]
    assert [record for record in after if after[record] is not before[record]] == [oldest]


def test_a_draft_moves_to_a_newer_pack_when_the_officer_wants_it(
    officer: Officer, ws: Workstation
) -> None:
    """What changes is told before, what was typed stays, and new records go by the new version."""
    officer.press(Qt.Key.Key_N, CTRL)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.packs", "40")
    record = officer.desk.capture.sheet.record
    assert record is not None
    assert not officer.reads("Pack not signed")
    data = newer(change=without_the_category)
    came = adopt_pack(ws, data, "newer", SESSION, accept=PackOrigin.UNSIGNED).changes
    officer.desk.bridge.changed.emit(came)
    assert officer.reads("Version 2.5.0 of this pack is here; the draft goes by 2.0.0.")
    assert officer.reads("Category: 'Pregabalin' is not in it any more; it stays as it is until")
    officer.press(Qt.Key.Key_1, ALT)
    assert drafts.draft(ws.db, record).pack.version == "2.5.0"
    sheet = officer.desk.capture.sheet
    assert sheet.checklist is not None
    assert (sheet.record, sheet.checklist.pack.version) == (record, "2.5.0")
    assert (sheet.value("goods.0.category"), sheet.value("goods.0.packs")) == ("MED_PREGAB", "40")
    assert officer.reads("Pack not signed")
    assert not officer.reads("Version 2.5.0 of this pack is here")
    officer.press(Qt.Key.Key_Escape)
    officer.press(Qt.Key.Key_N, CTRL)
    assert sheet.checklist is not None
    assert sheet.checklist.pack.version == "2.5.0"


def test_after_a_deleted_draft_the_next_one_is_chosen_and_a_restored_one_is(
    officer: Officer,
) -> None:
    records = officer.desk.records
    officer.press(Qt.Key.Key_F3)
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Down)
    gone, after = records.table.row(1), records.table.row(2)
    assert isinstance(gone, DraftLine)
    assert isinstance(after, DraftLine)
    officer.press(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert records.draft == after
    assert records.table.index_of_draft(after.record) == 1
    officer.press(Qt.Key.Key_1, ALT)
    assert records.draft == gone
    assert table(officer).currentIndex().row() == 1


def test_without_a_row_nothing_of_a_deleted_draft_is_shown(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F3)
    officer.type("number17")
    officer.wait()
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Delete, CTRL, SHIFT)
    assert officer.desk.records.draft is None
    assert officer.reads("Choose an interception in the list to read it here.")
