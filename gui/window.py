"""The window: rail, present screen, footer. It does not know the screens by name.

It is painted before the program is imported and the folder open: what is imported here, every start
waits for. A screen is built when it is first shown, or when its actions are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from domain.words import mark
from gui.action import PALETTE_KEY, Action, bind_keys, led_to
from gui.frame import Built, Frame, Screen
from gui.look.tokens import NARROW_BELOW
from gui.parts.mood import Mood
from gui.parts.tab_order import chain
from gui.way import WayBack

if TYPE_CHECKING:
    from gui.parts.key_list import KeyList


class Window(QMainWindow):
    """`closing` is sent before the window closes, so that unsaved changes are saved."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Tidewaiter")
        self._screens: dict[str, Screen] = {}
        self._built: dict[str, Built] = {}
        self._keys: KeyList | None = None
        self._way = WayBack(self._view_of, self)
        self._closes = False
        self._sentence = ("", Mood.OK)

    def fill(self, screens: Sequence[Screen], frame: Frame) -> None:
        """Replace the screens by these; the present screen stays in front."""
        number = self._way.control_number
        self._screens = {screen.destination.name: screen for screen in screens}
        self._built, self._keys, self._frame = {}, None, frame
        self._way.forget()
        page = QWidget()
        page.setProperty("look", "page")
        page.setLayoutDirection(frame.words.direction)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._rail = frame.rail
        self._rail.chosen.connect(self.go)
        self._stack = QStackedWidget()
        if frame.band is not None:
            outer.addWidget(frame.band)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        outer.addLayout(middle, 1)
        self._footer = frame.footer
        self._footer.palette_wanted.connect(self.open_palette)
        self._footer.keys_wanted.connect(self.show_keys)
        outer.addWidget(self._footer)
        self._page = page
        self._palette = frame.palette_of(page)
        self._palette.closed.connect(self._way.take_focus)
        bind_keys(self._own_actions(), page)
        self._fit()
        self.say(*self._sentence)
        self.built(self._way.here or next(iter(self._screens)))
        # Set the style sheet once, after all widgets are in the page: this is twice as fast. In a
        # window that is shown already they would have the style of no sheet before.
        page.hide()
        self.setCentralWidget(page)
        page.setStyleSheet(frame.sheet)
        page.show()
        self.go(self._way.here or next(iter(self._screens)))
        self._way.focus_control(number)

    def built(self, name: str) -> Built:
        """The screen; the first call builds it."""
        if name not in self._built:
            made = self._screens[name].build()
            self._built[name] = made
            self._stack.addWidget(made.view)
            chain(self._page)
        return self._built[name]

    def print_keys(self) -> None:
        """Ask for a printer and print the list of keys."""
        # Loads Qt's print module (60 ms), which is rarely used.
        from gui.key_paper import print_on_chosen

        print_on_chosen(self, self.key_list())

    def key_list(self) -> KeyList:
        """A new list of keys, with those of all screens."""
        words = self._frame.words
        tables = [
            (screen.destination.words, self.built(name).actions)
            for name, screen in self._screens.items()
        ]
        return self._frame.keys_of([(words.say("Everywhere"), self._own_actions()), *tables])

    def _own_actions(self) -> tuple[Action, ...]:
        ways = [
            Action(screen.destination.words, screen.destination.key, partial(self.go, name))
            for name, screen in self._screens.items()
        ]
        return (
            *ways,
            Action(mark("Commands"), PALETTE_KEY, self.open_palette),
            Action(mark("Keys"), "F1", self.show_keys),
            Action(mark("Print the keys"), "Shift+F1", self.print_keys),
        )

    def go(self, name: str) -> None:
        """Bring a screen to the front; the focus goes to where it was there."""
        screen = self.built(name)
        self._way.go(name)
        self._rail.choose(name)
        self._stack.setCurrentWidget(screen.view)
        screen.enter()
        self._way.take_focus()

    def back(self) -> None:
        """Leave the list of keys, else go back to the screen before."""
        if self._stack.currentWidget() is not self.built(self._way.here).view:
            self.go(self._way.here)
        elif self._way.before:
            self.go(self._way.before)

    def _view_of(self, name: str) -> QWidget | None:
        return self._built[name].view if name in self._built else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, when nothing in the screen has a use for it."""
        if event.key() == Qt.Key.Key_Escape and self._screens:
            self.back()

    @property
    def here(self) -> str:
        """The name of the screen in front."""
        return self._way.here

    def show_keys(self) -> None:
        """Bring the list of keys to the front."""
        if self._keys is None:
            self._keys = self.key_list()
            self._stack.addWidget(self._keys)
        self._stack.setCurrentWidget(self._keys)
        self._keys.take_focus()

    def open_palette(self) -> None:
        """Open the palette with all actions that are possible now, those of this screen first."""
        own = [a for a in self._own_actions() if a.key != PALETTE_KEY]
        elsewhere = [
            led_to(action, partial(self.go, name), screen.destination.words, self._frame.words)
            for name, screen in self._screens.items()
            if name != self._way.here
            for action in self.built(name).actions
        ]
        self._palette.open((*self.built(self._way.here).actions, *own, *elsewhere))

    def say(self, sentence: str, mood: Mood) -> None:
        """Set the footer's sentence."""
        self._sentence = (sentence, mood)
        self._footer.say(*self._sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the rail narrow in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._screens:
            self._rail.set_narrow(narrow=self.width() < NARROW_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close after saving; ignore a second press meanwhile."""
        if self._closes:
            event.ignore()
            return
        self._closes = True
        self.closing.emit()
        self._closes = False
        super().closeEvent(event)
