"""A scan whose keys came unevenly is recognised by its content when the field is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.capture.scans import identifying, misplaced_scan, scan_of
from tests.builders import a_document
from tests.gui.conftest import Officer, push
from tests.gui.test_journeys import add_photos, fill_in
from tests.gui.test_scanner import CTRL, ITEM, NONE, Ears, begin, scan, stroke, value
from tests.walks import pairs

ITEM_PATH, LOT = "consignment.postal_item_id", "goods.0.medicine.lot"
PACK = "01095212345432131726093010B2291"


def type_unevenly(officer: Officer, text: str) -> None:
    """The keys of a scanner as a remote desktop passes them on: slowly, wherever the focus is."""
    for letter in text:
        officer.type(letter)
    officer.wait()


def in_line(officer: Officer, path: str) -> str:
    line = officer.desk.capture_view.fields()[path].entry.target()
    assert isinstance(line, QLineEdit)
    return line.text()


@pytest.mark.parametrize(
    ("path", "end"),
    pairs(
        ["goods.0.description", "goods.0.category", "goods.0.packs"],
        [Qt.Key.Key_Return, Qt.Key.Key_Tab],
    ),
)
def test_a_label_left_in_a_field_that_is_not_its_own_goes_to_its_own(
    officer: Officer, path: str, end: Qt.Key
) -> None:
    begin(officer)
    officer.go_to(path)
    type_unevenly(officer, ITEM)
    officer.press(end)
    assert value(officer, ITEM_PATH) == ITEM
    assert value(officer, path) is None
    assert in_line(officer, path) == ""
    assert officer.reads(f"{ITEM} went to its own field. Ctrl+Z takes that back.")


def test_one_key_takes_a_moved_scan_back_and_it_stays_there(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.description")
    type_unevenly(officer, ITEM)
    officer.press(Qt.Key.Key_Tab)
    officer.press(Qt.Key.Key_Z, CTRL)
    assert value(officer, "goods.0.description") == ITEM
    assert value(officer, ITEM_PATH) is None
    assert value(officer, "route.dispatch_country") is None
    officer.go_to("goods.0.description")
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, "goods.0.description") == ITEM


def test_what_stood_in_the_field_before_the_scan_stays_there(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.description", "white round")
    officer.go_to("goods.0.description")
    officer.press(Qt.Key.Key_End)
    type_unevenly(officer, ITEM)
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, "goods.0.description") == "white round"
    assert value(officer, ITEM_PATH) == ITEM


def test_a_pack_code_left_in_the_field_of_the_lot_is_read(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.go_to(LOT)
    type_unevenly(officer, PACK)
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, LOT) == "B2291"
    assert value(officer, "goods.0.medicine.expiry") == "2026-09-30"
    assert value(officer, "goods.0.medicine.gtin") == "09521234543213"


def test_a_label_typed_on_chips_goes_to_its_own_field(officer: Officer) -> None:
    begin(officer)
    officer.go_to("detection.methods")
    type_unevenly(officer, ITEM)
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, ITEM_PATH) == ITEM
    assert value(officer, "detection.methods") is None
    assert officer.desk.capture_view.fields()["detection.methods"].entry.unfinished() == ""


def test_a_moved_scan_never_overwrites_another_value_unasked(officer: Officer) -> None:
    begin(officer)
    officer.fill(ITEM_PATH, ITEM)
    officer.go_to("goods.0.description")
    type_unevenly(officer, "CP165931839CN")
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, ITEM_PATH) == ITEM
    assert value(officer, "goods.0.description") is None
    push(officer, "Replace the value")
    assert value(officer, ITEM_PATH) == "CP165931839CN"


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("RR473124828GB", "goods.0.description"),  # the check digit is wrong
        (ITEM, ITEM_PATH),
        (ITEM[:9], ITEM_PATH),  # half typed, it looks like a bag
        ("see also " + ITEM, "remarks"),
        ("9521234543213", "goods.0.packs"),  # digits alone
        ("TW-0001234", "goods.0.marks"),
        ("TW-0001234", "goods.0.bag_no"),
        ("B2291", "goods.0.quantity"),
    ],
)
def test_what_may_stand_where_it_stands_is_left_there(text: str, here: str) -> None:
    assert misplaced_scan(text, a_document(), here) is None


def test_a_bag_of_a_new_series_is_known_as_one() -> None:
    for here in (
        "",
        "goods.0.category",
        "goods.0.packs",
        "legal.grounds",
        "goods.0.medicine.expiry",
    ):
        found = scan_of("XK 0000001", {}, here)
        assert found is not None
        assert found.values == (("goods.0.bag_no", "XK 0000001"),)
    assert scan_of("XK 0000001", {}, "goods.0.medicine.serial") is None
    assert identifying("XK 0000001") is None


def test_the_first_bag_of_a_new_series_goes_to_its_field(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.category")
    scan(officer, "XK0000001", at=5000)
    assert value(officer, "goods.0.bag_no") == "XK0000001"
    assert value(officer, "goods.0.category") is None
    officer.go_to("goods.0.packs")
    officer.press(Qt.Key.Key_Z, CTRL)
    assert value(officer, "goods.0.bag_no") is None


def test_a_doubled_digit_that_looks_like_a_held_key_is_part_of_the_scan() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM[:5], 5)
    held = stroke(ITEM[5], 1027)
    again = QKeyEvent(QEvent.Type.KeyPress, held.key(), NONE, ITEM[5], True, 1)
    again.setTimestamp(1027)
    ears.catcher.eventFilter(ears.catcher, again)
    ears._at = 1027
    ears.keys(ITEM[6:], 5)
    assert ears.enter(5)
    assert ears.heard == [ITEM]


def test_a_label_scanned_while_nothing_is_missing_finishes_the_record_and_begins_the_next(
    officer: Officer,
) -> None:
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    first = officer.desk.capture.sheet.record
    scan(officer, "CP165931839CN", at=9000)
    assert officer.reads("was scanned, and nothing is missing in the open record.")
    push(officer, "Finalise, then begin with it")
    officer.wait()
    assert officer.desk.capture.last_record == first
    assert officer.desk.capture.sheet.record not in (None, first)
    assert value(officer, ITEM_PATH) == "CP165931839CN"


@pytest.mark.parametrize(
    ("path", "pause"),
    pairs([LOT, "goods.0.packs", "goods.0.reasons", "legal.grounds"], [1, 8, 12]),
)
def test_a_scan_with_a_pause_leaves_the_field_as_it_was(
    officer: Officer, path: str, pause: int
) -> None:
    """After eight letters a label looks like the number of a bag."""
    begin(officer)
    fill_in(officer)
    officer.fill(LOT, "B123")
    officer.go_to(path)
    before = officer.desk.capture.sheet.document
    window = officer.desk.window.windowHandle()
    assert window is not None
    for place, letter in enumerate("CP165931839CN"):
        at = 9000 + 4 * place + (180 if place >= pause else 0)
        QApplication.sendEvent(window, stroke(letter, at))
    QApplication.sendEvent(window, stroke("\r", 9400, Qt.Key.Key_Return))
    officer.wait()
    assert officer.reads("CP165931839CN was scanned, but the field already has another value")
    assert officer.desk.capture.sheet.document == before


def test_a_bag_without_its_first_letter_is_not_taken_for_one(officer: Officer) -> None:
    """So many pauses that only the end of it came as from a scanner."""
    begin(officer)
    officer.go_to("goods.0.category")
    window = officer.desk.window.windowHandle()
    assert window is not None
    bag, pauses = "AB-12345678", 4
    for place, letter in enumerate(bag):
        at = 9000 + 4 * place + 90 * min(place, pauses)
        QApplication.sendEvent(window, stroke(letter, at))
    QApplication.sendEvent(window, stroke("\r", 9450, Qt.Key.Key_Return))
    officer.wait()
    assert value(officer, "goods.0.bag_no") in (None, bag)


def test_a_label_scanned_while_something_is_missing_does_not_offer_to_finish(
    officer: Officer,
) -> None:
    begin(officer)
    officer.fill(ITEM_PATH, ITEM)
    scan(officer, "CP165931839CN", at=9000)
    assert officer.reads("but the field already has another value")
    assert not officer.reads("nothing is missing in the open record")


def test_a_label_behind_the_category_goes_to_its_own_field(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    before = value(officer, "goods.0.category")
    assert before
    officer.go_to("goods.0.category")
    officer.press(Qt.Key.Key_End)
    type_unevenly(officer, ITEM)
    officer.press(Qt.Key.Key_Tab)
    assert value(officer, ITEM_PATH) == ITEM
    assert value(officer, "goods.0.category") == before
    assert in_line(officer, "goods.0.category") == "Pregabalin"


def test_a_question_about_a_scan_goes_when_its_field_has_that_value(officer: Officer) -> None:
    begin(officer)
    officer.fill(ITEM_PATH, "RR473124828GB")  # the check digit is wrong
    officer.go_to("remarks")
    scan(officer, ITEM, at=1_000)
    assert officer.reads("the field already has another value")
    officer.go_to(ITEM_PATH)
    officer.press(Qt.Key.Key_A, CTRL)
    officer.press(Qt.Key.Key_Backspace)
    scan(officer, ITEM, at=9_000)
    assert value(officer, ITEM_PATH) == ITEM
    assert not officer.reads("the field already has another value")


def test_after_undo_nothing_speaks_of_the_scan_any_more(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.description")
    type_unevenly(officer, ITEM)
    officer.press(Qt.Key.Key_Tab)
    assert officer.reads("Scanned: Postal item number")
    officer.press(Qt.Key.Key_Z, CTRL)
    assert not officer.reads("Scanned: Postal item number")
    assert not officer.reads("went to its own field")


@pytest.mark.parametrize("bag", ["SB001-000099", "KX12 0004711"])
def test_a_bag_with_a_series_is_known_before_one_was_used(officer: Officer, bag: str) -> None:
    begin(officer)
    officer.go_to("consignment.gross_weight_kg")
    scan(officer, bag, at=1_000)
    assert value(officer, "goods.0.bag_no") == bag
