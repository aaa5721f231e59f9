"""Screen readers hear messages, saving, scans and faults, though the focus does not move."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from domain.words import mark
from storage.errors import NotFound
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt is asked to tell the screen reader."""
    heard: list[str] = []

    def update(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    return heard


@pytest.fixture
def writing(officer: Officer) -> Officer:
    officer.press(Qt.Key.Key_N, CTRL)
    return officer


def test_a_message_is_spoken(writing: Officer, spoken: list[str]) -> None:
    error = NotFound(mark("there is no such record"), about="photo 1")
    writing.desk.capture.refused.emit(error)
    assert spoken == ["photo 1: There is no such record."]


def test_saving_is_spoken_once_and_not_after_each_key(writing: Officer, spoken: list[str]) -> None:
    writing.go_to("remarks")
    for letter in "torn":
        writing.type(letter)
        writing.desk.capture.flush()
        writing.wait()
    assert len([text for text in spoken if text.startswith("Saved")]) == 1


def test_a_field_that_is_left_with_a_fault_speaks_it(writing: Officer, spoken: list[str]) -> None:
    writing.fill("consignment.postal_item_id", "RR473124828GB")
    assert any("check digit" in text for text in spoken)


def test_a_refused_finalise_says_how_much_is_to_do(writing: Officer, spoken: list[str]) -> None:
    writing.press(Qt.Key.Key_Return, CTRL)
    assert any(text.endswith("to do") for text in spoken)


def test_a_scan_is_spoken(writing: Officer, spoken: list[str]) -> None:
    writing.desk.capture_view._head.scanned("Scanned: Bag number")
    assert "Scanned: Bag number" in spoken
