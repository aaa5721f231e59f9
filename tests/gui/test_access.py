"""Everything can be reached with the keyboard, has a name and is large enough for a glove."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from gui.look.tokens import TARGET
from tests.gui.conftest import Officer
from tests.gui.test_one_screen import settle

SCREENS = ("capture", "records", "receipts", "outbox", "settings")
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTableView)
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(officer: Officer, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    return [
        widget
        for kind in kinds
        for widget in officer.desk.window.findChildren(kind)
        if widget.isVisible() and not widget.objectName().startswith("qt_")
    ]


def open_screen(officer: Officer, name: str) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.desk.window.go(name)
    officer.wait()


def each_screen(officer: Officer) -> Iterator[str]:
    """The name of each screen, while it is shown."""
    open_screen(officer, SCREENS[0])
    for name in SCREENS:
        officer.desk.window.go(name)
        officer.wait()
        yield name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_control_has_a_name(officer: Officer, language: str) -> None:
    officer.desk.settings.put("language", language)
    nameless = [
        (name, type(widget).__name__)
        for name in each_screen(officer)
        for widget in shown(officer, CONTROLS)
        if not widget.accessibleName() and not isinstance(widget.parent(), (QTableView, QLineEdit))
    ]
    assert nameless == []


def test_everything_that_is_pressed_is_36_pixels_high(officer: Officer) -> None:
    low = [
        (name, widget.accessibleName(), widget.height())
        for name in each_screen(officer)
        for widget in shown(officer, (QAbstractButton, QLineEdit))
        if widget.height() < TARGET and widget.accessibleName()
    ]
    assert low == []


def test_the_tab_key_reaches_every_field_of_the_form_in_reading_order(officer: Officer) -> None:
    open_screen(officer, "capture")
    paths = list(officer.desk.capture_view.fields())
    officer.go_to(paths[0])
    reached: list[str] = []
    for _ in range(120):
        for path, box in officer.desk.capture_view.fields().items():
            if box.isAncestorOf(officer.at()) and (not reached or reached[-1] != path):
                reached.append(path)
        officer.press(Qt.Key.Key_Tab)
        if reached and reached[-1] == paths[-1]:
            break
    assert reached == paths


def test_no_label_interprets_markup(officer: Officer) -> None:
    rich = [
        (name, label.text())
        for name in each_screen(officer)
        for label in officer.desk.window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    assert rich == []


def test_nothing_in_the_form_is_squeezed_however_much_is_asked(officer: Officer) -> None:
    officer.desk.packs.choose("SAMPLE-SYN")
    open_screen(officer, "capture")
    officer.fill("goods.0.category", "ATS_METH")
    officer.press(Qt.Key.Key_Return, CTRL)
    settle(officer)
    low = [
        path
        for path, box in officer.desk.capture_view.fields().items()
        if box.height() < box.heightForWidth(box.width())
    ]
    assert low == []


def test_screens_run_from_the_right_where_the_language_does(
    officer: Officer, qapp: QApplication
) -> None:
    officer.desk.settings.put("language", "ar")
    officer.wait()
    page = officer.desk.window.centralWidget()
    assert page is not None
    assert page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    officer.desk.settings.put("language", "en")
    officer.wait()
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
