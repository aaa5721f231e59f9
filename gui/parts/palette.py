"""The command palette: a search for all actions, shown over the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from gui.action import Action, key_words
from gui.look.tokens import GAP_3
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.pick import WHOLE_LIST, NoMatch, PickEntry
from gui.parts.text import label
from gui.words import Words

WIDTH = 560
PALETTE_KEYS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)


class CommandPalette(QFrame):
    """Opens over `page`; a choice, Esc or Ctrl+K closes it, and so does a press beside it.

    While it is open, keys act in it alone. `closed` is sent before the chosen action is done.
    """

    closed = Signal()

    def __init__(self, page: QWidget, words: Words) -> None:
        super().__init__(page)
        self.setProperty("look", "popup")
        self._page, self._words = page, words
        self._actions: dict[str, Action] = {}
        self._pick: PickEntry | None = None
        self._note = label("", "note", wrap=True, mood=Mood.WARN)
        self._note.hide()
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def open(self, actions: Sequence[Action]) -> None:
        """Open the palette with these actions."""
        possible = [action for action in actions if action.enabled_when()]
        self._actions = {str(index): action for index, action in enumerate(possible)}
        pick = self._pick or self._build()
        pick.offer(
            [
                Option(code, self._words.say(action.words), key_words(action.key, self._words))
                for code, action in self._actions.items()
            ]
        )
        pick.renew()
        self._fit()
        self.raise_()
        self.show()
        pick.target().setFocus()

    def _fit(self) -> None:
        width = min(WIDTH, self._page.width() - 40)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry((self._page.width() - width) // 2, 80, width, height)

    def _build(self) -> PickEntry:
        """Its parts, when it is first opened."""
        say = self._words.say
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_3, GAP_3, GAP_3, GAP_3)
        column.addWidget(label(say("What do you want to do?"), "section"))
        pick = self._pick = PickEntry(
            (),
            hint=say("type, or press the down arrow"),
            keeps=False,
            no_match=NoMatch(lambda _: say(WHOLE_LIST)),
        )
        pick.name(say("What do you want to do?"))
        pick.typed.connect(self._choose)
        pick.unmatched.connect(self._say_unmatched)
        column.addWidget(pick)
        column.addWidget(self._note)
        return pick

    def _say_unmatched(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._fit()

    def _choose(self, code: str) -> None:
        action = self._actions.get(code)
        if action is not None:
            self._close()
            action.do()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and before and now and not self.isAncestorOf(now):
            self.hide()

    def event(self, event: QEvent) -> bool:
        """While it is open, no key triggers a shortcut of the page."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+K close; no other key reaches the page."""
        again = event.keyCombination() == PALETTE_KEYS
        if event.key() == Qt.Key.Key_Escape or again:
            self._close()
        event.accept()
