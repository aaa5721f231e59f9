"""The contents of the window: the buttons on the rail, the builder of each screen, the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from gui.action import Action
from gui.look.tokens import Palette
from gui.parts.rail import Destination
from gui.words import Words


@dataclass(frozen=True, slots=True)
class Built:
    """A screen's widget. `enter` is called each time the screen comes to the front."""

    view: QWidget
    actions: tuple[Action, ...] = ()
    enter: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Screen:
    """A destination on the rail, and the function that builds its screen."""

    destination: Destination
    build: Callable[[], Built]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the window shows around the screens."""

    words: Words
    palette: Palette
    sheet: str
    post: str
    practice: bool
    icon_of: Callable[[str, bool], QPixmap]
