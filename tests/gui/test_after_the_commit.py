"""What was signed is told as signed, whatever fails after it; what is signed is what was shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.parts.message import MessageLine
from storage import cases, drafts, settings
from storage.workstation import Workstation
from system.database import transaction
from tests.builders import a_draft
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier
NO_SETTINGS = (
    "CREATE TRIGGER no_settings BEFORE INSERT ON setting"
    " BEGIN SELECT RAISE(ABORT, 'the disk took no setting'); END"
)
NO_WET_DRAFT = (
    "CREATE TRIGGER no_wet_draft BEFORE {what} ON draft WHEN NEW.document LIKE '%wet%'"
    " BEGIN SELECT RAISE(ABORT, 'the disk took no draft'); END"
)


@pytest.fixture
def writing(ws: Workstation, qtbot: QtBot) -> object:
    """An officer before a draft that only has to be made final."""
    a_draft(ws)
    seated = sit_down(ws, qtbot)
    yield seated
    stand_up(seated)


def test_a_record_is_final_though_the_disk_takes_nothing_more_after_the_commit(
    writing: Officer, ws: Workstation
) -> None:
    with transaction(ws.db):
        ws.db.execute(NO_SETTINGS)
    capture, listed = writing.desk.capture, list[int]()
    assert len(capture.drafts.lines) == 1
    capture.finalised.connect(lambda _number: listed.append(len(capture.drafts.lines)))
    writing.press(Qt.Key.Key_Return, CTRL)
    assert listed == [0]  # the page that says so lists it as a draft no more
    number = writing.desk.capture.last_number
    assert number == "XA-MCN1-2026-00001-3"
    assert writing.reads(number)
    assert writing.desk.capture.sheet.record is None
    assert not writing.reads("mistake")
    assert not writing.reads("there is no draft")
    log = (ws.home / "log" / "faults.log").read_text(encoding="utf-8")
    assert "remember" in log
    assert "B2291" not in log


def test_what_the_desk_remembers_of_a_record_is_kept_whole_or_not_at_all(
    writing: Officer, ws: Workstation
) -> None:
    only_countries_fail = NO_SETTINGS.replace("setting BEGIN", "setting WHEN NEW.name ="
                                              " 'recent.countries' BEGIN")  # fmt: skip
    assert only_countries_fail != NO_SETTINGS
    with transaction(ws.db):
        ws.db.execute(only_countries_fail)
    writing.press(Qt.Key.Key_Return, CTRL)
    assert writing.desk.capture.last_number
    assert not settings.CARRIED.of("SAMPLE-MED", "4417").read(ws.db)
    assert not settings.RECENT.of("reasons").read(ws.db)


def test_what_the_next_record_takes_over_is_there_though_it_is_begun_at_once(
    writing: Officer,
) -> None:
    writing.desk.capture.finalise()
    writing.desk.capture.begin()
    writing.wait()
    assert writing.desk.capture.sheet.value("legal.legal_basis") == ["SAMPLE-MEDICINES-4"]


def test_a_draft_that_could_not_be_saved_is_not_signed_as_it_was_before(
    writing: Officer, ws: Workstation
) -> None:
    record = writing.desk.capture.sheet.record
    assert record is not None
    with transaction(ws.db):
        for what in ("INSERT", "UPDATE"):
            ws.db.execute(NO_WET_DRAFT.format(what=what).replace("no_wet", f"{what}_no_wet"))
    writing.desk.capture.sheet.put("remarks", "wet")
    writing.press(Qt.Key.Key_Return, CTRL)
    assert writing.desk.capture.last_number == ""
    assert writing.desk.capture.sheet.value("remarks") == "wet"
    assert drafts.is_begun(ws.db, record)
    with transaction(ws.db):
        for what in ("INSERT", "UPDATE"):
            ws.db.execute(f"DROP TRIGGER {what}_no_wet_draft")
    writing.press(Qt.Key.Key_Return, CTRL)
    assert writing.desk.capture.last_number
    assert cases.complete(ws.db, record).remarks == "wet"


def test_a_save_that_fails_again_and_again_is_said_once_and_goes_when_it_succeeds(
    writing: Officer, ws: Workstation
) -> None:
    with transaction(ws.db):
        for what in ("INSERT", "UPDATE"):
            ws.db.execute(NO_WET_DRAFT.format(what=what).replace("no_wet", f"{what}_no_wet"))
    for text in ("wet", " and wet", " all over"):
        writing.go_to("remarks")
        writing.type(text)
        writing.press(Qt.Key.Key_Tab)
    lines = writing.desk.window.findChildren(MessageLine)
    assert len([line for line in lines if line.isVisible()]) == 1
    with transaction(ws.db):
        for what in ("INSERT", "UPDATE"):
            ws.db.execute(f"DROP TRIGGER {what}_no_wet_draft")
    writing.desk.capture.flush()
    writing.wait()
    assert writing.desk.capture.saved_at is not None
    lines = writing.desk.window.findChildren(MessageLine)
    assert not [line for line in lines if line.isVisible()]
