"""A desk on a new workstation, for the journeys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from domain.badge import NOBODY
from domain.words import in_english
from gui.build import Desk
from gui.first_run.window import FirstRun
from gui.look.theme import Theme, ThemeChoice
from gui.settings.view import SettingsView
from gui.words import Words
from hub.codes import put_address
from storage import settings
from storage.keys import PassphraseCost
from storage.workstation import Workstation
from system.resources import RESOURCES, translation
from tests.builders import OFFICER, Place
from tests.gui.newcomer import Newcomer, Sit
from tests.gui.test_schedule import HandTimer
from tests.house.source import ROOT
from tests.hub.conftest import Running, run_hub
from tests.hub.test_tls import self_signed
from tests.light_keys import LIGHT, light_passphrases

PATIENCE = 60_000
"""Milliseconds after which a job of the desk counts as hanging."""


def application() -> QApplication:
    """The one application of the process."""
    made = QApplication.instance()
    assert isinstance(made, QApplication)
    return made


def printed_by(script: str) -> list[str]:
    """The lines that a script prints in a new Python, which has imported nothing yet."""
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ended.stdout.splitlines()


@pytest.fixture(autouse=True)
def _light_passphrases() -> Iterator[None]:
    """A new passphrase costs next to nothing, unless a test names its cost."""
    with light_passphrases():
        yield


@dataclass
class Officer:
    """Somebody who sits at the desk: types, presses keys, reads what the screen says."""

    desk: Desk
    bot: QtBot

    def wait(self) -> None:
        """Until everything asked for has been done and shown."""
        QApplication.processEvents()
        while self.desk.bridge.busy:
            with self.bot.waitSignal(self.desk.bridge.idle, timeout=PATIENCE):
                pass
        QApplication.processEvents()
        # What was replaced is gone: its keys would compete with those of what replaced it.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        """Press a key where the focus is."""
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= modifier
        self.bot.keyClick(self.at(), key, modifiers)
        self.wait()

    def type(self, text: str) -> None:
        """Type where the focus is; a letter may move it."""
        for letter in text:
            self.bot.keyClicks(self.at(), letter)

    def at(self) -> QWidget:
        """The control that has the focus."""
        return QApplication.focusWidget() or self.desk.window

    def go_to(self, path: str) -> QWidget:
        """Go to the field at `path`, as pressing its line in the list of faults does."""
        self.desk.capture_view.go_to(path)
        self.wait()
        return self.at()

    def go_to_at_once(self, path: str) -> None:
        """Go to a field without waiting for what is under way."""
        self.desk.capture_view.go_to(path)

    def fill(self, path: str, text: str) -> None:
        """Go to a field, type, and leave it."""
        self.go_to(path)
        self.type(text)
        self.press(Qt.Key.Key_Tab)

    def focus_on(self, name: str) -> None:
        """Go to the control of that name."""
        controls = self.desk.window.findChildren(QWidget)
        next(c for c in controls if c.accessibleName() == name and c.isVisible()).setFocus()

    def reads(self, words: str) -> bool:
        """Whether the screen says these words anywhere."""
        labels = self.desk.window.findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())


def sit_down(ws: Workstation, bot: QtBot, badge: str = OFFICER) -> Officer:
    """An officer at the desk of an open workstation; `badge` where nobody sat there before."""
    if settings.OFFICER.read(ws.db) == NOBODY:
        settings.write(ws.db, [settings.OFFICER.to(badge)])
    desk = Desk(ws, application())
    officer = Officer(desk, bot)
    with bot.waitActive(desk.window):
        desk.start()
        desk.window.activateWindow()
    officer.wait()
    return officer


def stand_up(officer: Officer) -> None:
    """The desk is closed and gone."""
    officer.desk.window.close()
    officer.desk.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def officer(ws: Workstation, qtbot: QtBot) -> Iterator[Officer]:
    """An officer at a new desk."""
    seated = sit_down(ws, qtbot)
    yield seated
    stand_up(seated)


@pytest.fixture
def again(place: Place, qtbot: QtBot) -> Iterator[Callable[[], Officer]]:
    """Opens the same folder once more, as after a crash; call it after closing the first."""
    opened: list[tuple[Workstation, Officer]] = []

    def sit() -> Officer:
        ws = place.open()
        seated = sit_down(ws, qtbot)
        opened.append((ws, seated))
        return seated

    yield sit
    for ws, seated in opened:
        stand_up(seated)
        ws.close()


@pytest.fixture
def timer() -> HandTimer:
    return HandTimer()


@pytest.fixture
def seated(ws: Workstation, qtbot: QtBot, timer: HandTimer) -> Iterator[Officer]:
    """An officer at a desk whose timer the test holds; the desk is not started yet."""
    officer = Officer(Desk(ws, application(), timer=timer, chance=lambda: 0.0), qtbot)
    yield officer
    stand_up(officer)


def enter(officer: Officer, name: str, text: str) -> None:
    lines = officer.desk.window.findChildren(QLineEdit)
    line = next(one for one in lines if one.accessibleName() == name and one.isVisible())
    line.setFocus()
    line.selectAll()
    officer.bot.keyClicks(line, text)


def push(officer: Officer, name: str) -> None:
    buttons = officer.desk.window.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == name and one.isVisible()).click()
    officer.wait()


@pytest.fixture
def sit(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Sit]:
    """Opens the first-run window of a folder that is not there yet."""
    shown: list[FirstRun] = []

    def open_it(
        home: Path = tmp_path / "workstation",
        *,
        file: Path | None = None,
        folder: Path | None = None,
        language: str = "en",
        cost: PassphraseCost = LIGHT,
    ) -> Newcomer:
        theme = Theme(application(), RESOURCES / "fonts")
        theme.use(ThemeChoice.LIGHT)
        say = in_english if language == "en" else translation(language)
        window = FirstRun(
            home,
            Words(language, say),
            theme,
            file_of=lambda _parent, _title: file,
            folder_of=lambda _parent, _title: folder,
            cost=cost,
        )
        shown.append(window)
        return Newcomer(window, qtbot)

    yield open_it
    for window in shown:
        window.close()
        if window.opened is not None:
            window.opened.close()
        window.deleteLater()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Running]:
    """A hub with TLS by an authority that no system knows, and that it names."""
    own = self_signed(tmp_path / "tls")
    (tmp_path / "hub").mkdir()
    with run_hub(tmp_path / "hub", certified=own.certified) as running:
        put_address(running.hub, running.url, own.pem)
        yield running


@pytest.fixture
def show(officer: Officer) -> Iterator[Callable[..., SettingsView]]:
    """Shows the settings by themselves, with the file that the officer would choose."""
    shown: list[SettingsView] = []

    def make(
        file: Path | None = None, language: str = "en", folder: Path | None = None
    ) -> SettingsView:
        desk = officer.desk
        say = in_english if language == "en" else translation(language)
        view = SettingsView(
            desk.settings, desk.session, desk.packs, desk.capture.photos, Words(language, say),
            file_of=lambda _parent, _title: file,
            folder_of=lambda _parent, _title: folder,
        )  # fmt: skip
        shown.append(view)
        view.resize(1000, 700)
        with officer.bot.waitActive(view):
            view.show()
            view.activateWindow()
        return view

    yield make
    for view in shown:
        view.close()
        view.deleteLater()
