"""A refused finalise leads to its faults by one key, and no tick says what is not so."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from acts.interception.amend import begin_amendment
from storage.workstation import Workstation
from tests.builders import a_document, a_draft, a_final, a_photo
from tests.gui.conftest import Officer, sit_down, stand_up

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def lacking(**blocks: Any) -> dict[str, Any]:
    document = a_document()
    for name, without in blocks.items():
        document[name] = {k: v for k, v in document[name].items() if k not in without}
    return document


@pytest.fixture
def refused(ws: Workstation, qtbot: QtBot) -> object:
    """An officer whose draft lacks the legal basis and the grounds; finalise was tried."""
    a_draft(ws, lacking(legal=("grounds", "legal_basis")))
    officer = sit_down(ws, qtbot)
    officer.go_to("remarks")
    officer.press(Qt.Key.Key_Return, CTRL)
    yield officer
    stand_up(officer)


def here(officer: Officer) -> str:
    return officer.desk.capture_view.here()


def test_a_refused_finalise_goes_to_the_first_fault_and_f8_to_the_next(refused: Officer) -> None:
    assert here(refused) == "legal.grounds"
    refused.press(Qt.Key.Key_F8)
    assert here(refused) == "legal.legal_basis"
    refused.press(Qt.Key.Key_F8, SHIFT)
    assert here(refused) == "legal.grounds"
    refused.press(Qt.Key.Key_F8, SHIFT)
    refused.press(Qt.Key.Key_F8)
    assert here(refused) == "legal.grounds"


def test_a_night_of_faults_is_mended_by_keys_alone(refused: Officer) -> None:
    refused.type("Tablets were found that nobody had declared at all.")
    refused.press(Qt.Key.Key_F8)
    assert here(refused) == "legal.legal_basis"
    refused.press(Qt.Key.Key_1)
    refused.press(Qt.Key.Key_Return, CTRL)
    assert refused.desk.capture.last_number


def test_what_is_missing_stands_above_the_photos(refused: Officer) -> None:
    side = refused.desk.capture_view._side
    assert side.before.isVisible()
    assert side.before.y() < side.photos.mapTo(side, side.photos.rect().topLeft()).y()


@pytest.mark.parametrize("empty", ["\n\n", "  \n", "\u00a0"])
def test_line_ends_are_no_grounds(refused: Officer, empty: str) -> None:
    field = refused.at()
    for key in empty:
        refused.bot.keyClick(field, Qt.Key.Key_Return if key == "\n" else Qt.Key.Key_Space)
    refused.wait()
    assert not refused.reads("Grounds written")


def test_the_field_that_is_typed_in_has_no_tick_before_it_is_right(
    ws: Workstation, qtbot: QtBot
) -> None:
    a_draft(ws, lacking(legal=("grounds",)))
    officer = sit_down(ws, qtbot)
    officer.go_to("legal.grounds")
    officer.type(" ")
    officer.wait()
    assert not officer.reads("Grounds written")
    assert not chip(officer, "ready")
    stand_up(officer)


def chip(officer: Officer, text: str) -> bool:
    labels = officer.desk.capture_view._side.before.findChildren(QLabel)
    return any(one.text() == text for one in labels if one.isVisible())


def test_an_amendment_without_its_reason_is_not_ready(ws: Workstation, qtbot: QtBot) -> None:
    begin_amendment(ws, a_final(ws))
    officer = sit_down(ws, qtbot)
    assert not chip(officer, "ready")
    officer.go_to("remarks")
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.reads("An amendment needs its reason")
    officer.press(Qt.Key.Key_1)
    assert officer.desk.capture.amend_why[0]
    assert not officer.reads("An amendment needs its reason")
    stand_up(officer)


def test_each_fault_in_the_list_has_its_key(refused: Officer) -> None:
    refused.go_to("remarks")
    refused.press(Qt.Key.Key_2, CTRL)
    assert here(refused) == "legal.legal_basis"
    refused.press(Qt.Key.Key_1, CTRL)
    assert here(refused) == "legal.grounds"
    assert refused.reads("Ctrl+1")
    refused.press(Qt.Key.Key_9, CTRL)  # no such line
    assert here(refused) == "legal.grounds"


def test_the_list_of_the_next_record_follows_the_form_and_keeps_missing_photos(
    refused: Officer,
) -> None:
    view, photos = refused.desk.capture_view, refused.desk.capture.photos
    refused.press(Qt.Key.Key_Escape)
    refused.press(Qt.Key.Key_N, CTRL)
    places, order = list(view.fields()), []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3):
        refused.press(key, CTRL)
        order.append(places.index(here(refused)))
    assert order == sorted(set(order))
    photos.add_bytes(a_photo(), "label.jpg", "label")
    refused.wait()
    assert photos.required()
    assert view._side.before._shown.count("photos") == len(photos.required())


def test_a_word_that_is_on_no_list_is_said_without_the_name_of_the_list(refused: Officer) -> None:
    refused.go_to("route.dispatch_country")
    refused.press(Qt.Key.Key_A, CTRL)
    refused.type("Ruritania")
    refused.press(Qt.Key.Key_Tab)
    assert refused.reads("Ruritania is not on this list. ")
