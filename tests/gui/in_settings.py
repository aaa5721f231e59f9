"""The settings by themselves, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from gui.settings.view import SettingsView
from tests.gui.conftest import Officer

Show = Callable[..., SettingsView]
"""Shows the settings, with the file or folder that the officer would choose, in a language."""


def press(view: SettingsView, officer: Officer, name: str) -> None:
    """Press the button with Space, where the focus is."""
    found = [b for b in view.findChildren(QPushButton) if b.accessibleName() == name]
    found[-1].setFocus()
    officer.press(Qt.Key.Key_Space)


def fill(view: SettingsView, officer: Officer, name: str, text: str) -> None:
    found = [one for one in view.findChildren(QLineEdit) if one.accessibleName() == name]
    found[0].setFocus()
    officer.type(text)


def says(view: SettingsView) -> str:
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())
