"""The frame: rail, the screen one is at, footer. It knows no screen by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from domain.words import mark
from gui.action import Action, bind_keys
from gui.look.tokens import NARROW_BELOW, Palette
from gui.parts.band import PracticeBand
from gui.parts.footer import Footer
from gui.parts.key_list import KeyList
from gui.parts.palette import CommandPalette
from gui.parts.rail import Rail, Stop
from gui.parts.tab_order import chain
from gui.words import Words


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen and its place on the rail. `enter` is called whenever it comes to the front."""

    stop: Stop
    view: QWidget
    actions: tuple[Action, ...] = ()
    enter: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Frame:
    """What the window shows around the screens."""

    words: Words
    palette: Palette
    place: str
    practice: bool
    icon_of: Callable[[str, bool], QPixmap]


class Window(QMainWindow):
    """`closing` before it closes: what is not saved yet is saved then."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Tidewaiter")
        self.setMinimumSize(960, 640)
        self._screens: dict[str, Screen] = {}
        self._here = ""
        self._sentence = ("", "ok")

    def fill(self, screens: Sequence[Screen], frame: Frame) -> None:
        """Show these screens, in the place of those shown before; one stays where one was."""
        self._screens = {screen.stop.name: screen for screen in screens}
        page = QWidget()
        page.setProperty("look", "page")
        page.setLayoutDirection(frame.words.direction)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._rail = Rail(
            "Tidewaiter", frame.place, [screen.stop for screen in screens], frame.icon_of
        )
        self._rail.chosen.connect(self.go)
        self._stack = QStackedWidget()
        for screen in screens:
            self._stack.addWidget(screen.view)
        self._keys = self._key_list(frame.words)
        self._stack.addWidget(self._keys)
        if frame.practice:
            words = frame.words.say("PRACTICE: nothing here is real")
            outer.addWidget(PracticeBand(words, frame.palette))
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        outer.addLayout(middle, 1)
        outer.addWidget(self._new_footer(frame.words))
        self.setCentralWidget(page)
        self._palette = CommandPalette(page, frame.words)
        bind_keys(self._own_actions(), page)
        self._fit()
        chain(page)
        self.say(*self._sentence)
        self.go(self._here or next(iter(self._screens)))

    def _new_footer(self, words: Words) -> Footer:
        self._footer = Footer(words.say("commands"), words.say("keys"))
        self._footer.palette_wanted.connect(self.open_palette)
        self._footer.keys_wanted.connect(self.show_keys)
        return self._footer

    def _key_list(self, words: Words) -> KeyList:
        tables = [(screen.stop.words, screen.actions) for screen in self._screens.values()]
        return KeyList([(words.say("Everywhere"), self._own_actions()), *tables], words)

    def _own_actions(self) -> tuple[Action, ...]:
        ways = [
            Action(screen.stop.words, screen.stop.key, self._way_to(name))
            for name, screen in self._screens.items()
        ]
        return (
            *ways,
            Action(mark("Commands"), "Ctrl+K", self.open_palette),
            Action(mark("Keys"), "F1", self.show_keys),
        )

    def _way_to(self, name: str) -> Callable[[], None]:
        return lambda: self.go(name)

    def go(self, name: str) -> None:
        """Bring a screen to the front."""
        screen = self._screens[name]
        self._here = name
        self._rail.choose(name)
        self._stack.setCurrentWidget(screen.view)
        screen.enter()

    @property
    def here(self) -> str:
        """The name of the screen in front."""
        return self._here

    def show_keys(self) -> None:
        """Bring the list of keys to the front."""
        self._stack.setCurrentWidget(self._keys)

    def open_palette(self) -> None:
        """Offer every action that can be done now."""
        here = self._screens[self._here].actions
        own = [a for a in self._own_actions() if a.key != "Ctrl+K"]
        self._palette.open((*here, *own))

    def say(self, sentence: str, mood: str) -> None:
        """The footer's sentence."""
        self._sentence = (sentence, mood)
        self._footer.say(sentence, mood)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has a narrow rail."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._screens:
            self._rail.set_narrow(narrow=self.width() < NARROW_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save first."""
        self.closing.emit()
        super().closeEvent(event)
