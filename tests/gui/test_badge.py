"""Nobody signs without having said who they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.capture import memory
from storage.workstation import Workstation
from tests.builders import Place, a_draft
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def nobody(ws: Workstation, qtbot: QtBot) -> object:
    """A desk at which nobody has said who they are, with a complete draft of nobody's."""
    ws.set_setting("officer", "0000")
    record = a_draft(ws)
    seated = sit_down(ws, qtbot)
    seated.desk.capture.open(record)
    seated.wait()
    seated.desk.capture.sheet.put("officer", "")
    seated.wait()
    yield seated
    stand_up(seated)


def test_finalising_asks_for_the_badge_in_the_page(nobody: Officer, ws: Workstation) -> None:
    nobody.press(Qt.Key.Key_Return, CTRL)
    assert nobody.desk.capture.last_number == ""
    assert nobody.reads("Say who you are: badge number")
    assert nobody.at().accessibleName() == "Badge number"
    assert nobody.desk.window.findChildren(QDialog) == []
    nobody.type("4417")
    nobody.press(Qt.Key.Key_Return)
    assert nobody.desk.capture.sheet.value("officer") == "4417"
    assert nobody.desk.capture.last_number == "", "Enter never submits"
    nobody.press(Qt.Key.Key_Return, CTRL)
    assert nobody.desk.capture.last_number.startswith("XA-MCN")
    assert ws.setting("officer") == "4417"


def test_the_badge_is_remembered(place: Place, qtbot: QtBot, again: Callable[[], Officer]) -> None:
    ws = place.open()
    ws.set_setting("officer", "0000")
    first = sit_down(ws, qtbot)
    first.desk.capture.be("4417")
    first.wait()
    stand_up(first)
    ws.close()
    assert again().desk.capture.officer == "4417"


def test_0000_is_no_badge(nobody: Officer) -> None:
    nobody.desk.capture.be("0000")
    nobody.press(Qt.Key.Key_Return, CTRL)
    assert nobody.desk.capture.last_number == ""


def test_a_name_is_no_badge_and_the_card_says_so(nobody: Officer, ws: Workstation) -> None:
    nobody.press(Qt.Key.Key_Return, CTRL)
    nobody.type("John Smith")
    nobody.press(Qt.Key.Key_Return)
    assert nobody.reads("Badge number is no badge number. Write the number of the badge")
    assert nobody.desk.capture.sheet.value("officer") is None
    assert ws.setting("officer") == "0000"


def test_what_is_carried_over_is_the_officers_own(ws: Workstation) -> None:
    memory.remember(ws, {"legal": {"legal_basis": ["A"]}}, "SAMPLE-MED", "4417")
    assert memory.carried_over(ws, "SAMPLE-MED", "4417") == {"legal": {"legal_basis": ["A"]}}
    assert memory.carried_over(ws, "SAMPLE-MED", "5000") == {}
