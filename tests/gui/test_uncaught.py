"""A mistake of the program in the window is logged and said; the desk goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui.uncaught import Uncaught
from storage.workstation import Workstation
from system.fault_log import FILE
from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

NAME = "Ada Example"


class Mistaken(QObject):
    """An event filter with a mistake in it."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return bool(dict[str, bool]()[NAME]) if event.type() is QEvent.Type.User else False


def test_a_mistake_in_the_window_is_logged_without_values_and_said_once(
    officer: Officer, ws: Workstation
) -> None:
    begin(officer)
    mistaken, nothing = Mistaken(), list[int]()
    officer.desk.window.installEventFilter(mistaken)
    with Uncaught(ws.home, officer.desk.capture.refused.emit):
        for _ in range(3):
            QApplication.postEvent(officer.desk.window, QEvent(QEvent.Type.User))
            officer.wait()
        QTimer.singleShot(0, lambda: str(nothing.pop()))
        officer.wait()
    assert officer.reads("The program made a mistake (IndexError)")
    log = (ws.home / "log" / FILE).read_text()
    assert log.count("KeyError") == log.count("IndexError") == 1
    assert NAME not in log
    officer.type("RR473124829GB")
    assert officer.desk.capture.sheet.value("consignment.postal_item_id") == "RR473124829GB"
