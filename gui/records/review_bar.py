"""The buttons above the shown interception: approve, return, cancel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.action import Action, key_words
from gui.look.tokens import GAP_1
from gui.parts.button import push_button
from gui.words import Words


class ReviewBar(QWidget):
    """Hidden while no interception is chosen; the keys are in the tool tips."""

    def __init__(self, actions: Sequence[Action], words: Words) -> None:
        super().__init__()
        self._pairs: list[tuple[Action, QPushButton]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_1)
        for action in actions:
            button = push_button(words.say(action.words), "quiet")
            button.setToolTip(key_words(action.key, words))
            button.clicked.connect(lambda _checked=False, action=action: action.do())
            row.addWidget(button)
            self._pairs.append((action, button))
        row.addStretch(1)
        self.hide()

    def refresh(self) -> None:
        """Enable each button whose action is possible now."""
        for action, button in self._pairs:
            button.setEnabled(action.enabled_when())
