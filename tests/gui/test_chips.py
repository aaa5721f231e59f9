"""Chips: what is typed on them is searched, Space chooses nothing, and numbers do not move."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.builders import OFFICER
from tests.gui.conftest import Officer
from tests.gui.test_journeys import add_photos, begin, fill_in

CTRL = Qt.KeyboardModifier.ControlModifier
BASIS, METHODS, STOOD_OUT = "legal.legal_basis", "detection.methods", "detection.indicators"


def value(officer: Officer, path: str) -> object:
    return officer.desk.capture.sheet.value(path)


def words_on(officer: Officer, path: str) -> list[str]:
    """What the chips of a field say, in order."""
    box = officer.desk.capture_view.fields()[path]
    return [chip.toolTip() for chip in box.findChildren(QPushButton) if chip.isCheckable()]


def stands(officer: Officer) -> str:
    """What stands in the line with the focus."""
    line = officer.at()
    assert isinstance(line, QLineEdit)
    return line.text()


def test_text_typed_on_chips_stands_in_their_search_line_and_chooses_nothing(
    officer: Officer,
) -> None:
    begin(officer)
    for path in (METHODS, STOOD_OUT, BASIS, "legal.action"):
        before = value(officer, path)
        officer.go_to(path)
        for letter in "Two blisters, no Licence":
            officer.type(letter)
        officer.wait()
        assert stands(officer) == "Two blisters, no Licence"
        assert officer.desk.capture_view.here() == path
        assert value(officer, path) == before


def test_text_without_a_match_on_chips_keeps_the_focus_and_goes_with_escape(
    officer: Officer,
) -> None:
    begin(officer)
    officer.go_to(STOOD_OUT)
    for letter in "Qz forty":
        officer.type(letter)
    assert officer.reads("Nothing like that in this list.")
    officer.press(Qt.Key.Key_Return)
    assert stands(officer) == "Qz forty"
    officer.press(Qt.Key.Key_Escape)
    assert isinstance(officer.at(), QPushButton)
    assert officer.desk.capture_view.here() == STOOD_OUT
    assert not officer.reads("Nothing like that in this list.")
    assert officer.desk.capture.sheet.record is not None


@pytest.mark.parametrize("by", [Qt.Key.Key_Backspace, Qt.Key.Key_Escape])
def test_digits_choose_chips_again_after_the_search_was_emptied(
    officer: Officer, by: Qt.Key
) -> None:
    begin(officer)
    officer.go_to(METHODS)
    assert value(officer, METHODS) in (None, [])
    officer.type("x")
    officer.press(by)
    officer.press(Qt.Key.Key_1)
    assert len(value(officer, METHODS)) == 1  # type: ignore[arg-type]
    officer.type("x")
    assert stands(officer) == "x"


def test_a_choice_is_found_by_typing_on_the_chips_of_a_short_list(officer: Officer) -> None:
    begin(officer)
    officer.go_to(BASIS)
    officer.type("marks")
    officer.press(Qt.Key.Key_Return)
    assert value(officer, BASIS) == ["SAMPLE-MARKS-21"]


def test_space_chooses_only_a_chip_that_an_arrow_reached(officer: Officer) -> None:
    begin(officer)
    officer.go_to(METHODS)
    officer.press(Qt.Key.Key_Space)
    assert value(officer, METHODS) is None
    officer.press(Qt.Key.Key_Right)
    officer.press(Qt.Key.Key_Space)
    assert value(officer, METHODS) == ["DOCUMENTS"]
    officer.press(Qt.Key.Key_Tab)
    officer.go_to(METHODS)
    officer.press(Qt.Key.Key_Space)
    assert value(officer, METHODS) == ["DOCUMENTS"]


def test_enter_goes_from_the_methods_to_the_grounds_past_what_may_stay_empty(
    officer: Officer,
) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.go_to(METHODS)
    officer.press(Qt.Key.Key_1)
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.capture_view.here() == "legal.grounds"


@pytest.mark.parametrize("found_by_typing", [False, True])
def test_the_number_of_a_chip_stays_the_same_from_one_parcel_to_the_next(
    officer: Officer, found_by_typing: bool
) -> None:
    begin(officer)
    fill_in(officer)
    officer.go_to(METHODS)
    officer.press(Qt.Key.Key_1)
    if found_by_typing:
        officer.type("referr")
        officer.press(Qt.Key.Key_Return)
    else:
        officer.press(Qt.Key.Key_6)
    numbers = words_on(officer, METHODS)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.desk.capture.last_number
    begin(officer)
    assert words_on(officer, METHODS) == numbers


def test_what_was_learnt_in_a_shift_comes_first_in_the_next(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    officer.go_to(METHODS)
    officer.press(Qt.Key.Key_1)
    officer.press(Qt.Key.Key_6)
    chosen = words_on(officer, METHODS)[5]
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.desk.session.sign_in(f"{OFFICER}9")
    officer.wait()
    begin(officer)
    assert words_on(officer, METHODS)[0] == chosen


def test_no_country_is_likely_before_one_was_used(officer: Officer) -> None:
    officer.desk.packs.choose("SAMPLE-SYN")
    begin(officer)
    officer.go_to("route.transit_countries")
    assert words_on(officer, "route.transit_countries") == []
    officer.type("Fran")
    officer.press(Qt.Key.Key_Return)
    assert value(officer, "route.transit_countries") == ["FR"]
