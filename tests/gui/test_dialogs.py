"""The system's own dialogs: answered, or left with Esc; what was left does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from storage import cases
from storage.workstation import Workstation
from tests.builders import a_final
from tests.gui.conftest import Officer

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def with_receipt(officer: Officer, ws: Workstation) -> Officer:
    """An officer before a receipt that was just issued."""
    officer.desk.receipts.choose(a_final(ws))
    officer.wait()
    officer.desk.window.go("receipts")
    officer.desk.receipts.issue()
    officer.wait()
    assert officer.desk.receipts.number
    return officer


def answer(officer: Officer, keys: Callable[[QWidget], None]) -> list[str]:
    """Lets `keys` answer the next dialog; the list gets the kind of dialog that came."""
    met: list[str] = []

    looking = QTimer(officer.desk.window, interval=10)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            looking.stop()
            met.append(type(dialog).__name__)
            keys(dialog)

    looking.timeout.connect(look)
    looking.start()
    return met


def printed(officer: Officer, ws: Workstation) -> int:
    row = officer.desk.receipts.row
    assert row is not None
    return len(cases.read(ws.db, row.record).receipts[-1].copies)


def test_a_file_is_chosen_with_the_keyboard_and_the_receipt_is_in_it(
    with_receipt: Officer, ws: Workstation, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.pdf"

    def type_name(dialog: QWidget) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.selectAll()
        with_receipt.bot.keyClicks(line, str(file))
        # The first may only close the list of names that fit.
        for _ in range(3):
            if dialog.isVisible():
                with_receipt.bot.keyClick(line, Qt.Key.Key_Return)

    met = answer(with_receipt, type_name)
    with with_receipt.bot.waitSignal(with_receipt.desk.receipts.saved):
        with_receipt.press(Qt.Key.Key_S, CTRL)
    assert met == [QFileDialog.__name__]
    assert file.read_bytes().startswith(b"%PDF")
    assert printed(with_receipt, ws) == 1


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_S, [CTRL]), (Qt.Key.Key_P, [CTRL, SHIFT])])
def test_a_dialog_that_is_left_with_esc_logs_no_copy(
    with_receipt: Officer, ws: Workstation, key: Qt.Key, held: list[Qt.KeyboardModifier]
) -> None:
    bot, receipts = with_receipt.bot, with_receipt.desk.receipts
    met = answer(with_receipt, lambda dialog: bot.keyClick(dialog, Qt.Key.Key_Escape))
    with bot.assertNotEmitted(receipts.saved), bot.assertNotEmitted(receipts.to_print):
        with_receipt.press(key, *held)
    assert len(met) == 1
    assert printed(with_receipt, ws) == 0
