"""A message in the page with buttons for what can be done; dialogs are never used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1, GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.words import Words

Way = tuple[str, Callable[[], None]]


class MessageLine(QFrame):
    """One message; `gone` is sent when a button was pressed."""

    gone = Signal()

    def __init__(self, text: str, mood: Mood, ways: Sequence[Way], about: str) -> None:
        super().__init__()
        self.says, self.about = (text, mood), about
        self.setProperty("look", "card")
        self.setProperty("mood", Mood.WARN.value if mood is not Mood.OK else "")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        row.setSpacing(GAP_2)
        row.addWidget(label(text, wrap=True, mood=mood), 1)
        self.ways = []
        for words, deed in ways:
            button = push_button(words)
            button.clicked.connect(deed)
            button.clicked.connect(self.gone)
            row.addWidget(button)
            self.ways.append(button)


class Messages(QWidget):
    """The messages of a page, newest at the bottom."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._understood = words.say("Understood")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_1)
        self._lines: list[MessageLine] = []
        self.hide()

    def tell(self, text: str, mood: Mood, ways: Sequence[Way], about: str = "") -> None:
        """Show a message with its buttons.

        It replaces a message with the same text. `about` is its subject, for `drop`.
        """
        same = [line for line in self._lines if line.says == (text, mood)]
        about = about or next((line.about for line in same), "")
        self._remove(same)
        line = MessageLine(text, mood, ways, about)
        self._lines.append(line)
        line.gone.connect(lambda: self._remove([line]))
        self._column.addWidget(line)
        self.show()

    def stay(self, text: str, mood: Mood, about: str) -> None:
        """Show a message without a button: it stays until `drop`."""
        self.tell(text, mood, (), about)

    def inform(self, text: str, mood: Mood, about: str = "") -> None:
        """Show a message that the officer only needs to read."""
        self.tell(text, mood, [(self._understood, _nothing)], about)

    def clear(self) -> None:
        """Remove all messages."""
        self._remove(self._lines)

    def drop(self, about: str) -> None:
        """Remove the messages with this subject."""
        self._remove([line for line in self._lines if line.about == about])

    def focus(self, about: str) -> None:
        """Set the focus to the first button of the message with this subject."""
        for line in self._lines:
            if line.about == about and line.ways:
                line.ways[0].setFocus()

    def _remove(self, lines: Sequence[MessageLine]) -> None:
        self._lines = [line for line in self._lines if line not in lines]
        for line in lines:
            line.hide()
            line.deleteLater()
        self.setVisible(bool(self._lines))


def _nothing() -> None:
    """Do nothing: the officer has read the message."""
