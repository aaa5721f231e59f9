"""The command palette: a search for all actions, shown over the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.action import Action, key_words
from gui.look.tokens import GAP_3
from gui.parts.option import Option
from gui.parts.pick import PickEntry
from gui.parts.text import label
from gui.words import Words

WIDTH = 560


class CommandPalette(QFrame):
    """Opens over `page`; a choice or Esc closes it."""

    def __init__(self, page: QWidget, words: Words) -> None:
        super().__init__(page)
        self.setProperty("look", "popup")
        self._page, self._words = page, words
        self._actions: dict[str, Action] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_3)
        column.addWidget(label(words.say("What do you want to do?"), "section"))
        self._pick = PickEntry((), hint=words.say("type, or press the down arrow"), keeps=False)
        self._pick.name(words.say("What do you want to do?"))
        self._pick.typed.connect(self._choose)
        column.addWidget(self._pick)
        self.hide()

    def open(self, actions: Sequence[Action]) -> None:
        """Open the palette with these actions."""
        possible = [action for action in actions if action.enabled_when()]
        self._actions = {str(index): action for index, action in enumerate(possible)}
        self._pick.offer(
            [
                Option(code, self._words.say(action.words), key_words(action.key, self._words))
                for code, action in self._actions.items()
            ]
        )
        width = min(WIDTH, self._page.width() - 40)
        self.setGeometry((self._page.width() - width) // 2, 80, width, self.sizeHint().height())
        self.raise_()
        self.show()
        self._pick.target().setFocus()

    def _choose(self, code: str) -> None:
        action = self._actions.get(code)
        if action is not None:
            self.hide()
            action.do()

    def event(self, event: QEvent) -> bool:
        """While it is open, Esc does not trigger a shortcut of the page."""
        asked = event.type() is QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
