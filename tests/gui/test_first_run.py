"""A folder without a workstation becomes one by keys alone: new, joined, practice or restored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from acts.session import Session
from acts.station.init import make_workstation
from domain.pack.model import Post
from domain.words import in_english
from gui.first_run.station import StationStep
from gui.words import Words
from storage import settings
from storage.first_look import holds_workstation
from storage.identity import Station
from storage.keys import USUAL_COST, Passphrase, RecoveryKey
from storage.workstation import open_workstation
from system.resources import languages
from system.shipped import shipped_packs
from tests.gui.newcomer import PASSPHRASE, Newcomer, Sit
from tests.light_keys import LIGHT


def make_new(person: Newcomer) -> None:
    """Say which workstation this is, with its passphrase, up to the recovery key."""
    person.press(Qt.Key.Key_2)
    person.press(Qt.Key.Key_1)  # the chip of the first post
    person.fill("Number", "7")
    person.fill("Badge number", "4417")
    person.fill("Name of this computer", "night bench")
    person.passphrase()
    person.forward()


def test_the_first_way_has_the_focus(sit: Sit) -> None:
    assert sit().at().accessibleName() == "Join with what headquarters gave"


def test_a_new_workstation_by_keys_alone(sit: Sit, tmp_path: Path) -> None:
    person = sit(cost=USUAL_COST)
    make_new(person)
    key = person.key_shown()
    assert len(key) == 63
    person.forward()
    assert not person.key_shown()
    person.gives_back(key)
    person.forward()
    ws = person.window.opened
    assert ws is not None
    assert (ws.station.post, ws.station.country, ws.station.number) == ("MCN", "XA", 7)
    assert (ws.station.name, ws.station.practice) == ("night bench", False)
    assert settings.OFFICER.read(ws.db) == "4417"
    assert not person.window.isVisible()
    ws.close()
    for way in (Passphrase(PASSPHRASE), RecoveryKey(key)):
        open_workstation(tmp_path / "workstation", way).close()


def test_the_recovery_key_is_asked_back_and_a_wrong_letter_is_found(sit: Sit) -> None:
    person = sit()
    make_new(person)
    key = person.key_shown()
    person.forward()
    person.gives_back("-".join(["AAAAAAA"] * 8))
    person.forward()
    assert person.window.opened is None
    assert person.reads("is not what was shown")
    person.push("Show it again")
    assert person.key_shown() == key
    person.forward()
    person.gives_back(key)
    person.forward()
    assert person.window.opened is not None


def test_closing_without_the_key_on_paper_is_warned_of_first(sit: Sit, tmp_path: Path) -> None:
    person = sit()
    make_new(person)
    person.press(Qt.Key.Key_Escape)
    assert person.window.isVisible()
    assert person.reads("nobody has shown that this key is on paper")
    person.press(Qt.Key.Key_Escape)
    assert not person.window.isVisible()
    assert person.window.opened is None
    assert holds_workstation(tmp_path / "workstation")


def test_what_is_missing_is_said_at_its_field_and_nothing_is_made(sit: Sit, tmp_path: Path) -> None:
    person = sit()
    person.press(Qt.Key.Key_2)
    person.forward()
    assert person.texts().count("is missing") == 3
    assert not (tmp_path / "workstation").exists()
    person.press(Qt.Key.Key_1)
    person.fill("Number", "99")
    person.fill("Badge number", "4417")
    person.passphrase()
    person.forward()
    assert not person.key_shown()
    assert person.reads("35")
    assert not (tmp_path / "workstation").exists()


@pytest.mark.parametrize(
    ("first", "again", "says"),
    [
        ("too short", "too short", "shorter than 12 characters"),
        (PASSPHRASE, PASSPHRASE + "x", "the two passphrases differ"),
        (PASSPHRASE, "", "here once more"),
    ],
)
def test_a_passphrase_that_cannot_be_used_is_said_at_its_field(
    sit: Sit, tmp_path: Path, first: str, again: str, says: str
) -> None:
    person = sit()
    person.press(Qt.Key.Key_3)
    person.fill("New passphrase", first)
    person.fill("The passphrase again", again)
    person.forward()
    assert person.reads(says)
    assert not any(tmp_path.iterdir())


def test_the_strength_is_shown_while_the_passphrase_is_typed(sit: Sit) -> None:
    person = sit()
    person.press(Qt.Key.Key_3)
    person.fill("New passphrase", "passwordpassword")
    assert person.reads("weak")
    person.at().selectAll()  # type: ignore[attr-defined]
    person.bot.keyClicks(person.at(), PASSPHRASE)
    assert person.reads("✓ strong")


def test_practice_stands_in_a_folder_of_its_own(sit: Sit, tmp_path: Path) -> None:
    person = sit()
    person.press(Qt.Key.Key_3)
    ws = person.until_it_is_open()
    assert ws.station.practice
    assert ws.home == tmp_path / "workstation-practice"
    assert not (tmp_path / "workstation").exists()
    ws.close()
    person.window.opened = None
    again = sit()
    again.press(Qt.Key.Key_3)
    assert again.window.leads == tmp_path / "workstation-practice"


def test_a_backup_copy_is_put_where_the_workstation_belongs(sit: Sit, tmp_path: Path) -> None:
    station = Station(name="bench", post="MCN", country="XA", number=1)
    copy, home = tmp_path / "stick" / "backup", tmp_path / "workstation"
    ways = (Passphrase(PASSPHRASE, LIGHT),)
    make_workstation(copy, station, ways, shipped_packs(), session=Session("4417"))
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.suffix == ".db"}
    person = sit(home, folder=copy)
    person.press(Qt.Key.Key_4)
    person.forward()
    assert person.window.leads == home
    with open_workstation(home, ways[0]) as ws:
        assert ws.station == station
    assert before == {path: path.read_bytes() for path in before}


def test_a_folder_that_is_no_workstation_is_not_restored(sit: Sit, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    person = sit(folder=other)
    person.press(Qt.Key.Key_4)
    person.forward()
    assert person.reads("This is not the folder of a workstation")
    assert person.window.leads is None
    shutil.rmtree(other)


def test_every_control_of_every_step_has_a_name(sit: Sit) -> None:
    person = sit()
    for way in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        person.press(way)
        kinds = (*person.window.findChildren(QPushButton), *person.window.findChildren(QLineEdit))
        assert [one for one in kinds if one.isVisible() and not one.accessibleName()] == []
        person.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("language", languages())
def test_nothing_of_any_step_is_cut_or_wider_than_a_small_screen(sit: Sit, language: str) -> None:
    person = sit(language=language)
    for way in (None, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        if way is not None:
            person.press(way)
        assert person.window.height() <= 720
        cut = [
            one.text()
            for one in person.window.findChildren(QLabel)
            if one.isVisible()
            if one.height() < one.heightForWidth(one.width())
            or one.width() < one.minimumSizeHint().width()
        ]
        assert cut == []
        buttons = [b for b in person.window.findChildren(QPushButton) if b.isVisible()]
        narrow = [b.text() for b in buttons if b.width() < b.minimumSizeHint().width()]
        assert narrow == []
        if way is not None:
            person.press(Qt.Key.Key_Escape)


def test_the_steps_run_from_the_right_where_the_language_does(sit: Sit) -> None:
    person = sit(language="ar")
    first, close = person.at(), person.window.step.back_button
    assert person.window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert close.mapTo(person.window, close.rect().center()).x() < person.window.width() // 2
    assert first.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_a_wrong_group_of_the_recovery_key_has_the_focus(sit: Sit) -> None:
    person = sit()
    make_new(person)
    key = person.key_shown()
    person.forward()
    person.gives_back(key)
    first, *_ = [one for one in person.window.findChildren(QLineEdit) if one.isVisible()]
    first.setFocus()
    first.setText("")
    person.bot.keyClicks(first, "AAAAAAA")
    person.forward()
    assert person.at() is first


def test_of_many_posts_one_is_chosen_by_its_name_and_stays_in_sight(
    qtbot: QtBot, qapp: QApplication
) -> None:
    posts = [
        Post(code=f"P{number:02}", country="XA", name={"en": f"Harbour {number}"})
        for number in range(40)
    ]
    step = StationStep(posts, Words("en", in_english))
    with qtbot.waitActive(step):
        step.show()
        step.activateWindow()
    step.enter()
    line = qapp.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "harbour 17")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "Harbour 17" in line.text()
    assert step.facts.post == "XA P17"
    line.selectAll()
    qtbot.keyClicks(line, "no such harbour")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert step.lacks()
    texts = [one.text() for one in step.findChildren(QLabel) if one.isVisible()]
    assert any(text.startswith("Nothing like that in this list.") for text in texts)
    step.close()
    step.deleteLater()
