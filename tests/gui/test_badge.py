"""Nobody signs without having said who they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from acts.errors import DeedRefused
from acts.interception.finalise import finalise
from acts.session import Session
from domain.badge import NOBODY
from gui.capture import memory
from storage import cases, journal, settings
from storage.workstation import Workstation
from tests.builders import Place, a_draft
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def nobody(ws: Workstation, qtbot: QtBot) -> object:
    """A desk at which nobody has said who they are, with a complete draft of nobody's."""
    record = a_draft(ws)
    seated = sit_down(ws, qtbot, NOBODY)
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
    assert settings.OFFICER.read(ws.db) == "4417"


def test_the_badge_is_remembered(place: Place, qtbot: QtBot, again: Callable[[], Officer]) -> None:
    ws = place.open()
    first = sit_down(ws, qtbot, NOBODY)
    first.desk.session.sign_in("4417")
    first.wait()
    stand_up(first)
    ws.close()
    assert again().desk.session.badge == "4417"


def test_0000_is_no_badge(nobody: Officer) -> None:
    nobody.desk.session.sign_in("0000")
    nobody.press(Qt.Key.Key_Return, CTRL)
    assert nobody.desk.capture.last_number == ""


def test_a_name_is_no_badge_and_the_card_says_so(nobody: Officer, ws: Workstation) -> None:
    nobody.press(Qt.Key.Key_Return, CTRL)
    nobody.type("John Smith")
    nobody.press(Qt.Key.Key_Return)
    assert nobody.reads("Badge number is not a badge number. Write the number of the badge")
    assert nobody.desk.capture.sheet.value("officer") is None
    assert settings.OFFICER.read(ws.db) == "0000"


def test_what_is_carried_over_is_the_officers_own(ws: Workstation) -> None:
    memory.remember(ws, {"legal": {"legal_basis": ["A"]}}, "SAMPLE-MED", "4417")
    assert memory.carried_over(ws, "SAMPLE-MED", "4417") == {"legal": {"legal_basis": ["A"]}}
    assert memory.carried_over(ws, "SAMPLE-MED", "5000") == {}


@pytest.fixture
def of_another(ws: Workstation, qtbot: QtBot) -> object:
    """A complete draft of officer 4417 on the screen, at which officer 9999 says who they are."""
    record = a_draft(ws)
    seated = sit_down(ws, qtbot, NOBODY)
    seated.desk.capture.open(record)
    seated.wait()
    say_at_the_settings(seated, "9999")
    yield seated
    stand_up(seated)


def say_at_the_settings(officer: Officer, badge: str) -> None:
    """Type the badge on the settings screen and come back."""
    officer.press(Qt.Key.Key_F10)
    officer.focus_on("Badge number")
    officer.wait()
    officer.type(badge)
    officer.press(Qt.Key.Key_Return)
    officer.press(Qt.Key.Key_F2)


def test_a_draft_that_names_another_officer_is_not_signed_before_one_of_them_is_chosen(
    of_another: Officer, ws: Workstation
) -> None:
    assert of_another.reads("The draft names officer 4417, and you are 9999")
    record = of_another.desk.capture.sheet.record
    assert record is not None
    of_another.press(Qt.Key.Key_Return, CTRL)
    assert of_another.desk.capture.last_number == ""
    assert of_another.reads("Who records it?")
    assert of_another.at().text().startswith("Take the draft over")  # type: ignore[attr-defined]
    of_another.press(Qt.Key.Key_Space)
    assert not of_another.reads("Who records it?")
    of_another.press(Qt.Key.Key_Return, CTRL)
    revision = cases.read(ws.db, record).current
    assert (revision.body.shared.officer, journal.entry(ws.db, revision.entry).head.actor) == (
        "9999",
        "9999",
    )


def test_one_key_takes_a_draft_over(of_another: Officer) -> None:
    of_another.press(Qt.Key.Key_T, CTRL)
    assert of_another.desk.capture.sheet.value("officer") == "9999"
    assert not of_another.reads("The draft names officer")


def test_the_officer_of_the_draft_can_say_that_it_is_theirs(of_another: Officer) -> None:
    of_another.press(Qt.Key.Key_Return, CTRL)
    of_another.press(Qt.Key.Key_Tab)
    of_another.press(Qt.Key.Key_Space)
    assert of_another.desk.session.badge == "4417"
    assert not of_another.reads("The draft names officer")


def test_a_badge_typed_at_the_settings_stands_in_the_draft_of_nobody(nobody: Officer) -> None:
    nobody.press(Qt.Key.Key_Return, CTRL)
    assert nobody.reads("Say who you are")
    say_at_the_settings(nobody, "4417")
    assert nobody.desk.session.badge == "4417", "typed over what stood there"
    assert nobody.desk.capture.sheet.value("officer") == "4417"
    assert not nobody.reads("Say who you are")


def test_the_act_signs_no_draft_for_another_officer(ws: Workstation) -> None:
    with pytest.raises(DeedRefused, match="names officer"):
        finalise(ws, a_draft(ws), Session("9999"))
