"""The desk's window is painted before the program is imported and the folder open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.build import Desk
from gui.door import Door
from gui.entrance import enter, make_door
from gui.first_frame import first_frame
from gui.look.tokens import DARK
from gui.shape import screen_key
from gui.window import Window
from storage import settings
from storage.appearance import FILE, Appearance, read_appearance, write_appearance
from storage.keys import Passphrase
from tests.builders import Place
from tests.gui.conftest import application, printed_by, sit_down, stand_up

SHAPE = (40, 30, 700, 560, 0)


def painted(home: Path, language: str = "en") -> Window:
    """The first frame of a desk that was closed in this language, in the dark."""
    screen = screen_key(QApplication.primaryScreen())
    write_appearance(home, Appearance(language, "dark", screen, SHAPE))
    window = first_frame(home)
    assert window is not None
    return window


def test_the_first_frame_is_painted_before_the_rest_is_imported(tmp_path: Path) -> None:
    script = f"""
import sys, cli.desk
from pathlib import Path
from gui.entrance import REST
from gui.first_frame import first_frame
from gui.shape import screen_key
from gui.application import application
from storage.appearance import Appearance, write_appearance
home = Path({str(tmp_path)!r})
screen = screen_key(application().primaryScreen())
write_appearance(home, Appearance("fr", "dark", screen, {SHAPE}))
assert first_frame(home).isVisible()
heavy = (*REST, "gui.build", "system.database", "cryptography", "msgspec", "PIL", "reportlab")
print("early", [name for name in heavy if name in sys.modules])
"""
    assert printed_by(script) == ["early []"]


def test_the_next_start_opens_in_the_language_colours_and_place_of_the_last(
    place: Place, qtbot: QtBot
) -> None:
    with place.open() as ws:
        settings.write(ws.db, [settings.LANGUAGE.to("fr"), settings.THEME.to("dark")])
        officer = sit_down(ws, qtbot)
        officer.desk.window.showNormal()
        officer.desk.window.resize(730, 570)
        officer.wait()
        stand_up(officer)
    window = first_frame(place.home)
    assert window is not None
    assert [one.text() for one in window.findChildren(QLabel)] == ["Tidewaiter", "Ouverture…"]
    page = window.centralWidget()
    assert page is not None
    assert DARK.bg in page.styleSheet()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    before = window.geometry()
    with place.open() as ws:
        desk = Desk(ws, application(), window=window)
        desk.start(by_itself=False)
        qtbot.waitUntil(lambda: not desk.bridge.busy)
        assert desk.window is window
        assert window.geometry() == before
        assert desk.capture_view.isVisible()
        assert not any(one.text() == "Ouverture…" for one in window.findChildren(QLabel))
        window.close()
    window.deleteLater()


@pytest.mark.parametrize("content", ["", "{", '{"language": "fr"}', '["dark"]', "\x00"])
def test_a_torn_file_only_means_that_the_window_comes_later(
    qapp: QApplication, tmp_path: Path, content: str
) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert read_appearance(tmp_path) is None
    assert first_frame(tmp_path) is None


def test_a_window_whose_screen_is_gone_comes_later(qapp: QApplication, tmp_path: Path) -> None:
    write_appearance(tmp_path, Appearance("en", "light", "the other screen 1024x768", SHAPE))
    assert first_frame(tmp_path) is None


def test_the_door_speaks_the_language_of_the_desk(qapp: QApplication, place: Place) -> None:
    write_appearance(place.home, Appearance("fr", "light", "", ()))
    door = make_door(place.home, lambda: Passphrase(""), None)
    assert "Phrase secrète" in {one.text() for one in door.findChildren(QLabel)}
    door.deleteLater()


def test_the_first_frame_gives_way_to_the_door(qapp: QApplication, place: Place) -> None:
    window, doors = painted(place.home), list[bool]()

    def look() -> None:
        for door in QApplication.topLevelWidgets():
            if isinstance(door, Door) and door.isVisible():
                doors.append(window.isVisible())
                door.close()
                timer.stop()

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    assert enter(place.home, lambda: Passphrase("not the one"), asks=False, window=window) is None
    assert doors == [False]
    window.deleteLater()


def test_a_first_frame_that_is_closed_ends_the_start(qapp: QApplication, place: Place) -> None:
    window = painted(place.home)
    window.close()

    def unlock() -> Passphrase:
        raise AssertionError("the folder is opened all the same")

    assert enter(place.home, unlock, asks=False, window=window) is None
    window.deleteLater()
