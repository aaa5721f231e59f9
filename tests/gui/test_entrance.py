"""A desk that was started without a terminal asks and tells in a window of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from acts.init import make_workstation
from gui.door import Door
from gui.entrance import make_door, needs_passphrase
from storage.errors import AlreadyOpen
from storage.keys import Passphrase
from storage.place import Station
from storage.resources import shipped_packs
from storage.workstation import open_workstation

PASSPHRASE = "heron lantern quay drizzle"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that only a passphrase opens."""
    station = Station(name="bench", post="MCN", country="XA", number=1)
    folder = tmp_path / "workstation"
    make_workstation(folder, station, (Passphrase(PASSPHRASE),), shipped_packs(), officer="admin")
    return folder


@pytest.fixture
def door(home: Path, qapp: QApplication) -> Iterator[Door]:
    """The door, asking."""
    made = make_door(options(home), qapp, None)
    made.show()
    QTest.qWaitForWindowActive(made)
    yield made
    if made.opened is not None:
        made.opened.close()
    made.deleteLater()


def options(home: Path) -> argparse.Namespace:
    return argparse.Namespace(home=home, passphrase_file=None)


def type_in(door: Door, text: str) -> None:
    line = door.findChildren(QLineEdit)[0]
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def says(door: Door, words: str) -> bool:
    return any(words in one.text() for one in door.findChildren(QLabel) if one.isVisible())


def test_a_folder_without_a_key_store_needs_somebody_to_type(home: Path, tmp_path: Path) -> None:
    assert needs_passphrase(options(home))
    named = argparse.Namespace(home=home, passphrase_file=tmp_path / "passphrase.txt")
    assert not needs_passphrase(named)
    assert not needs_passphrase(options(tmp_path / "nothing here"))


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
    named = argparse.Namespace(home=home, passphrase_file=file)
    with open_workstation(home, Passphrase(PASSPHRASE)):
        with pytest.raises(AlreadyOpen) as met:
            open_workstation(home, Passphrase(PASSPHRASE))
        door = make_door(named, qapp, met.value)
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
