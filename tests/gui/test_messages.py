"""The message place: bounded, newest first, every button with a key, and gone with its record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from domain.words import mark
from gui.parts.message import FOLDED, OPENED, MessageLine
from storage.errors import NotFound
from tests.gui.conftest import Officer

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MANY = 28


def shown(officer: Officer) -> list[MessageLine]:
    lines = officer.desk.window.findChildren(MessageLine)
    return [line for line in lines if line.isVisible()]


def refuse(officer: Officer, about: str) -> None:
    """Something that the desk has to tell."""
    officer.desk.capture.refused.emit(NotFound(mark("there is no such record"), about=about))
    officer.wait()


@pytest.fixture
def writing(officer: Officer) -> Officer:
    officer.press(Qt.Key.Key_N, CTRL)
    return officer


def height_of_form(officer: Officer) -> int:
    return officer.desk.capture_view._scroll.height()


def test_many_messages_take_the_room_of_one(writing: Officer) -> None:
    before = height_of_form(writing)
    for number in range(MANY):
        refuse(writing, f"photo {number}")
    assert len(shown(writing)) == 1
    assert writing.reads(f"photo {MANY - 1}")
    assert before - height_of_form(writing) <= FOLDED + 20
    writing.press(Qt.Key.Key_0, ALT)
    assert len(shown(writing)) == MANY
    assert before - height_of_form(writing) <= OPENED + 20
    writing.press(Qt.Key.Key_0, ALT)
    assert len(shown(writing)) == 1


def test_the_same_message_replaces(writing: Officer) -> None:
    for _ in range(3):
        refuse(writing, "photo 1")
    writing.press(Qt.Key.Key_0, ALT)
    assert len(shown(writing)) == 1


def test_every_button_has_a_key_that_leaves_the_focus_alone(writing: Officer) -> None:
    writing.go_to("remarks")
    field = writing.at()
    refuse(writing, "photo 1")
    refuse(writing, "photo 2")
    writing.type("a")
    writing.press(Qt.Key.Key_1, ALT)
    assert not writing.reads("photo 2")
    assert writing.reads("photo 1")
    writing.press(Qt.Key.Key_1, ALT)
    assert not shown(writing)
    assert writing.at() is field
    writing.type("b")
    assert writing.desk.capture.sheet.value("remarks") == "ab"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_F6])
def test_f6_goes_to_the_message_and_the_focus_comes_back(writing: Officer, key: Qt.Key) -> None:
    writing.go_to("remarks")
    field = writing.at()
    refuse(writing, "photo 1")
    writing.press(Qt.Key.Key_F6)
    assert writing.at().accessibleName() == "Understood"
    writing.press(key)
    assert writing.at() is field
    assert bool(shown(writing)) is (key == Qt.Key.Key_F6)


def test_esc_in_a_message_goes_back_to_the_field_and_keeps_the_record_open(
    writing: Officer,
) -> None:
    writing.go_to("remarks")
    field = writing.at()
    refuse(writing, "photo 1")
    writing.press(Qt.Key.Key_F6)
    writing.press(Qt.Key.Key_Escape)
    assert writing.at() is field
    assert writing.desk.capture.sheet.record is not None


def test_a_message_leaves_with_its_record(writing: Officer) -> None:
    refuse(writing, "photo 1")
    writing.press(Qt.Key.Key_Escape)
    assert writing.desk.capture.sheet.record is None
    assert not shown(writing)


def test_a_long_message_does_not_press_the_form_together(writing: Officer) -> None:
    before = height_of_form(writing)
    refuse(writing, "x" * 40 + " word" * 900)
    QApplication.processEvents()
    assert before - height_of_form(writing) <= FOLDED + 20
