"""A desk that was started without a terminal asks and tells in a window of its own."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea

from acts.errors import SecretRefused
from acts.session import Session
from acts.station.init import make_workstation
from cli.options.folder import asks_for_secret
from cli.options.home import open_here
from cli.options.way import unlock
from domain.words import in_english
from gui.door import AROUND, Door, Opened
from gui.entrance import make_door
from gui.look.theme import Theme
from gui.words import Words
from storage.errors import WrongSecret
from storage.identity import Station
from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.errors import AlreadyOpen
from system.resources import RESOURCES, languages, translation
from system.shipped import shipped_packs
from tests.gui.conftest import printed_by
from tests.light_keys import LIGHT

PASSPHRASE = "heron lantern quay drizzle"
WRONG = (
    "the passphrase does not open this workstation",
    "Try again, or open it with the recovery key that the administrator keeps.",
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder that a passphrase opens, and its recovery key; each test works on a copy."""
    station = Station(name="bench", post="MCN", country="XA", number=1)
    folder = tmp_path_factory.mktemp("first") / "workstation"
    ways = (Passphrase(PASSPHRASE, LIGHT),)
    recovery = make_workstation(folder, station, ways, shipped_packs(), session=Session("admin"))
    return folder, recovery


@pytest.fixture
def made(first: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of that folder, and its recovery key."""
    folder = tmp_path / "workstation"
    shutil.copytree(first[0], folder)
    return folder, first[1]


@pytest.fixture
def home(made: tuple[Path, str]) -> Path:
    """That folder."""
    return made[0]


@pytest.fixture
def door(home: Path, qapp: QApplication) -> Iterator[Door]:
    """The door, asking."""
    made = make_door(home, lambda: unlock(options(home)), None)
    made.show()
    QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    if made.opened is not None:
        made.opened.close()
    made.deleteLater()


def options(home: Path) -> argparse.Namespace:
    return argparse.Namespace(home=home, passphrase_file=None, recovery_key_file=None)


def line_of(door: Door) -> QLineEdit:
    """The one field that is asked for."""
    [line] = [one for one in door.findChildren(QLineEdit) if one.isVisible()]
    return line


def type_in(door: Door, text: str) -> None:
    line = line_of(door)
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    wait(door)


def wait(door: Door) -> None:
    """Until the folder is open or refused."""
    while door.opening:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def press(door: Door, words: str) -> None:
    """Go to the button of these words with Tab and press it with Space."""
    for _ in range(8):
        here = QApplication.focusWidget()
        if isinstance(here, QPushButton) and here.text() == words:
            QTest.keyClick(here, Qt.Key.Key_Space)
            return
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {words!r}")


def says(door: Door, words: str) -> bool:
    return any(words in one.text() for one in door.findChildren(QLabel) if one.isVisible())


def test_a_folder_without_a_key_store_needs_somebody_to_type(home: Path, tmp_path: Path) -> None:
    assert asks_for_secret(options(home))
    named = options(home)
    named.passphrase_file = tmp_path / "passphrase.txt"
    assert not asks_for_secret(named)
    assert not asks_for_secret(options(tmp_path / "nothing here"))


def test_the_passphrase_and_enter_open_the_folder(door: Door) -> None:
    type_in(door, PASSPHRASE)
    assert door.opened is not None
    assert door.opened.station.post == "MCN"
    assert not door.isVisible()


def test_a_wrong_passphrase_is_a_line_and_can_be_put_right(door: Door) -> None:
    type_in(door, "something else entirely")
    assert door.opened is None
    assert says(door, "does not open this workstation")
    type_in(door, PASSPHRASE)
    assert door.opened is not None


def test_the_recovery_key_opens_the_folder_by_a_button_that_the_keyboard_reaches(
    door: Door, made: tuple[Path, str]
) -> None:
    QTest.keyClicks(line_of(door), "something else entirely")
    press(door, "Use the recovery key")
    line = line_of(door)
    assert (line.text(), line.accessibleName()) == ("", "Recovery key")
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    type_in(door, made[1][:-1] + ("A" if made[1][-1] != "A" else "B"))
    assert says(door, "a wrong letter")
    type_in(door, made[1].lower())
    assert door.opened is not None
    assert not door.isVisible()


def test_the_recovery_key_opens_the_folder_where_the_passphrase_is_asked(
    door: Door, made: tuple[Path, str]
) -> None:
    press(door, "Use the recovery key")
    press(door, "Use the passphrase")
    assert line_of(door).echoMode() is QLineEdit.EchoMode.Password
    type_in(door, made[1])
    assert door.opened is not None


def test_a_folder_whose_passphrase_file_is_refused_opens_by_the_recovery_key(
    made: tuple[Path, str], qapp: QApplication, tmp_path: Path
) -> None:
    named = options(made[0])
    named.passphrase_file = tmp_path / "passphrase.txt"
    named.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    named.passphrase_file.chmod(0o644)
    with pytest.raises(SecretRefused, match="chmod 600") as met:
        open_here(named)
    door = make_door(made[0], lambda: unlock(named), met.value)
    door.show()
    QTest.qWaitForWindowActive(door)
    assert says(door, "Other accounts can read or change this file")
    press(door, "Use the recovery key")
    type_in(door, made[1])
    assert door.opened is not None
    door.opened.close()
    door.deleteLater()


LONG = "/srv/" + "posts-of-the-northern-region/" * 9 + "a-folder-whose-name-has-no-space" * 4


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("folder", ["/home/night/workstation", LONG])
def test_the_door_shows_its_whole_message(qapp: QApplication, language: str, folder: str) -> None:
    theme = Theme(qapp, RESOURCES / "fonts")
    refused = WrongSecret(WRONG[0], about=folder, hint=WRONG[1])
    words = Words(language, translation(language))
    door = Door(words, theme, folder, lambda _way, _opened, failed: failed(refused))
    door.ask()
    door.show()
    QTest.qWaitForWindowActive(door)
    before = door.height()
    type_in(door, "something else entirely")
    QApplication.processEvents()
    for one in door.findChildren(QLabel):
        if one.isVisible():
            assert one.height() >= one.heightForWidth(one.width())
            assert one.minimumSizeHint().width() <= one.width()
    assert door.height() > before
    bar = door.findChildren(QScrollArea)[0].verticalScrollBar()
    room = door.screen().availableGeometry().height() - AROUND
    assert bar.maximum() == 0 or door.height() == room
    door.close()
    door.deleteLater()


def test_the_door_is_on_the_screen_before_the_rest_is_imported(home: Path) -> None:
    script = f"""
import sys, cli.desk
from pathlib import Path
from gui.entrance import REST, make_door
door = make_door(Path({str(home)!r}), lambda: None, None)
heavy = (*REST, "gui.build", "system.database", "cryptography", "msgspec", "PIL", "reportlab")
from gui.parts.first_paint import FirstPaint
early = lambda: print("early", [name for name in heavy if name in sys.modules])
FirstPaint(door).painted.connect(early)
door.show()
from PySide6.QtTest import QTest
while "gui.opening" not in sys.modules:
    QTest.qWait(10)
print("painted first")
"""
    assert printed_by(script) == ["early []", "painted first"]


def test_a_door_that_is_closed_while_it_opens_leaves_the_folder_closed(
    home: Path, qapp: QApplication
) -> None:
    under_way: list[Opened] = []
    theme, words = Theme(qapp, RESOURCES / "fonts"), Words("en", in_english)
    door = Door(words, theme, str(home), lambda _way, opened, _failed: under_way.append(opened))
    ended: list[bool] = []
    door.finished.connect(lambda: ended.append(True))
    door.ask()
    door.show()
    QTest.qWaitForWindowActive(door)
    QTest.keyClicks(line_of(door), PASSPHRASE)
    QTest.keyClick(line_of(door), Qt.Key.Key_Return)
    QTest.keyClick(line_of(door), Qt.Key.Key_Escape)
    assert not door.isVisible()
    assert not ended
    opened = open_workstation(home, Passphrase(PASSPHRASE))
    under_way[0](opened)
    assert ended
    assert door.opened is None
    open_workstation(home, Passphrase(PASSPHRASE)).close()
    door.deleteLater()


def test_nothing_typed_is_not_tried(door: Door) -> None:
    type_in(door, "")
    assert says(door, "Type the passphrase of this post.")


def test_what_is_typed_cannot_be_read_over_the_shoulder(door: Door) -> None:
    assert line_of(door).echoMode() is QLineEdit.EchoMode.Password


def test_a_folder_that_is_open_elsewhere_says_so_and_opens_when_the_other_is_closed(
    home: Path, qapp: QApplication, tmp_path: Path
) -> None:
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    file.chmod(0o600)
    named = options(home)
    named.passphrase_file = file
    with open_workstation(home, Passphrase(PASSPHRASE)):
        with pytest.raises(AlreadyOpen) as met:
            open_workstation(home, Passphrase(PASSPHRASE))
        door = make_door(home, lambda: unlock(named), met.value)
        door.show()
        qapp.processEvents()
        assert not any(one.isVisible() for one in door.findChildren(QLineEdit))
        assert says(door, "open")
        door.press_on()
        wait(door)
        assert door.isVisible()
    door.press_on()
    wait(door)
    assert not door.isVisible()
    assert door.opened is not None
    door.opened.close()
    door.deleteLater()


def test_an_error_of_the_database_is_told_in_words_at_the_door(door: Door, home: Path) -> None:
    file = home / "workstation.db"
    page = 4096
    file.write_bytes(file.read_bytes()[:page] + bytes(file.stat().st_size - page))
    type_in(door, PASSPHRASE)
    assert door.opened is None
    assert door.isVisible()
    assert says(door, "restore the folder from a backup")
