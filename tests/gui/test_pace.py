"""The head of the capture screen: how many tonight, and how long on this one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer

from gui.capture.head import CaptureHead
from gui.capture.pace import pace
from gui.words import Words
from system.resources import translation
from tests.gui.conftest import Officer
from tests.gui.test_journeys import add_photos, begin, fill_in

ENGLISH, FRENCH = Words("en", translation("en")), Words("fr", translation("fr"))


@pytest.mark.parametrize(
    ("finals", "seconds", "said"),
    [
        (13, 64, "14th tonight · 1 min 04 s"),
        (0, 0, "1st tonight · 0 s"),
        (1, 59, "2nd tonight · 59 s"),
        (2, 60, "3rd tonight · 1 min 00 s"),
        (10, 1, "11th tonight · 1 s"),
        (20, 7_500, "21st tonight · 2 h 05 min"),
        (111, 1, "112th tonight · 1 s"),
        (3, 200_000, "4th tonight"),
        (3, None, "3 tonight"),
        (1, None, "1 tonight"),
        (0, None, ""),
    ],
)
def test_the_pace_is_a_few_words(finals: int, seconds: int | None, said: str) -> None:
    assert pace(finals, seconds, False, ENGLISH) == said


def test_an_amendment_is_no_new_one() -> None:
    assert pace(13, 64, True, ENGLISH) == "1 min 04 s"


def test_other_languages_have_endings_of_their_own() -> None:
    assert pace(0, 5, False, FRENCH) == "1re cette nuit · 5 s"
    assert pace(20, 5, False, FRENCH) == "21e cette nuit · 5 s"


def clock_of(officer: Officer) -> QTimer:
    head = officer.desk.window.findChild(CaptureHead)
    assert head is not None
    timer = head.findChild(QTimer)
    assert timer is not None
    return timer


def test_the_time_goes_on_once_a_second_only_while_a_record_is_on_the_screen(
    officer: Officer,
) -> None:
    assert not clock_of(officer).isActive()
    begin(officer)
    assert clock_of(officer).isActive()
    assert clock_of(officer).interval() >= 1000
    officer.desk.window.go("outbox")
    assert not clock_of(officer).isActive()
    officer.desk.window.go("capture")
    assert clock_of(officer).isActive()
    officer.desk.capture.leave()
    officer.wait()
    assert not clock_of(officer).isActive()


def test_what_was_made_final_is_counted_for_the_officer_who_did_it(officer: Officer) -> None:
    begin(officer)
    assert officer.reads("1st tonight · ")
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert officer.reads("1 tonight")
    begin(officer)
    assert officer.reads("2nd tonight · ")
    officer.desk.session.sign_in("9901")
    officer.wait()
    assert officer.reads("1st tonight · ")
