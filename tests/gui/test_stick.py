"""The way by stick at the desk: written, read and stopped by keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.build import Desk
from storage.workstation import Workstation
from tests.builders import a_final
from tests.gui.conftest import Officer, application, stand_up
from tests.gui.test_schedule import HandTimer
from tests.stick.conftest import HubPlace

CTRL_SHIFT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def hub(tmp_path: Path) -> HubPlace:
    """The hub's folder; no network leads to it."""
    return HubPlace(tmp_path / "hub")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def offline(ws: Workstation, hub: HubPlace, qtbot: QtBot) -> Iterator[Officer]:
    """An officer at the outbox of an enrolled post without a network, with one record."""
    hub.enrol(ws)
    a_final(ws)
    officer = Officer(Desk(ws, application(), timer=HandTimer(), chance=lambda: 0.0), qtbot)
    officer.desk.start(by_itself=False)
    officer.desk.window.go("outbox")
    officer.wait()
    yield officer
    stand_up(officer)


def choosing(officer: Officer, folder: Path | None) -> None:
    """The next dialog gets this folder typed, or is left with Esc."""
    looking = QTimer(officer.desk.window)
    looking.setInterval(20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            looking.stop()
            answer(officer, dialog, folder)

    looking.timeout.connect(look)
    looking.start()


def answer(officer: Officer, dialog: QWidget, folder: Path | None) -> None:
    if folder is None:
        officer.bot.keyClick(dialog, Qt.Key.Key_Escape)
        return
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    # pasted: while a path is typed, the list of names that fit would take the keys
    line.setText(str(folder))
    officer.bot.keyClick(line, Qt.Key.Key_Return)


def with_folder(officer: Officer, key: Qt.Key, folder: Path | None) -> None:
    with officer.bot.waitActive(officer.desk.window):
        officer.desk.window.activateWindow()
    choosing(officer, folder)
    officer.press(key, *CTRL_SHIFT)


def write(officer: Officer, folder: Path | None) -> None:
    with_folder(officer, Qt.Key.Key_W, folder)


def read(officer: Officer, folder: Path | None) -> None:
    with_folder(officer, Qt.Key.Key_I, folder)


def test_a_record_goes_to_the_hub_and_its_answer_comes_back_on_a_stick(
    offline: Officer, hub: HubPlace, folder: Path
) -> None:
    assert offline.reads("Hub has 0 of 1 record, 0 of 2 photos.")
    write(offline, folder)
    assert offline.reads("2 photos are on the stick and were read back. It can be pulled out.")
    assert offline.reads("Hub has 0 of 1 record, 0 of 2 photos.")
    hub.take(folder)
    assert len(hub.holds()["photo"]) == 2
    read(offline, folder)
    assert offline.reads("The hub's answer for this workstation was on the stick and is taken.")
    assert offline.reads("Hub has 1 of 1 record, 2 of 2 photos.")


def test_what_is_on_a_stick_already_is_not_written_twice(offline: Officer, folder: Path) -> None:
    write(offline, folder)
    before = sorted(folder.rglob("*.age"))
    write(offline, folder)
    assert sorted(folder.rglob("*.age")) == before
    assert offline.reads("Everything that waits is on a stick already")


def test_a_small_stick_says_that_there_is_no_room_and_what_goes_on_with_the_next(
    offline: Officer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        full = type(shutil.disk_usage(folder))(1, 1, 0)
        patch.setattr(shutil, "disk_usage", lambda _: full)
        write(offline, folder)
    assert offline.reads("There is no room left on it. Safe on it: 0 of 1 parts. Go on with the")
    assert not offline.reads("--size")
    assert not offline.reads("It can be pulled out")
    write(offline, folder)
    assert offline.reads("2 photos are on the stick and were read back. It can be pulled out.")


def test_esc_in_the_dialog_writes_nothing(offline: Officer, folder: Path) -> None:
    write(offline, None)
    assert list(folder.iterdir()) == []
    assert not offline.reads("on the stick and were read back")


def test_a_stick_without_anything_for_us_is_one_sentence(offline: Officer, folder: Path) -> None:
    read(offline, folder)
    assert offline.reads("There is nothing on the stick for this workstation")


@pytest.mark.parametrize("name", ["write", "read"])
def test_a_stick_that_was_pulled_out_is_one_sentence(
    offline: Officer, tmp_path: Path, name: str
) -> None:
    getattr(offline.desk.stick, name)(tmp_path / "gone")
    offline.wait()
    assert offline.reads("is the stick plugged in?")
    assert not offline.desk.stick.under_way
