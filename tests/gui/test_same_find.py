"""One parcel, two kinds of goods, two checklists: another record of the same find, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from acts.interception.amend import begin_amendment
from domain.ids import RecordId
from gui.same_find import ANOTHER
from storage import cases, drafts
from storage.projections import records
from storage.workstation import Workstation
from tests.builders import a_document, a_draft, a_final
from tests.gui.conftest import Officer

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def under(officer: Officer, pack: str) -> None:
    """Press the number of the chip that names this checklist."""
    adopted = [checklist.pack.id for checklist in officer.desk.packs.adopted]
    officer.press(Qt.Key(Qt.Key.Key_1 + adopted.index(pack)))


def another(officer: Officer, pack: str) -> RecordId:
    """Begin another record of the find by keys; the draft that is then on the screen."""
    officer.press(Qt.Key.Key_D, CTRL)
    assert officer.reads("under which checklist?")
    under(officer, pack)
    record = officer.desk.capture.sheet.record
    assert record is not None
    return record


def press_line(officer: Officer, words: str) -> None:
    """Press Enter on the line of the card that begins with these words."""
    lines = officer.desk.window.findChildren(QPushButton)
    next(
        one for one in lines if one.accessibleName().startswith(words) and one.isVisible()
    ).setFocus()
    officer.press(Qt.Key.Key_Return)


def test_from_a_draft_under_another_checklist_and_back_by_its_line(
    officer: Officer, ws: Workstation
) -> None:
    first = a_draft(ws, a_document(detection={"methods": ["XRAY"], "indicators": ["D1"]}))
    officer.desk.capture.open(first)
    officer.wait()
    officer.press(Qt.Key.Key_D, CTRL)
    officer.press(Qt.Key.Key_Escape)
    assert officer.desk.capture.sheet.record == first, "Esc closes the question alone"
    assert not officer.reads("under which checklist?")
    second = another(officer, "SAMPLE-SYN")
    draft = drafts.draft(ws.db, second)
    assert (draft.pack.id, draft.document["case"]) == ("SAMPLE-SYN", str(first))
    assert officer.reads("RR 473 124 829 GB"), "the other draft of the find, by its parcel"
    assert officer.reads("Risk indicators: Vague description"), "what this checklist lacks"
    press_line(officer, "draft")
    assert officer.desk.capture.sheet.record == first
    assert not drafts.is_begun(ws.db, second), "nothing was typed in it"
    assert not officer.reads("Same find")


def test_esc_at_the_question_gives_the_focus_back(officer: Officer, ws: Workstation) -> None:
    officer.desk.capture.open(a_draft(ws))
    officer.wait()
    before = officer.go_to("remarks")
    officer.press(Qt.Key.Key_D, CTRL)
    assert officer.reads("under which checklist?")
    officer.press(Qt.Key.Key_Escape)
    assert not officer.reads("under which checklist?")
    assert officer.at() is before


def test_a_draft_with_nothing_in_it_has_no_find(officer: Officer, ws: Workstation) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.press(Qt.Key.Key_D, CTRL)
    assert not officer.reads("under which checklist?")
    assert len(drafts.drafts(ws.db)) == 1


def test_from_the_record_that_was_just_made_final(officer: Officer, ws: Workstation) -> None:
    first = a_draft(ws)
    officer.desk.capture.open(first)
    officer.wait()
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.reads("It is final")
    assert any(
        button.accessibleName().startswith(ANOTHER)
        for button in officer.desk.window.findChildren(QPushButton)
        if button.isVisible()
    )
    second = another(officer, "SAMPLE-MED")
    assert drafts.draft(ws.db, second).document["case"] == str(first)
    number = records.row(ws.db, first).number
    assert officer.reads(number)
    press_line(officer, number)
    assert (officer.desk.window.here, officer.desk.records.record) == ("records", first)


@pytest.fixture
def of_one_find(ws: Workstation) -> tuple[RecordId, RecordId]:
    first = a_final(ws)
    return first, a_final(ws, a_document(case=str(first)))


def test_the_chosen_interception_shows_its_find_and_begins_one_more(
    officer: Officer, ws: Workstation, of_one_find: tuple[RecordId, RecordId]
) -> None:
    first, second = of_one_find
    officer.desk.records.table.refresh()
    officer.press(Qt.Key.Key_F3)
    officer.desk.records.choose(second)
    officer.wait()
    assert officer.reads("Same find")
    press_line(officer, records.row(ws.db, first).number)
    assert officer.desk.records.record == first
    third = another(officer, "SAMPLE-SYN")
    assert officer.desk.window.here == "capture"
    assert drafts.draft(ws.db, third).document["case"] == str(first)


def test_an_amendment_sets_the_case_by_the_number_and_clears_it(
    officer: Officer, ws: Workstation, of_one_find: tuple[RecordId, RecordId]
) -> None:
    first, second = of_one_find
    forgotten = a_final(ws)

    def amend(record: RecordId, typed: str) -> RecordId | None:
        begin_amendment(ws, record)
        officer.desk.capture.open(record)
        officer.wait()
        officer.go_to("case")
        officer.press(Qt.Key.Key_A, CTRL)
        officer.press(Qt.Key.Key_Delete)
        officer.type(typed)
        officer.press(Qt.Key.Key_Return)
        officer.desk.capture.say_why("other", "Of one parcel.")
        officer.press(Qt.Key.Key_Return, CTRL)
        return cases.read(ws.db, record).interception.case

    assert amend(forgotten, "no such number") is None
    assert officer.reads("Case: not the id of an interception")
    assert amend(forgotten, records.row(ws.db, second).number[:-2]) == first
    assert amend(second, "") is None
