"""A desk that was started without a terminal asks and tells in a window of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from acts.errors import SecretRefused
from acts.session import Session
from acts.station.init import make_workstation
from cli.options.home import asks_for_secret, open_here, unlock
from gui.door import Door
from gui.entrance import make_door
from storage.identity import Station
from storage.keys import Passphrase
from storage.workstation import open_workstation
from system.errors import AlreadyOpen
from system.resources import shipped_packs

PASSPHRASE = "heron lantern quay drizzle"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A folder that a passphrase opens, and its recovery key."""
    station = Station(name="bench", post="MCN", country="XA", number=1)
    folder = tmp_path / "workstation"
    ways = (Passphrase(PASSPHRASE),)
    return folder, make_workstation(
        folder, station, ways, shipped_packs(), session=Session("admin")
    )


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
    if made.opened is not None:
        made.opened.close()
    made.deleteLater()


def options(home: Path) -> argparse.Namespace:
    return argparse.Namespace(home=home, passphrase_file=None, recovery_key_file=None)


def type_in(door: Door, text: str) -> None:
    line = door.findChildren(QLineEdit)[0]
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


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
    line = door.findChildren(QLineEdit)[0]
    press(door, "Use the recovery key")
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
    assert door.findChildren(QLineEdit)[0].echoMode() is QLineEdit.EchoMode.Password
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


def test_nothing_typed_is_not_tried(door: Door) -> None:
    type_in(door, "")
    assert says(door, "Type the passphrase of this post.")


def test_what_is_typed_cannot_be_read_over_the_shoulder(door: Door) -> None:
    assert door.findChildren(QLineEdit)[0].echoMode() is QLineEdit.EchoMode.Password


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
        assert not door.findChildren(QLineEdit)[0].isVisible()
        assert says(door, "open")
        door.press_on()
        assert door.isVisible()
    door.press_on()
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
