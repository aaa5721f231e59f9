"""No label and no button is smaller than its words: every screen, five sizes, every language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gui.parts.line_button import LineButton
from storage.workstation import Workstation
from system.resources import languages
from tests.builders import a_document, a_draft, a_final
from tests.gui.conftest import Officer
from tests.walks import pairs

SCREENS = ("empty", "capture", "refused", "records", "receipts", "outbox", "settings", "keys")
SIZES = ((910, 512), (1024, 640), (1366, 728), (1462, 900), (2560, 1400))
"""The first is 1366x768 at 150 per cent."""
ROUNDING = 1


def needed(widget: QLabel | QAbstractButton) -> tuple[int, int]:
    """The room that the words of this label or button need, in pixels of width and height."""
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        return widget.sizeHint().width(), widget.fontMetrics().height()
    if isinstance(widget, LineButton) or not widget.text():
        return 0, 0
    lines = widget.text().replace("&&", "&").split("\n")
    wide = max(widget.fontMetrics().horizontalAdvance(line) for line in lines)
    return wide, widget.fontMetrics().height() * len(lines)


def cut(root: QWidget) -> list[str]:
    """The words in `root` that have less room than they need."""
    found = []
    worded: list[QLabel | QAbstractButton] = [
        *root.findChildren(QLabel),
        *root.findChildren(QAbstractButton),
    ]
    for widget in worded:
        if not widget.isVisible() or not widget.text():
            continue
        wide, high = needed(widget)
        if widget.width() + ROUNDING < wide or widget.height() + ROUNDING < high:
            found.append(f"{widget.text()!r}: {widget.size().toTuple()} for {wide}x{high}")
        elif _beside(widget):
            found.append(f"{widget.text()!r}: outside of its card")
    return found


def _beside(widget: QWidget) -> bool:
    """Whether a part of it lies left or right of its parent, where nothing scrolls to it."""
    parent = widget.parentWidget()
    if parent is None:
        return False
    room = QRect(QPoint(0, 0), parent.size())
    return widget.geometry().left() < room.left() or widget.geometry().right() > room.right()


def show(officer: Officer, name: str) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    if name in ("capture", "refused"):
        officer.press(Qt.Key.Key_N, ctrl)
    if name == "refused":
        officer.press(Qt.Key.Key_Return, ctrl)
    if name in ("records", "receipts", "outbox", "settings"):
        officer.desk.window.go(name)
    if name == "keys":
        officer.desk.window.show_keys()
    officer.wait()


@pytest.mark.parametrize(("name", "language"), pairs(SCREENS, reversed(languages())))
def test_no_label_is_smaller_than_its_words(
    officer: Officer, ws: Workstation, name: str, language: str
) -> None:
    officer.desk.settings.put("language", language)
    record = a_final(ws)
    a_draft(ws, a_document())
    officer.desk.capture.drafts.read()
    officer.desk.receipts.choose(record)
    officer.desk.records.choose(record)
    officer.desk.outbox.refresh()
    officer.wait()
    show(officer, name)
    window = officer.desk.window
    window.showNormal()
    window.setMinimumSize(300, 300)
    found = {}
    for size in SIZES:
        window.resize(*size)
        for _ in range(3):
            QApplication.processEvents()
        found[size] = cut(window)
    assert {size: texts for size, texts in found.items() if texts} == {}
