"""The progress of a run: a bar, and a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1
from gui.parts.text import label, name_it
from gui.words import Words


class SyncProgressBar(QWidget):
    """Visible only while a run is in progress."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_1)
        self._text = label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name_it(self._bar, words.say("Progress"))
        column.addWidget(self._bar)
        column.addWidget(self._text)
        self.hide()

    def put(self, done: int, wanted: int) -> None:
        """`done` of `wanted` records and photos are at the hub."""
        self._bar.setRange(0, max(wanted, 1))
        self._bar.setValue(done)
        self._text.setText(
            self._words.say(
                "{done} of {all} records and photos are there; Esc stops, nothing is lost.",
                done=self._words.number(done),
                all=self._words.number(wanted),
            )
        )
