"""What is typed is text, whatever it looks like; what cannot be signed is said, never met."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QToolTip

from gui.parts.entry import AreaEntry, LineEntry
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARKUP = "<b>bold</b><img src='file:///etc/passwd'><a href='x'>y</a>&amp;"
OVERRIDE = "invoice\u202egpj.exe"


@pytest.fixture
def writing(officer: Officer) -> Officer:
    """An officer with a new record on the screen."""
    officer.press(Qt.Key.Key_N, CTRL)
    return officer


def test_markup_in_every_field_that_takes_text_stays_text(writing: Officer) -> None:
    sheet = writing.desk.capture.sheet
    lines = [
        path
        for path, box in writing.desk.capture_view.fields().items()
        if isinstance(box.entry, LineEntry | AreaEntry)
    ]
    for path in lines:
        sheet.put(path, MARKUP)
    writing.press(Qt.Key.Key_Return, CTRL)
    for path in lines:
        target = writing.desk.capture_view.fields()[path].entry.target()
        assert isinstance(target, QLineEdit | QPlainTextEdit)
        text = target.text() if isinstance(target, QLineEdit) else target.toPlainText()
        assert "<b>bold" in text
    formats = {label.textFormat() for label in writing.desk.window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert not QToolTip.isVisible()


def test_a_name_of_ten_thousand_characters_is_kept_and_said_to_be_too_long(
    writing: Officer,
) -> None:
    writing.desk.capture.sheet.add_item("persons.parties", {"role": "sender"})
    writing.wait()
    name = "Ωmega " * 1667
    line = writing.go_to("persons.parties.0.name")
    assert isinstance(line, QLineEdit)
    QApplication.clipboard().setText(name)
    writing.press(Qt.Key.Key_V, CTRL)
    writing.press(Qt.Key.Key_Tab)
    assert len(str(writing.desk.capture.sheet.value("persons.parties.0.name"))) >= 10_000
    assert writing.reads("longer than")
    width = writing.desk.window.width()
    writing.wait()
    assert writing.desk.window.width() == width


def test_a_right_to_left_override_is_named_by_its_code(writing: Officer) -> None:
    writing.go_to("goods.0.description")
    writing.desk.capture.sheet.put("goods.0.description", OVERRIDE)
    writing.press(Qt.Key.Key_Return, CTRL)
    assert writing.reads("U+202E")
    assert writing.desk.capture.last_number == ""


def test_ctrl_z_pressed_in_a_field_undoes_a_step_of_the_form(writing: Officer) -> None:
    sheet = writing.desk.capture.sheet
    writing.fill("goods.0.description", "first")
    writing.go_to("goods.0.bag_no")
    writing.type("TW-1")
    writing.press(Qt.Key.Key_Z, CTRL)
    assert sheet.value("goods.0.bag_no") is None
    assert sheet.value("goods.0.description") == "first"
    writing.press(Qt.Key.Key_Z, CTRL)
    assert sheet.value("goods.0.description") is None
    writing.press(Qt.Key.Key_Z, CTRL, SHIFT)
    writing.press(Qt.Key.Key_Z, CTRL, SHIFT)
    assert sheet.value("goods.0.description") == "first"
    assert sheet.value("goods.0.bag_no") == "TW-1"
    line = writing.go_to("goods.0.bag_no")
    assert isinstance(line, QLineEdit)
    assert line.text() == "TW-1"


def test_expired_is_proposed_shown_and_taken_back_with_one_key(writing: Officer) -> None:
    sheet = writing.desk.capture.sheet
    writing.fill("goods.0.category", "preg")
    writing.fill("goods.0.medicine.expiry", "2025-09")
    assert sheet.value("goods.0.reasons") == ["EXPIRED"]
    assert writing.reads("added as a reason")
    writing.press(Qt.Key.Key_Z, CTRL)
    assert sheet.value("goods.0.reasons") is None
    assert sheet.value("goods.0.medicine.expiry") == "2025-09"
    writing.fill("goods.0.medicine.expiry", "")
    assert sheet.value("goods.0.reasons") is None


def test_the_country_of_the_item_number_is_proposed_and_can_be_taken_back(
    writing: Officer,
) -> None:
    sheet = writing.desk.capture.sheet
    writing.fill("consignment.postal_item_id", "RR473124829GB")
    assert sheet.value("route.dispatch_country") == "GB"
    assert writing.reads("from the item number")
    writing.press(Qt.Key.Key_Z, CTRL)
    assert sheet.value("route.dispatch_country") is None
    writing.go_to("consignment.postal_item_id")
    writing.press(Qt.Key.Key_Tab)
    assert sheet.value("route.dispatch_country") is None


def test_a_country_typed_by_hand_is_not_replaced(writing: Officer) -> None:
    writing.fill("route.dispatch_country", "Germany")
    writing.fill("consignment.postal_item_id", "RR473124829GB")
    assert writing.desk.capture.sheet.value("route.dispatch_country") == "DE"


def test_half_a_word_in_a_list_is_on_the_disk_too(writing: Officer) -> None:
    writing.go_to("goods.0.category")
    writing.type("preg")
    assert writing.desk.capture.sheet.value("goods.0.category") == "preg"
    writing.press(Qt.Key.Key_Escape)
    assert writing.desk.capture.sheet.value("goods.0.category") is None
    assert writing.desk.capture.sheet.record is not None
