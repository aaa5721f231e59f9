"""Applies a theme to the application, and follows the system's theme when that was chosen."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from gui.look.sheet import sheet
from gui.look.tokens import DARK, LIGHT, TEXT_BODY, Palette


class ThemeChoice(StrEnum):
    """The themes that the officer can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_ROLES = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.Base, "card"),
    (QPalette.ColorRole.AlternateBase, "soft"),
    (QPalette.ColorRole.Button, "card"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.PlaceholderText, "mute"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.ToolTipBase, "card"),
    (QPalette.ColorRole.ToolTipText, "text"),
)


@cache
def _load(fonts: Path) -> None:
    """Load the fonts in this folder, once in a process."""
    for file in sorted(fonts.glob("NotoSans*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


class Theme(QObject):
    """The present theme. `changed` carries the palette when the colours change."""

    changed = Signal(object)

    def __init__(self, app: QApplication, fonts: Path) -> None:
        super().__init__()
        self._app = app
        self.choice = ThemeChoice.SYSTEM
        self.palette = LIGHT
        _load(fonts)
        font = QFont("Noto Sans")
        font.setPixelSize(TEXT_BODY)
        font.setFeature(QFont.Tag("tnum"), 1)
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def sheet(self) -> str:
        """The style sheet, for the page that holds everything.

        It must not be set on the application: then each label is styled again whenever its parent
        is added to a layout, which doubles the time for a screen.
        """
        return sheet(self.palette)

    def use(self, name: str) -> None:
        """Apply a `ThemeChoice`; an unknown name counts as the system's theme."""
        known = name in [choice.value for choice in ThemeChoice]
        self.choice = ThemeChoice(name) if known else ThemeChoice.SYSTEM
        self._put(self._wanted())

    def _wanted(self) -> Palette:
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        of_system = DARK if dark else LIGHT
        return {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK}.get(self.choice, of_system)

    def _follow(self, *_: object) -> None:
        if self.choice is ThemeChoice.SYSTEM and self._wanted() is not self.palette:
            self._put(self._wanted())

    def _put(self, palette: Palette) -> None:
        self.palette = palette
        colours = QPalette()
        for role, name in _ROLES:
            colours.setColor(role, QColor(getattr(palette, name)))
        self._app.setPalette(colours)
        self.changed.emit(palette)
