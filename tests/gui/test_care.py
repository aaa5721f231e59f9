"""Packs, checks and what opens the workstation, in the settings, by keys alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from acts.receipt.issue_receipt import issue_receipt
from acts.session import Session
from domain.ids import PaperHash
from domain.words import in_english
from gui.settings.view import SettingsView
from gui.words import Words
from storage import journal
from storage.errors import WrongSecret
from storage.keys import Passphrase, RecoveryKey, Unlock, open_keys
from storage.projections import records
from storage.workstation import Workstation
from system.resources import RESOURCES, translation
from tests.builders import OFFICER, Place, a_final
from tests.gui.conftest import Officer, sit_down, stand_up
from tests.gui.in_settings import Show, fill, press, says

NEW = "maple drizzle quay lantern heron"


def opens(place: Place, way: Unlock) -> bool:
    """Whether the keys of the folder open so."""
    try:
        open_keys(place.home, way)
    except WrongSecret:
        return False
    return True


@pytest.fixture
def bare(tmp_path: Path, qtbot: QtBot) -> Iterator[Officer]:
    """An officer at a workstation without a pack."""
    with Place(tmp_path / "bare", packs={}).open() as ws:
        seated = sit_down(ws, qtbot)
        yield seated
        stand_up(seated)


def test_without_a_pack_the_empty_page_leads_to_adopting_one(bare: Officer) -> None:
    assert bare.reads("No pack is adopted here")
    assert not bare.reads("main.py")
    bare.focus_on("Adopt a pack …")
    bare.press(Qt.Key.Key_Space)
    assert bare.desk.window.here == "settings"
    assert bare.at().accessibleName() == "Adopt a pack from a file …"


def test_an_adopted_pack_can_be_used_at_once(bare: Officer) -> None:
    desk, file = bare.desk, RESOURCES / "packs" / "SAMPLE-MED" / "pack.json"
    view = SettingsView(
        desk.settings, desk.session, desk.packs, desk.capture.photos, Words("en", in_english),
        file_of=lambda *_: file,
    )  # fmt: skip
    with bare.bot.waitActive(view):
        view.show()
        view.activateWindow()
    press(view, bare, "Adopt a pack from a file …")
    assert "pack.json is adopted." in says(view)
    assert "New with this program: SAMPLE-SYN 2.0.0, SAMPLE-CITES 1.0.0" in says(view)
    press(view, bare, "Adopt what this program brings")
    assert "SAMPLE-EXCISE 1.0.0 is adopted." in says(view)
    assert "New with this program" not in says(view)
    assert any(b.accessibleName().startswith("Pack: ") for b in view.findChildren(QPushButton))
    view.close()
    view.deleteLater()
    bare.wait()
    assert not bare.reads("No pack is adopted here")
    bare.focus_on("New interception")


def test_a_paper_is_judged_on_the_screen(
    officer: Officer, show: Show, ws: Workstation, tmp_path: Path
) -> None:
    record = a_final(ws)
    receipt = issue_receipt(ws, record, Session(OFFICER)).number
    found = records.find_number(ws.db, receipt)
    assert found == record
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(next(iter(ws.papers.get(PaperHash.parse(n)) for n in ws.papers.names())))
    view = show(paper)
    press(view, officer, "Check a paper …")
    assert "Genuine: this is the file that was issued." in says(view)
    assert receipt in says(view)
    other = tmp_path / "letter.pdf"
    other.write_bytes(b"no paper of ours")
    view = show(other)
    press(view, officer, "Check a paper …")
    assert "Cannot be judged." in says(view)


def test_the_folder_is_checked_and_a_fault_is_named(
    officer: Officer, show: Show, ws: Workstation
) -> None:
    a_final(ws)
    view = show()
    press(view, officer, "Check the folder")
    assert "Nothing is wrong." in says(view)
    assert "the journal ends at entry" in says(view)
    assert officer.at().accessibleName() == "Check the folder"
    for paper in (ws.home / "photos").rglob("*"):
        if paper.is_file():
            paper.write_bytes(b"rotten")
    press(view, officer, "Check the folder")
    assert "Somebody has to act." in says(view)


def test_everything_is_examined_in_the_officers_language(officer: Officer, show: Show) -> None:
    view = show(language="fr")
    words = translation("fr")
    press(view, officer, words("Examine everything"))
    text = says(view)
    assert words("not enrolled; everything waits here").capitalize() in text or (
        words("not enrolled; everything waits here") in text
    )
    for english in ("MB free", "read and judged", "the journal ends"):
        assert english not in text, text


def test_a_fault_of_the_folder_is_named_in_the_officers_language(
    officer: Officer, show: Show, ws: Workstation
) -> None:
    number = records.row(ws.db, a_final(ws)).number
    for photo in (ws.home / "photos").rglob("*"):
        if photo.is_file():
            photo.write_bytes(b"rotten")
    view = show(language="fr")
    press(view, officer, translation("fr")("Check the folder"))
    assert f" de {number}\N{NO-BREAK SPACE}: " in says(view)
    assert f" of {number}" not in says(view)


def test_a_check_that_is_stopped_says_so(officer: Officer, show: Show, ws: Workstation) -> None:
    a_final(ws)
    assert journal.last_number(ws.db, ws.device)
    view = show()
    check = next(
        b for b in view.findChildren(QPushButton) if b.accessibleName() == "Check the folder"
    )
    check.setFocus()
    officer.bot.keyClick(check, Qt.Key.Key_Space)
    stop = officer.at()
    assert stop.accessibleName() == "Stop"
    officer.bot.keyClick(stop, Qt.Key.Key_Space)
    officer.wait()
    assert "Stopped; the rest was not checked." in says(view)


def test_the_passphrase_is_changed_by_what_opens_it_now(
    officer: Officer, show: Show, place: Place
) -> None:
    view = show()
    fill(view, officer, "Present passphrase or recovery key", "something else entirely")
    fill(view, officer, "New passphrase", NEW)
    fill(view, officer, "The passphrase again", NEW)
    press(view, officer, "Change the passphrase")
    assert "does not open" in says(view) or "has no passphrase" in says(view)
    line = next(
        one
        for one in view.findChildren(QLineEdit)
        if one.accessibleName() == "Present passphrase or recovery key"
    )
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.selectAll()
    fill(view, officer, "Present passphrase or recovery key", place.recovery)
    press(view, officer, "Change the passphrase")
    assert "The new passphrase opens the workstation" in says(view)
    assert line.text() == ""
    assert opens(place, Passphrase(NEW))


def test_a_new_recovery_key_is_shown_and_asked_back(
    officer: Officer, show: Show, place: Place
) -> None:
    view = show()
    press(view, officer, "Make a new recovery key")
    assert "is missing" in says(view)
    fill(view, officer, "Present passphrase or recovery key", place.recovery)
    press(view, officer, "Make a new recovery key")
    big = [one for one in view.findChildren(QLabel) if one.property("look") == "big"]
    key = "-".join("-".join(one.text().split()) for one in big)
    assert len(key) == 63
    press(view, officer, "I have it")
    for line in view.findChildren(QLineEdit):
        if line.accessibleName().startswith("Group ") and line.isVisible():
            line.setFocus()
            officer.type(key.split("-")[int(line.accessibleName().split()[1]) - 1])
    press(view, officer, "I have it")
    assert "The recovery key is on paper." in says(view)
    assert opens(place, RecoveryKey(key))
    assert not opens(place, RecoveryKey(place.recovery))


def test_what_a_folder_lacks_comes_back_from_a_copy(
    officer: Officer, show: Show, ws: Workstation, place: Place, tmp_path: Path
) -> None:
    issue_receipt(ws, a_final(ws), Session(OFFICER))
    view = show()
    press(view, officer, "Fetch from a copy …")
    assert "is missing" in says(view)
    copy = tmp_path / "copy"
    shutil.copytree(place.home, copy)
    for paper in (place.home / "papers").rglob("*"):
        if paper.is_file():
            paper.unlink()
    view = show(folder=copy)
    fill(view, officer, "Passphrase or recovery key of the copy", place.recovery)
    press(view, officer, "Fetch from a copy …")
    assert "Came back: names of 0 records, 1 paper, 0 photos" in says(view)
    assert "Nothing is missing." in says(view)


def test_photos_cannot_be_fetched_from_no_hub(
    officer: Officer, show: Show, ws: Workstation
) -> None:
    a_final(ws)
    for photo in (ws.home / "photos").rglob("*"):
        if photo.is_file():
            photo.unlink()
    view = show()
    press(view, officer, "Fetch photos from the hub")
    assert "not enrolled" in says(view)


def in_sight(view: SettingsView, words: str) -> bool:
    """Whether these words stand whole in the visible part of the page."""
    shown = next(one for one in view.findChildren(QLabel) if words in one.text())
    return shown.isVisible() and shown.visibleRegion().boundingRect() == shown.rect()


def test_a_result_is_scrolled_into_sight_and_the_focus_is_where_it_was(
    show: Show, officer: Officer, place: Place
) -> None:
    view = show()
    view.resize(1000, 560)
    fill(view, officer, "Present passphrase or recovery key", place.recovery)
    fill(view, officer, "New passphrase", NEW)
    fill(view, officer, "The passphrase again", NEW)
    press(view, officer, "Change the passphrase")
    officer.wait()
    assert in_sight(view, "The new passphrase opens the workstation")
    assert officer.at().accessibleName() == "Change the passphrase"
