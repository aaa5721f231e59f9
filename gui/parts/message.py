"""The message place of a page: the newest message, and a button that opens the others.

Dialogs are never used. Each button has a key: Alt+1, Alt+2 … F6 goes to the message and back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from gui.action import key_words
from gui.look.tokens import GAP_1, GAP_2, GAP_3
from gui.parts.announce import announce
from gui.parts.button import push_button, put_key
from gui.parts.focus import FocusReturn
from gui.parts.mood import Mood
from gui.parts.own_keys import keeps_key
from gui.parts.scroll import BoundedScroll
from gui.parts.text import label
from gui.words import Words

Way = tuple[str, Callable[[], None]]

GO_KEY, MORE_KEY = "F6", "Alt+0"
FOLDED, OPENED = 110, 240
"""The greatest height of the place in pixels, with one message and with all."""
KEYS = 9
"""Buttons that have a key: Alt+1 to Alt+9."""


class MessageLine(QFrame):
    """One message; `gone` is sent when a button was pressed."""

    gone = Signal()

    def __init__(self, text: str, mood: Mood, ways: Sequence[Way], about: str) -> None:
        super().__init__()
        self.says, self.about = (text, mood), about
        self.setProperty("look", "card")
        ground = mood if mood in (Mood.BAD, Mood.OK) else Mood.WARN
        self.setProperty("mood", ground.value if ground is not Mood.OK else "")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3, GAP_2, GAP_3, GAP_2)
        row.setSpacing(GAP_2)
        row.addWidget(label(text, wrap=True, mood=mood), 1)
        self.ways: list[tuple[str, QPushButton]] = []
        for words, deed in ways:
            button = push_button(words)
            button.clicked.connect(deed)
            button.clicked.connect(self.gone)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.ways.append((words, button))


class Messages(QWidget):
    """The messages of a page, newest at the top; only the newest is shown until `more` is pressed.

    Its height is bounded, so that messages never take the room of the form.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._lines: list[MessageLine] = []
        self._opened = False
        self._focus = FocusReturn(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_2)
        self._area = BoundedScroll(FOLDED, GAP_1)
        self._column = self._area.column
        row.addWidget(self._area, 1)
        self._more = push_button("", "quiet")
        self._more.clicked.connect(self._turn)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        for key, deed in (
            (GO_KEY, self._go),
            (MORE_KEY, self._more.click),
            *((f"Alt+{number}", self._presser(number)) for number in range(1, KEYS + 1)),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(deed)
        self.hide()

    def tell(
        self, text: str, mood: Mood, ways: Sequence[Way], about: str = "", *, instead: bool = False
    ) -> None:
        """Show a message with its buttons.

        It replaces a message with the same text. `about` is its subject, for `drop`; `instead`:
        it replaces all messages with this subject.
        """
        same = [
            line
            for line in self._lines
            if line.says == (text, mood) or (instead and line.about == about)
        ]
        about = about or next((line.about for line in same), "")
        line = MessageLine(text, mood, ways, about)
        line.gone.connect(lambda: self._remove([line]))
        self._lines.insert(0, line)
        self._column.insertWidget(0, line)
        self._remove(same)
        announce(self, text, urgent=mood is not Mood.OK)

    def stay(self, text: str, mood: Mood, about: str) -> None:
        """Show a message without a button: it stays until `drop`."""
        self.tell(text, mood, (), about)

    def inform(self, text: str, mood: Mood, about: str = "") -> None:
        """Show a message that the officer only needs to read."""
        self.tell(text, mood, [(self._words.say("Understood"), _nothing)], about)

    def clear(self, *, keep: str = "") -> None:
        """Remove all messages, except those with the subject `keep`."""
        self._remove([line for line in self._lines if not keep or line.about != keep])

    def drop(self, about: str) -> None:
        """Remove the messages with this subject."""
        found = [line for line in self._lines if line.about == about]
        if found:
            self._remove(found)

    def focus(self, about: str) -> None:
        """Set the focus to the first button of the message with this subject."""
        for line in self._lines:
            if line.about == about and line.ways:
                line.ways[0][1].setFocus()
                return

    def _remove(self, lines: Sequence[MessageLine]) -> None:
        holder = QApplication.focusWidget()
        self._lines = [line for line in self._lines if line not in lines]
        if holder and any(line.isAncestorOf(holder) for line in lines):
            self._focus.give_back()
        for line in lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lay()

    def _lay(self) -> None:
        """Show the newest message or all, and number the buttons that are shown."""
        rest = len(self._lines) - 1
        self._opened = self._opened and rest > 0
        shown = self._lines if self._opened else self._lines[:1]
        number = 0
        for line in self._lines:
            line.setVisible(line in shown)
            for words, button in line.ways:
                number += line in shown
                keyed = line in shown and number <= KEYS
                put_key(button, words, key_words(f"Alt+{number}", self._words) if keyed else "")
        self._more.setVisible(rest > 0)
        more = (
            self._words.say("Fewer")
            if self._opened
            else self._words.count("1 more", "{count} more", max(rest, 1))
        )
        put_key(self._more, more, key_words(MORE_KEY, self._words))
        self.setVisible(bool(self._lines))
        self._area.set_bound(OPENED if self._opened else FOLDED)

    def _turn(self) -> None:
        self._opened = not self._opened
        self._lay()

    def _go(self) -> None:
        if self._focus.has_focus:
            self._focus.give_back()
            return
        buttons = [button for line in self._lines for _, button in line.ways if button.isVisible()]
        target = next(iter(buttons), self._more)
        if target.isVisible():
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _presser(self, number: int) -> Callable[[], None]:
        def press() -> None:
            buttons = [b for line in self._lines for _, b in line.ways if b.isVisible()]
            if number <= len(buttons):
                buttons[number - 1].click()

        return press

    def event(self, event: QEvent) -> bool:
        """With the focus in a message, Esc does not trigger a shortcut of the page."""
        own = keeps_key(event, lambda key: key.key() == Qt.Key.Key_Escape)
        return own or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the focus back."""
        if event.key() == Qt.Key.Key_Escape:
            self._focus.give_back()
            return
        super().keyPressEvent(event)


def _nothing() -> None:
    """Do nothing: the officer has read the message."""
