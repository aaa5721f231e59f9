"""The contents of the window: the builder of each screen, and what is around the screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.action import Action
from gui.words import Words

if TYPE_CHECKING:
    from gui.parts.footer import Footer
    from gui.parts.key_list import KeyList
    from gui.parts.palette import CommandPalette
    from gui.parts.rail import Destination, Rail


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
    """What the window shows around the screens.

    The parts are made by who fills the window, because the window is painted before their files
    are imported. `band` is above all; `palette_of` makes the palette of a page, `keys_of` the list
    of keys from the actions of each screen.
    """

    words: Words
    sheet: str
    rail: Rail
    footer: Footer
    band: QWidget | None
    palette_of: Callable[[QWidget], CommandPalette]
    keys_of: Callable[[Sequence[tuple[str, Sequence[Action]]]], KeyList]
