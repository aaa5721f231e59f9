"""Screen readers hear messages, saving, scans and faults, though the focus does not move."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from domain.words import mark
from gui.parts.pick import PickEntry
from gui.parts.rail import Rail
from gui.parts.spoken import SpokenScreen
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


def found(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader finds there."""
    return QAccessible.queryAccessibleInterface(widget)


def test_the_rail_is_a_list_whose_present_screen_is_selected(writing: Officer) -> None:
    rail = found(writing.desk.window.findChildren(Rail)[0])
    assert rail.role() == QAccessible.Role.List
    screens = [rail.child(number) for number in range(rail.childCount())]
    items = [one for one in screens if one.role() == QAccessible.Role.ListItem]
    names = [one.text(QAccessible.Text.Name) for one in items]
    assert names[:3] == ["Record", "Interceptions", "Receipts"]
    assert [one.state().selected for one in items] == [True, *[False] * (len(items) - 1)]
    assert isinstance(items[1], SpokenScreen)
    items[1].doAction("Press")
    assert writing.desk.window.here == "records"


def test_a_pick_field_is_a_combo_box_that_tells_whether_it_is_open(writing: Officer) -> None:
    writing.go_to("goods.0.category")
    entry = writing.at().parentWidget()
    assert isinstance(entry, PickEntry)
    box = found(entry)
    assert box.role() == QAccessible.Role.ComboBox
    assert box.text(QAccessible.Text.Name) == "Category"
    assert not box.state().expanded
    writing.type("preg")
    assert found(entry).state().expanded
    writing.press(Qt.Key.Key_Escape)
    assert found(entry).state().collapsed
