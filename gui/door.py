"""The door: asks for the passphrase or the recovery key when the desk was started without a
terminal.

It is shown only when the folder cannot be opened without a question, and before the rest of the
program is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from acts.errors import SecretRefused
from domain.errors import TidewaiterError
from domain.words import mark
from gui.action import key_words
from gui.look.theme import Theme
from gui.look.tokens import GAP_3, GAP_5, TARGET
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.column import GrowingColumn
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import breakable, label, name_it
from gui.words import Words
from system.errors import CannotOpen

if TYPE_CHECKING:
    from storage.workstation import Workstation

Opened = Callable[["Workstation"], None]
Refused = Callable[[TidewaiterError], None]


class Typed(NamedTuple):
    """A secret that was typed; in the field for the recovery key when `recovers`."""

    text: str
    recovers: bool


Open = Callable[[Typed | None, Opened, Refused], None]
"""Begins to open the folder with the typed secret, or (None) with the way chosen at the start;
then one of the two functions is called.
"""
WIDTH = 520
"""Pixels."""
AROUND = 48
"""Pixels of the screen's height that the door leaves to the window's frame."""


class Door(QWidget):
    """Sends `finished` when the door closes; `opened` is the workstation, None without one.

    `elsewhere` is sent when another folder is wanted.
    """

    finished = Signal()
    elsewhere = Signal()

    def __init__(self, words: Words, theme: Theme, folder: str, open_it: Open) -> None:
        super().__init__()
        self._words, self._open = words, open_it
        self._asks = self._recovers = self._leaves = False
        self.opening = False
        """Whether the folder is being opened at this moment."""
        self.opened: Workstation | None = None
        self.setWindowTitle("Tidewaiter")
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayoutDirection(words.direction)
        self._passphrase, self._recovery = QLineEdit(), QLineEdit()
        self._heads = {line: label("", "label") for line in (self._passphrase, self._recovery)}
        self._name_lines()
        self._message = label("", wrap=True)
        self._other = push_button("")
        say = words.say
        self._folder = push_button(say("Another folder …"))
        self._close = push_button(say("Close"), "", key_words("Esc", words))
        self._go = push_button(say("Open"), "main", key_words("Return", words))
        self._lay(folder)
        self._close.clicked.connect(self.close)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self._leave)
        self._go.clicked.connect(self.press_on)
        self._other.clicked.connect(self._ask_for_the_other)
        self._folder.clicked.connect(self.elsewhere)
        self.setStyleSheet(theme.sheet)
        self.setMinimumWidth(WIDTH)

    def _name_lines(self) -> None:
        say = self._words.say
        names = {self._passphrase: say("Passphrase"), self._recovery: say("Recovery key")}
        for line, name in names.items():
            self._heads[line].setText(name)
            line.setMinimumHeight(TARGET)
            line.returnPressed.connect(self.press_on)
            name_it(line, name)
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        # 56 letters from a paper must be visible while they are typed.
        hint = say("eight groups of seven letters, from the administrator's paper")
        self._recovery.setPlaceholderText(hint)
        self._recovery.setAccessibleDescription(hint)

    def _lay(self, folder: str) -> None:
        self._inner = GrowingColumn()
        page = QVBoxLayout(self._inner)
        page.setContentsMargins(GAP_5, GAP_5, GAP_5, GAP_5)
        page.setSpacing(GAP_3)
        page.addWidget(label("Tidewaiter", "title"))
        page.addWidget(label(breakable(folder), "label", wrap=True))
        card = Card(self._words.say("Open the workstation"))
        for line, head in self._heads.items():
            card.body.addWidget(head)
            card.body.addWidget(line)
        card.body.addWidget(self._message)
        card.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeading)
        page.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(self._folder)
        row.addStretch(1)
        row.addWidget(self._close)
        row.addWidget(self._go)
        page.addLayout(row)
        page.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inner)
        area.verticalScrollBar().rangeChanged.connect(self._grow)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def ask(self) -> None:
        """Ask for the passphrase, or for the recovery key instead."""
        self._shape(asks=True)
        self._other.setVisible(True)
        self._tell("", Mood.NONE)
        self._line.selectAll()
        self._line.setFocus()

    @property
    def _line(self) -> QLineEdit:
        """The field that is asked for now."""
        return self._recovery if self._recovers else self._passphrase

    def _ask_for_the_other(self) -> None:
        """Switch between passphrase and recovery key; after an error, ask for the recovery key."""
        self._recovers = not self._recovers if self._asks else True
        self.ask()

    def tell(self, error: TidewaiterError) -> None:
        """Show why the folder cannot be opened; the officer can try again."""
        self._shape(asks=False)
        self._other.setVisible(isinstance(error, (CannotOpen, SecretRefused)))
        self._tell(self._words.error(error), Mood.BAD)
        self._go.setFocus()

    def _shape(self, *, asks: bool) -> None:
        self._asks = asks
        say = self._words.say
        for line, head in self._heads.items():
            head.setVisible(asks and line is self._line)
            line.setVisible(asks and line is self._line)
        back = asks and self._recovers
        other = say("Use the passphrase") if back else say("Use the recovery key")
        self._other.setText(other.replace("&", "&&"))
        name_it(self._other, other)
        key = key_words("Return", self._words)
        self._go.setText(f"{say('Open') if asks else say('Try again')}   {key}")

    def press_on(self) -> None:
        """Press the main button: try the typed secret, or try again."""
        if self.opening:
            return
        text = self._line.text()
        if self._asks and not text:
            self._tell(self._words.say(self._question()), Mood.MUTE)
            return
        # A passphrase takes half a second on purpose, so say what happens.
        self._tell(self._words.say("Opening …"), Mood.MUTE)
        self.opening = True
        typed = Typed(text, self._recovers) if self._asks else None
        self._open(typed, self._take, self._refuse)

    def _take(self, ws: Workstation) -> None:
        self.opening = False
        if self._leaves:
            ws.close()
            self.finished.emit()
            return
        self.opened = ws
        for line in self._heads:
            line.clear()
        self.close()

    def _refuse(self, error: TidewaiterError) -> None:
        self.opening = False
        if self._leaves:
            self.finished.emit()
            return
        self._tell(self._words.error(error), Mood.BAD)
        if self._asks:
            self._line.selectAll()
            self._line.setFocus()

    def _question(self) -> str:
        if self._recovers:
            return mark("Type the recovery key that the administrator keeps.")
        return mark("Type the passphrase of this post.")

    def _tell(self, text: str, mood: Mood) -> None:
        self._message.setText(breakable(text))
        set_text_mood(self._message, mood)
        self._message.setVisible(bool(text))
        self._line.setAccessibleDescription(text or self._line.placeholderText())
        announce(self, text, urgent=mood is Mood.BAD)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the content, as far as the screen allows; more than that scrolls."""
        layout = self._inner.layout()
        assert layout is not None
        # The cards learn first that their content changed, then the column that holds them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        layout.activate()
        width = max(self.width(), WIDTH)
        self.resize(width, min(layout.totalHeightForWidth(width), self._room))

    @property
    def _room(self) -> int:
        """The height that the screen has for the door."""
        return self.screen().availableGeometry().height() - AROUND

    def _grow(self, _least: int, hidden: int) -> None:
        """Show the pixels that would scroll, as far as the screen allows."""
        if hidden:
            self.resize(self.width(), min(self.height() + hidden, self._room))

    def showEvent(self, event: QShowEvent) -> None:
        """Fit once the fonts of the style sheet are known."""
        super().showEvent(event)
        self._fit()

    def _leave(self) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Send `finished`, whether the folder is open or not; after a folder that is being opened
        is closed again.
        """
        if self.opening:
            self._leaves = True
            self.hide()
            event.ignore()
            return
        super().closeEvent(event)
        self.finished.emit()
