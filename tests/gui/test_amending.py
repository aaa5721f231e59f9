"""A final interception is amended with a reason, never without one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from acts.interception.amend import begin_amendment
from storage import cases
from storage.workstation import Workstation
from tests.builders import a_final
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def amending(ws: Workstation, qtbot: QtBot) -> object:
    """An officer with an amendment on the screen."""
    record = a_final(ws)
    begin_amendment(ws, record)
    seated = sit_down(ws, qtbot)
    yield seated
    stand_up(seated)


def test_an_amendment_asks_why_and_supersedes(amending: Officer, ws: Workstation) -> None:
    assert amending.reads("Amendment")
    assert amending.reads("Why it is amended")
    record = amending.desk.capture.sheet.record
    assert record is not None
    line = amending.go_to("goods.0.packs")
    line.selectAll()  # type: ignore[attr-defined]
    amending.type("41")
    amending.press(Qt.Key.Key_Tab)
    amending.press(Qt.Key.Key_Return, CTRL)
    assert amending.reads("An amendment needs its reason")
    assert cases.read(ws.db, record).current.body.revision == 1
    reason = amending.desk.capture.sheet.checklist.choices("amend_reasons")[0].code  # type: ignore[union-attr]
    amending.desk.capture.say_why(reason, "counted again")
    amending.press(Qt.Key.Key_Return, CTRL)
    body = cases.read(ws.db, record).current.body
    assert (body.revision, body.reason, body.comment) == (2, reason, "counted again")


RESULT = {
    "substance_confirmed": "Metamfetamine hydrochloride",
    "purity_pct": "71.5",
    "laboratory_ref": "LAB-2026-0417",
    "laboratory_date": "2026-11-23",
}


def test_a_laboratory_result_is_typed_in_amended_and_read_in_the_entry(
    officer: Officer, ws: Workstation
) -> None:
    record = a_final(ws)
    officer.desk.records.table.refresh()
    officer.wait()
    officer.press(Qt.Key.Key_F3)
    officer.press(Qt.Key.Key_E, CTRL)
    assert officer.reads("Amendment")
    asked = {f"goods.0.drug.{name}" for name in RESULT}
    assert not asked & set(officer.desk.capture_view.fields())
    officer.focus_on("Reason: Laboratory result")
    officer.press(Qt.Key.Key_1)
    assert asked <= set(officer.desk.capture_view.fields())
    for name, text in RESULT.items():
        officer.fill(f"goods.0.drug.{name}", text)
    officer.press(Qt.Key.Key_Return, CTRL)
    body = cases.read(ws.db, record).current.body
    assert (body.revision, body.reason) == (2, "lab_result")
    drug = body.shared.goods[0].drug
    assert {name: str(getattr(drug, name)) for name in RESULT} == RESULT
    officer.press(Qt.Key.Key_F3)
    for words in ("Confirmed substance", *RESULT.values()):
        assert officer.reads(words)


def test_a_laboratory_result_without_a_result_is_a_remark_and_without_a_change_is_not_signed(
    amending: Officer, ws: Workstation
) -> None:
    record = amending.desk.capture.sheet.record
    assert record is not None
    amending.focus_on("Reason: Laboratory result")
    amending.press(Qt.Key.Key_1)
    assert amending.reads("no laboratory result is entered")
    amending.press(Qt.Key.Key_Return, CTRL)
    assert amending.reads("The amendment changes nothing")
    assert cases.read(ws.db, record).current.body.revision == 1
    amending.fill("goods.0.drug.laboratory_ref", "LAB-2026-0417")
    assert not amending.reads("no laboratory result is entered")
    amending.press(Qt.Key.Key_Return, CTRL)
    assert cases.read(ws.db, record).current.body.revision == 2


def test_a_laboratory_result_can_be_typed_in_a_new_record_with_the_keyboard_alone(
    officer: Officer,
) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.fill("goods.0.category", "preg")
    officer.go_to("goods.0.category")
    for _ in range(6):
        officer.press(Qt.Key.Key_Backtab)
        if officer.at().accessibleName() == "Goods: More fields":
            break
    officer.press(Qt.Key.Key_Space)
    path = "goods.0.drug.substance_confirmed"
    assert path in officer.desk.capture_view.fields()
    officer.fill(path, "pregabalin")
    assert officer.desk.capture.sheet.value(path) == "pregabalin"


def test_what_was_said_of_the_reason_stands_there_after_the_language_was_changed(
    amending: Officer,
) -> None:
    amending.focus_on("Reason: Laboratory result")
    amending.press(Qt.Key.Key_1)
    amending.desk.settings.put("language", "fr")
    amending.wait()
    assert amending.desk.capture.amend_why[0] == "lab_result"
    assert "goods.0.drug.laboratory_ref" in amending.desk.capture_view.fields()


def test_the_time_of_service_and_the_position_are_typed_at_the_desk(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.fill("legal.served_at", "2026-11-23 04:00")
    officer.fill("occasion.latitude", "-12.5")
    officer.fill("occasion.longitude", "13.25")
    sheet = officer.desk.capture.sheet
    assert sheet.value("legal.served_at") == "2026-11-23T04:00+01:00"
    assert (sheet.value("occasion.latitude"), sheet.value("occasion.longitude")) == (
        "-12.5",
        "13.25",
    )
