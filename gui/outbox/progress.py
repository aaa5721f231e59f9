"""How far a run is: a bar, and the same in words."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1
from gui.parts.text import label, name_it
from gui.words import Words


class SyncProgressBar(QWidget):
    """Shown only while a run goes on."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._said = label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name_it(self._bar, words.say("Progress"))
        column.addWidget(self._bar)
        column.addWidget(self._said)
        self.hide()

    def put(self, done: int, wanted: int) -> None:
        """`done` of `wanted` records and photos are at the hub."""
        self._bar.setRange(0, max(wanted, 1))
        self._bar.setValue(done)
        self._said.setText(
            self._words.say(
                "{done} of {all} records and photos are there; Esc stops, nothing is lost.",
                done=self._words.number(done),
                all=self._words.number(wanted),
            )
        )
