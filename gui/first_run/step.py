"""One step of the first run: title, content that scrolls, a message, and the buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.action import Action, bind_keys, key_words
from gui.look.tokens import GAP_3, GAP_5
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.column import GrowingColumn
from gui.parts.mood import Mood, set_text_mood
from gui.parts.scroll import FollowingScroll
from gui.parts.text import breakable, label, name_it
from gui.words import Words


class Step(QWidget):
    """`back` and `forward` are sent by the two buttons and their keys, Esc and Ctrl+Enter."""

    back = Signal()
    forward = Signal()

    def __init__(self, title: str, words: Words, *, main: str = "", back: str = "") -> None:
        super().__init__()
        self.words = words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP_5, GAP_5, GAP_5, GAP_3)
        outer.setSpacing(GAP_3)
        self._title = label(title, "title", wrap=True)
        outer.addWidget(self._title)
        inner = GrowingColumn()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP_3)
        area = FollowingScroll()
        area.setWidget(inner)
        outer.addWidget(area, 1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        name_it(self._bar, words.say("Progress"))
        self._bar.hide()
        outer.addWidget(self._bar)
        self._message = label("", wrap=True)
        self._message.hide()
        outer.addWidget(self._message)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        self._extra = QHBoxLayout()
        row.addLayout(self._extra)
        row.addStretch(1)
        back = back or words.say("Back")
        self.back_button = push_button(back, "", key_words("Esc", words))
        self.back_button.clicked.connect(self.back)
        row.addWidget(self.back_button)
        self.main_button = push_button(main, "main", key_words("Ctrl+Return", words))
        self.main_button.clicked.connect(self.forward)
        if not main:
            self.main_button.hide()
        row.addWidget(self.main_button)
        outer.addLayout(row)
        keys = (
            Action("", "Escape", self.back.emit),
            Action("", "Ctrl+Return", self.forward.emit, self.main_button.isEnabled),
        )
        bind_keys(keys if main else keys[:1], self)

    def end(self) -> None:
        """Call it when the content is complete."""
        self.column.addStretch(1)

    def name_main(self, words: str) -> None:
        """Change the words on the main button."""
        key = key_words("Ctrl+Return", self.words)
        self.main_button.setText(f"{words}   {key}".replace("&", "&&"))
        name_it(self.main_button, words, key)

    def add_button(self, name: str) -> QPushButton:
        """A further button, at the beginning of the row."""
        button = push_button(name)
        self._extra.addWidget(button)
        return button

    def tell(self, text: str, mood: Mood = Mood.NONE) -> None:
        """Show a message above the buttons; an empty text hides it."""
        self._message.setText(breakable(text))
        set_text_mood(self._message, mood)
        self._message.setVisible(bool(text))
        announce(self, text, urgent=mood is Mood.BAD)

    def busy(self, text: str, done: int = 0, total: int = 0) -> None:
        """Show that something is being done; with an empty text, that it has ended."""
        self._bar.setVisible(bool(text))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.main_button.setEnabled(not text)
        if text:
            self.tell(text, Mood.MUTE)

    def enter(self) -> None:
        """Called when the step comes to the front."""
        first = next((w for w in self.findChildren(QWidget) if self._may_focus(w)), None)
        if first is not None:
            first.setFocus()

    def _may_focus(self, widget: QWidget) -> bool:
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(tab) and widget.isVisibleTo(self) and widget.isEnabled()
