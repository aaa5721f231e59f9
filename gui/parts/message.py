"""A line in the page that says what happened and offers the ways out; never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.look.tokens import GAP_1, GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.text import label

Way = tuple[str, Callable[[], None]]


class MessageLine(QFrame):
    """One message; taking a way out removes it, and `gone` says so."""

    gone = Signal()

    def __init__(self, text: str, mood: str, ways: Sequence[Way]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setProperty("mood", "warn" if mood != "ok" else "")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        row.setSpacing(GAP_2)
        row.addWidget(label(text, wrap=True, mood=f"plain-{mood}"), 1)
        for words, deed in ways:
            button = push_button(words)
            button.clicked.connect(deed)
            button.clicked.connect(self._done)
            row.addWidget(button)

    def _done(self) -> None:
        self.hide()
        self.gone.emit()
        self.deleteLater()


class Messages(QWidget):
    """The place in a page where messages stand, newest at the bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_1)
        self._lines: list[MessageLine] = []
        self.hide()

    def tell(self, text: str, mood: str, ways: Sequence[Way]) -> None:
        """Show a message; every message has at least one way out."""
        line = MessageLine(text, mood, ways)
        self._lines.append(line)
        line.gone.connect(self._forget)
        self._column.addWidget(line)
        self.show()

    def clear(self) -> None:
        """Take all messages away."""
        for line in tuple(self._lines):
            line.hide()
            line.deleteLater()
        self._lines.clear()
        self.hide()

    def _forget(self) -> None:
        self._lines = [line for line in self._lines if not line.isHidden()]
        self.setVisible(bool(self._lines))
