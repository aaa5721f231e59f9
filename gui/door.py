"""The door: asks for the passphrase when the desk was started without a terminal.

It is shown only when the folder cannot be opened without a question.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from acts.errors import SecretRefused
from domain.errors import TidewaiterError
from domain.words import mark
from gui.action import key_words
from gui.look.theme import Theme
from gui.look.tokens import GAP_3, GAP_5
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import label, name_it
from gui.words import Words
from storage.keys import RecoveryKey, Unlock, way_of
from storage.workstation import Workstation
from system.errors import CannotOpen

Open = Callable[[Unlock | None], Workstation]
"""Opens the folder with the typed secret, or (None) with the way chosen at the start.

Raises `TidewaiterError`.
"""
WIDTH = 460


class Door(QWidget):
    """Sends `finished` when the door closes; `opened` is the workstation, None without one."""

    finished = Signal()

    def __init__(self, words: Words, theme: Theme, folder: str, open_it: Open) -> None:
        super().__init__()
        self._words, self._open = words, open_it
        self._asks = False
        self._recovers = False
        self.opened: Workstation | None = None
        say = words.say
        self.setWindowTitle("Tidewaiter")
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayoutDirection(words.direction)
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_5, GAP_5, GAP_5, GAP_5)
        page.setSpacing(GAP_3)
        page.addWidget(label("Tidewaiter", "title"))
        page.addWidget(label(folder, "label", wrap=True))
        self._card = Card(say("Open the workstation"))
        self._line = QLineEdit()
        self._head = label("", "label")
        self._message = label("", wrap=True)
        self._other = push_button("")
        for widget in (self._head, self._line, self._message, self._other):
            self._card.body.addWidget(widget)
        page.addWidget(self._card)
        row = QHBoxLayout()
        row.addStretch(1)
        self._close = push_button(say("Close"), "", key_words("Esc", words))
        self._go = push_button(say("Open"), "main", key_words("Return", words))
        for button in (self._close, self._go):
            row.addWidget(button)
        page.addLayout(row)
        page.addStretch(1)
        self._close.clicked.connect(self.close)
        self._close.setShortcut("Escape")
        self._go.clicked.connect(self.press_on)
        self._other.clicked.connect(self._ask_for_the_other)
        self._line.returnPressed.connect(self.press_on)
        self.setStyleSheet(theme.sheet)
        self.setMinimumWidth(WIDTH)

    def ask(self) -> None:
        """Ask for the passphrase, or for the recovery key instead."""
        self._shape(asks=True)
        self._other.setVisible(True)
        self._tell("", Mood.NONE)
        self._line.setFocus()

    def _ask_for_the_other(self) -> None:
        """Switch between passphrase and recovery key; after an error, ask for the recovery key."""
        self._recovers = not self._recovers if self._asks else True
        self._line.clear()
        self.ask()

    def tell(self, error: TidewaiterError) -> None:
        """Show why the folder cannot be opened; the officer can try again."""
        self._shape(asks=False)
        self._other.setVisible(isinstance(error, (CannotOpen, SecretRefused)))
        self._tell(self._words.error(error), Mood.BAD)
        self._go.setFocus()

    def _shape(self, *, asks: bool) -> None:
        self._asks = asks
        self._head.setVisible(asks)
        self._line.setVisible(asks)
        say = self._words.say
        what = say("Recovery key") if self._recovers else say("Passphrase")
        self._head.setText(what)
        name_it(self._line, what)
        modes = QLineEdit.EchoMode  # 56 letters from a paper must be visible while typed
        self._line.setEchoMode(modes.Normal if self._recovers else modes.Password)
        back = asks and self._recovers
        other = say("Use the passphrase") if back else say("Use the recovery key")
        self._other.setText(other.replace("&", "&&"))
        name_it(self._other, other)
        key = key_words("Return", self._words)
        self._go.setText(f"{say('Open') if asks else say('Try again')}   {key}")

    def press_on(self) -> None:
        """Press the main button: try the typed secret, or try again."""
        text = self._line.text()
        if self._asks and not text:
            self._tell(self._words.say(self._question()), Mood.MUTE)
            return
        # A passphrase takes half a second on purpose, so say what happens.
        self._tell(self._words.say("Opening …"), Mood.MUTE)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        try:
            self.opened = self._open(self._way(text) if self._asks else None)
        except TidewaiterError as error:
            self._tell(self._words.error(error), Mood.BAD)
            self._line.selectAll()
            return
        self._line.clear()
        self.close()

    def _question(self) -> str:
        if self._recovers:
            return mark("Type the recovery key that the administrator keeps.")
        return mark("Type the passphrase of this post.")

    def _way(self, text: str) -> Unlock:
        """The typed secret; a recovery key in the passphrase field is recognised by its
        checksum.
        """
        return RecoveryKey(text) if self._recovers else way_of(text)

    def _tell(self, text: str, mood: Mood) -> None:
        self._message.setText(text)
        set_text_mood(self._message, mood)
        self._message.setVisible(bool(text))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Send `finished`, whether the folder is open or not."""
        super().closeEvent(event)
        self.finished.emit()
