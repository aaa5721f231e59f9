"""Work that nobody waits for begins when the form is on the screen, and ends."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.parts.in_steps import InSteps


def test_every_step_is_taken_once_the_widget_was_painted(qtbot: QtBot) -> None:
    taken: list[int] = []

    def work() -> Iterator[None]:
        for step in range(3):
            taken.append(step)
            yield
        taken.append(3)

    widget = QWidget()
    qtbot.addWidget(widget)
    InSteps(widget, work())
    QApplication.processEvents()
    assert taken == []
    widget.show()
    qtbot.waitUntil(lambda: len(taken) > 3)
    assert taken == [0, 1, 2, 3]
