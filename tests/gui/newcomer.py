"""Somebody at the first-run window, who uses keys alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.first_run.window import FirstRun
from storage.workstation import Workstation

PASSPHRASE = "heron lantern quay drizzle maple"
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Newcomer:
    """Somebody who starts the program on a computer without a workstation, and uses keys alone."""

    def __init__(self, window: FirstRun, bot: QtBot) -> None:
        self.window, self.bot = window, bot
        with bot.waitActive(window):
            window.show()
            window.activateWindow()

    def wait(self) -> None:
        QApplication.processEvents()
        self.bot.waitUntil(self.is_quiet, timeout=60_000)
        QApplication.processEvents()

    def is_quiet(self) -> bool:
        return not self.window.busy and not self.window.bridge.busy

    def at(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.bot.keyClick(self.at(), key, held)
        self.wait()

    def forward(self) -> None:
        self.press(Qt.Key.Key_Return, CTRL)

    def go_to(self, name: str) -> QWidget:
        """Press Tab until the control of that name has the focus."""
        for _ in range(40):
            if self.at().accessibleName() == name:
                return self.at()
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name!r}")

    def fill(self, name: str, text: str) -> None:
        self.go_to(name)
        self.bot.keyClicks(self.at(), text)

    def push(self, name: str) -> None:
        self.go_to(name)
        self.press(Qt.Key.Key_Space)

    def reads(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def passphrase(self, text: str = PASSPHRASE) -> None:
        self.fill("New passphrase", text)
        self.fill("The passphrase again", text)

    def key_shown(self) -> str:
        big = [one for one in self.window.findChildren(QLabel) if one.property("look") == "big"]
        return "-".join("-".join(one.text().split()) for one in big if one.isVisible())

    def gives_back(self, key: str) -> None:
        """Type the groups that are asked back."""
        lines = [one for one in self.window.findChildren(QLineEdit) if one.isVisible()]
        for line in lines:
            number = int(line.accessibleName().split()[1])
            line.setFocus()
            self.bot.keyClicks(line, key.split("-")[number - 1].lower())

    def until_it_is_open(self) -> Workstation:
        """Make the workstation that was filled in, prove the recovery key, and open it."""
        self.passphrase()
        self.forward()
        key = self.key_shown()
        self.forward()
        self.gives_back(key)
        self.forward()
        assert self.window.opened is not None
        return self.window.opened


Sit = Callable[..., Newcomer]
