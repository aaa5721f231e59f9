"""A card whose buttons begin long work: it shows how far that is, a button to stop, the result."""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from domain.errors import TidewaiterError
from gui.look.tokens import GAP_3
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.layouts import empty
from gui.parts.line_button import SignedLine
from gui.parts.mood import Mood
from gui.parts.text import breakable, label, name_it
from gui.settings.care import CareModel
from gui.words import Words

Line = tuple[Mood, str]
SIGNS = {Mood.OK: "✓", Mood.WARN: "!", Mood.BAD: "✗"}


class WorkCard(Card):
    """Shows the work of the names in `works`."""

    def __init__(self, title: str, model: CareModel, words: Words, works: tuple[str, ...]) -> None:
        super().__init__(title)
        self.model, self.words, self._works = model, words, works
        self._buttons: list[QPushButton] = []
        self._begun_by: QPushButton | None = None
        self.foot = QVBoxLayout()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name_it(self._bar, words.say("Progress"))
        self._how_far = label("", "label", wrap=True)
        self._stop = push_button(words.say("Stop"))
        self._stop.clicked.connect(model.stop)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(self._how_far, 1)
        row.addWidget(self._stop)
        self._result = QVBoxLayout()
        self.foot.addWidget(self._bar)
        self.foot.addLayout(row)
        self.foot.addLayout(self._result)
        for widget in (self._bar, self._how_far, self._stop):
            widget.hide()
        model.moved.connect(self._move)
        model.refused.connect(self._refuse)

    def buttons(self, *buttons: QPushButton) -> None:
        """Add a row of buttons that begin work; they rest while there is work."""
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        for button in buttons:
            row.addWidget(button)
            self._buttons.append(button)
            # A dialog may come between the press and the work: the focus is not there then.
            button.pressed.connect(partial(self._remember, button))
        row.addStretch(1)
        self.body.addLayout(row)

    def _remember(self, button: QPushButton) -> None:
        self._begun_by = button

    def show_result(self, *lines: Line) -> None:
        """Show these lines in place of the earlier result, scroll them into sight, and speak the
        first one.
        """
        empty(self._result)
        shown = [SignedLine(SIGNS.get(mood, "·"), breakable(text), mood) for mood, text in lines]
        for line in shown:
            self._result.addWidget(line)
        if shown:
            announce(self, lines[0][1], urgent=lines[0][0] is not Mood.OK)
            QTimer.singleShot(0, self, lambda: _into_sight(shown[0], shown[-1]))

    def _move(self) -> None:
        model, say, number = self.model, self.words.say, self.words.number
        mine = model.work in self._works
        # As the card knows it: a dialog that closes gives the focus back only later.
        elsewhere = QApplication.focusWidget()
        holder = self.focusWidget() if elsewhere is None or self.isAncestorOf(elsewhere) else None
        held = next((b for b in self._buttons if b in (holder, self._begun_by)), None)
        gives_back = not mine and holder is self._stop
        if gives_back and self._begun_by is not None:
            self._begun_by.setEnabled(True)
            self._begun_by.setFocus()
        for widget in (self._bar, self._how_far, self._stop):
            widget.setVisible(mine)
        if mine:
            if held is not None and holder is not self._stop:
                self._begun_by = held
                self._stop.setFocus()  # a button that rests gives the focus away
            self.show_result()
            self._bar.setRange(0, model.total)
            self._bar.setValue(model.done)
            done, total = number(model.done), number(model.total)
            text = say("{done} of {total}", done=done, total=total) if model.total else ""
            self._how_far.setText(text or say("Working …"))
        for button in self._buttons:
            button.setEnabled(not model.work)

    def _refuse(self, work: str, error: TidewaiterError) -> None:
        if work in self._works:
            self.show_result((Mood.BAD, self.words.error(error)))


def _into_sight(first: QWidget, last: QWidget) -> None:
    """Scroll the page to the last line, then to the first: that one is seen in any case."""
    area: QWidget | None = first if shiboken6.isValid(first) else None
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea):
        # The lines have no place before their cards and the page have heard of them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        for line in (last, first):
            area.ensureWidgetVisible(line, 0, GAP_3)
