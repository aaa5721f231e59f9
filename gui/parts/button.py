"""Buttons for actions, with the key on them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from gui.action import Action, key_words
from gui.look.tokens import GAP_2, GAP_3, TARGET
from gui.parts.text import name_it
from gui.words import Words


def push_button(text: str, look: str = "", key: str = "") -> QPushButton:
    """A button; `key`, the name of a key in the officer's language, is only shown on it."""
    made = QPushButton()
    made.setMinimumHeight(TARGET)
    # Enter presses the button that has the focus.
    made.setAutoDefault(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if look:
        made.setProperty("look", look)
    put_key(made, text, key)
    return made


def put_key(button: QPushButton, text: str, key: str) -> None:
    """Change the words of a button and the key that is shown on it."""
    shown = f"{text}   {key}" if key else text
    button.setText(shown.replace("&", "&&"))
    name_it(button, text)
    button.setAccessibleDescription(key)


class ActionBar(QWidget):
    """The actions of a screen at its bottom, the main one last; below each other where they have no
    room in a row, and the main one alone where there is no room for that either.
    """

    def __init__(self, actions: Sequence[Action], words: Words) -> None:
        super().__init__()
        self._low = False
        self._pairs: list[tuple[Action, QPushButton]] = []
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, GAP_2, 0, 0)
        row.setSpacing(GAP_3)
        row.addStretch(1)
        self.setMinimumWidth(1)  # Else the row would widen a narrow column.
        for action in sorted((a for a in actions if a.shown), key=lambda a: a.main):
            look, key = "main" if action.main else "", key_words(action.key, words)
            button = push_button(words.say(action.words), look, key)
            button.clicked.connect(lambda _checked=False, action=action: action.do())
            row.addWidget(button)
            self._pairs.append((action, button))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between a row and a column."""
        super().resizeEvent(event)
        self._arrange()

    def set_low(self, *, low: bool) -> None:
        """Set whether there is no height for a second row; the other actions keep their keys."""
        if low != self._low:
            self._low = low
            self._arrange()

    def _arrange(self) -> None:
        wide = sum(button.sizeHint().width() + GAP_3 for _, button in self._pairs) - GAP_3
        directions = QBoxLayout.Direction
        fits = wide <= self.width()
        self._row.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        self._row.setSpacing(GAP_3 if fits else GAP_2)
        for action, button in self._pairs:
            button.setVisible(fits or action.main or not self._low)

    def refresh(self) -> None:
        """Enable each button whose action is possible now."""
        for action, button in self._pairs:
            button.setEnabled(action.enabled_when())
