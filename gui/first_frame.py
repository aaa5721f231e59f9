"""The first frame of the desk's window, painted while the folder is being opened.

It is where and as the window was when it was closed, so that nothing moves when the rest comes.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.application import application
from gui.look.theme import Theme
from gui.look.tokens import GAP_3, GAP_4, NARROW_BELOW, RAIL_NARROW, RAIL_WIDTH
from gui.parts.first_paint import FirstPaint
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.shape import is_there, show_on_screen
from gui.window import Window
from gui.words import Words
from storage.appearance import read_appearance
from system.resources import RESOURCES, translation


def first_frame(home: Path) -> Window | None:
    """The painted window; None where nobody knows yet how it will look, so it is shown later."""
    look = read_appearance(home)
    if look is None or not is_there(look.screen):
        return None
    theme = Theme(application(), RESOURCES / "fonts")
    theme.use(look.theme)
    window = Window()
    page, rail = _page(Words(look.language, translation(look.language)))
    page.setStyleSheet(theme.sheet)
    window.setCentralWidget(page)
    painted = QEventLoop()
    FirstPaint(window).painted.connect(painted.quit)
    show_on_screen(window, look.screen, lambda _screen: look.shape)
    if window.width() < NARROW_BELOW:
        rail.setFixedWidth(RAIL_NARROW)
    painted.exec()
    return window


def _page(words: Words) -> tuple[QWidget, QWidget]:
    """A page with the rail, without its buttons, and one line in the middle; and that rail."""
    page = QWidget()
    page.setProperty("look", "page")
    page.setLayoutDirection(words.direction)
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    rail = QFrame()
    rail.setProperty("look", "rail")
    rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rail.setFixedWidth(RAIL_WIDTH)
    inner = QVBoxLayout(rail)
    inner.setContentsMargins(GAP_3, GAP_4, GAP_3, GAP_3)
    brand = label("Tidewaiter", "brand")
    brand.setContentsMargins(GAP_3, 0, 0, 0)
    inner.addWidget(brand)
    inner.addStretch(1)
    across.addWidget(rail)
    says = label(words.say("Opening …"), mood=Mood.MUTE)
    says.setAlignment(Qt.AlignmentFlag.AlignCenter)
    across.addWidget(says, 1)
    return page, rail
