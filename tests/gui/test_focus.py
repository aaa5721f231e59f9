"""The focus comes back to where it was, and Esc leads back from everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.gui.conftest import Officer
from tests.gui.test_journeys import add_photos, fill_in

CTRL = Qt.KeyboardModifier.ControlModifier
F_KEYS = [Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F7, Qt.Key.Key_F10]


@pytest.fixture
def writing(officer: Officer) -> Officer:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.go_to("remarks")
    officer.type("a")
    return officer


def typed_on(officer: Officer) -> str:
    officer.type("b")
    return str(officer.desk.capture.sheet.value("remarks"))


def test_the_palette_gives_the_focus_back(writing: Officer) -> None:
    writing.press(Qt.Key.Key_K, CTRL)
    assert not writing.desk.capture_view.isAncestorOf(writing.at())
    writing.press(Qt.Key.Key_Escape)
    assert typed_on(writing) == "ab"
    assert writing.desk.capture.sheet.record is not None


def test_the_palette_pressed_by_mouse_gives_the_focus_back(writing: Officer) -> None:
    button = writing.desk.window.findChildren(QPushButton)
    commands = next(one for one in button if one.accessibleName() == "commands")
    writing.bot.mouseClick(commands, Qt.MouseButton.LeftButton)
    commands.setFocus()
    writing.desk.window.open_palette()
    writing.press(Qt.Key.Key_Escape)
    assert typed_on(writing) == "ab"


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_N, CTRL), (Qt.Key.Key_Return, CTRL), (Qt.Key.Key_F3, None), (Qt.Key.Key_F1, None)],
)
def test_with_the_palette_open_no_other_key_acts_below_it(
    writing: Officer, key: Qt.Key, held: Qt.KeyboardModifier | None
) -> None:
    record = writing.desk.capture.sheet.record
    writing.press(Qt.Key.Key_K, CTRL)
    writing.press(key, *([held] if held else []))
    assert writing.desk.window.here == "capture"
    assert writing.desk.capture.sheet.record == record
    assert not writing.desk.capture.asked_final
    writing.press(Qt.Key.Key_Escape)
    assert typed_on(writing) == "ab"


@pytest.mark.parametrize("key", F_KEYS)
def test_another_screen_has_the_focus_itself_and_esc_goes_back(
    writing: Officer, key: Qt.Key
) -> None:
    writing.press(key)
    window = writing.desk.window
    assert window.here != "capture"
    assert window.built(window.here).view.isAncestorOf(writing.at())
    writing.press(Qt.Key.Key_Escape)
    assert window.here == "capture"
    assert typed_on(writing) == "ab"


def test_esc_goes_back_through_several_screens(writing: Officer) -> None:
    for key in F_KEYS:
        writing.press(key)
    here = []
    for _ in F_KEYS:
        here.append(writing.desk.window.here)
        writing.press(Qt.Key.Key_Escape)
    assert here == ["settings", "outbox", "receipts", "records"]
    assert typed_on(writing) == "ab"


def test_esc_leaves_the_list_of_keys(writing: Officer) -> None:
    writing.press(Qt.Key.Key_F1)
    assert not writing.desk.capture_view.isVisible()
    writing.press(Qt.Key.Key_Escape)
    assert typed_on(writing) == "ab"


def test_esc_in_the_search_clears_it_and_then_goes_back(writing: Officer) -> None:
    writing.press(Qt.Key.Key_F3)
    writing.type("masks")
    writing.press(Qt.Key.Key_Escape)
    assert writing.desk.records.typed == ""
    assert writing.desk.window.here == "records"
    writing.press(Qt.Key.Key_Escape)
    assert writing.desk.window.here == "capture"


def test_enter_begins_an_interception(officer: Officer) -> None:
    assert officer.at().accessibleName() == "New interception"
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.capture.sheet.record is not None
    QApplication.processEvents()
    assert officer.desk.capture_view.here()


def test_enter_presses_a_button_of_the_rail(officer: Officer) -> None:
    officer.focus_on("Outbox")
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.window.here == "outbox"


def test_after_a_record_is_final_enter_begins_the_next(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.desk.capture.last_number
    assert officer.at().accessibleName() == "New interception"
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.capture.sheet.record is not None


def test_a_record_that_was_left_by_mistake_is_opened_again_by_two_keys(writing: Officer) -> None:
    record = writing.desk.capture.sheet.record
    writing.press(Qt.Key.Key_Escape)
    assert writing.desk.capture.sheet.record is None
    writing.press(Qt.Key.Key_Tab)
    writing.press(Qt.Key.Key_Return)
    assert writing.desk.capture.sheet.record == record


def test_after_a_change_of_language_the_focus_is_where_it_was(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F10)
    officer.focus_on("Language: English")
    officer.press(Qt.Key.Key_2)
    assert officer.at().accessibleName().startswith("Langue: ")
    officer.press(Qt.Key.Key_1)
    assert officer.at().accessibleName().startswith("Language: ")
