"""A scanner is heard wherever the focus is, and its number lands in its own field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.capture.scans import scan_of
from gui.scanning.scanner import GAP, LATE, FastKeys, ScannerKeys
from tests.builders import a_document
from tests.gui.conftest import Officer

ITEM = "RR473124829GB"
PACK = "010952123454321317260900" + "10B2291\x1d21S77"
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Ears:
    """Hears what a catcher takes."""

    def __init__(self, *takes: str) -> None:
        """It takes these texts."""
        self.heard: list[str] = []
        self.begun = self.began = 0
        self.last: FastKeys | None = None
        self._takes = takes
        self.catcher = ScannerKeys(self._begin, self._take)
        self._at = 1000

    def _begin(self) -> None:
        self.begun += 1

    def _take(self, keys: FastKeys) -> bool:
        if keys.text not in self._takes:
            return False
        self.heard.append(keys.text)
        self.last, self.began = keys, self.begun - keys.back
        return True

    def key(self, text: str, gap: int, key: int = 0) -> bool:
        self._at += gap
        return self.catcher.eventFilter(self.catcher, stroke(text, self._at, key))

    def keys(self, text: str, gap: int) -> None:
        for letter in text:
            self.key(letter, gap)

    def enter(self, gap: int) -> bool:
        return self.key("\r", gap, Qt.Key.Key_Return)


def stroke(text: str, at: int, key: int = 0) -> QKeyEvent:
    code = key or (Qt.Key.Key_BracketRight if text == "\x1d" else ord(text.upper()[0]))
    event = QKeyEvent(QEvent.Type.KeyPress, code, CTRL if text == "\x1d" else NONE, text)
    event.setTimestamp(at)
    return event


def scan(officer: Officer, text: str, *, at: int, enter: bool = True) -> None:
    """Send the keys of a scanner to the window, a few milliseconds apart."""
    window = officer.desk.window.windowHandle()
    assert window is not None
    for place, letter in enumerate(text):
        QApplication.sendEvent(window, stroke(letter, at + 4 * place))
    if enter:
        end = stroke("\r", at + 4 * len(text), Qt.Key.Key_Return)
        QApplication.sendEvent(window, end)
    officer.wait()


def begin(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)


def value(officer: Officer, path: str) -> object:
    return officer.desk.capture.sheet.value(path)


def test_keys_a_few_milliseconds_apart_are_a_scan_and_its_enter_goes_nowhere() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 5)
    assert ears.enter(5)
    assert ears.heard == [ITEM]


def test_the_same_keys_from_a_hand_are_none() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 120)
    assert not ears.enter(120)
    assert ears.heard == []


def test_a_hand_that_types_on_before_the_scanner_is_not_part_of_the_scan() -> None:
    ears = Ears(ITEM)
    ears.keys("abc", 150)
    ears.key(ITEM[0], 200)
    ears.keys(ITEM[1:], 5)
    assert ears.enter(5)
    assert ears.heard == [ITEM]
    assert (ears.began, ears.begun) == (4, 4)


@pytest.mark.parametrize("rests", [False, True])
def test_an_enter_that_comes_late_over_a_slow_line_is_the_scanners(rests: bool) -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 25)
    if rests:
        ears.catcher.rest()
    assert ears.enter(GAP + 200)
    assert ears.heard == [ITEM]
    assert not ears.enter(GAP + 200)


@pytest.mark.parametrize("pauses", [(1,), (8,), (13,), (4, 9), (2, 7, 12)])
@pytest.mark.parametrize("text", [ITEM, PACK])
def test_a_remote_desktop_may_make_pauses_in_a_scan(text: str, pauses: tuple[int, ...]) -> None:
    ears = Ears(text)
    ears.keys("4", 120)
    for place, letter in enumerate(text):
        ears.key(letter, 180 if place in (0, *pauses) else 5)
    assert ears.enter(180)
    assert (ears.heard, ears.began) == ([text], 2)
    assert ears.last is not None
    assert (ears.last.entered, ears.last.whole) == (True, False)


def test_a_fast_hand_is_no_scanner() -> None:
    ears = Ears(ITEM)
    for place, letter in enumerate(ITEM):
        ears.key(letter, 45 if place % 2 else 80)
    assert not ears.enter(60)
    assert ears.heard == []


def test_an_enter_long_after_the_scan_is_the_hands_own() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 5)
    ears.catcher.rest()
    assert not ears.enter(LATE + 1)


def test_after_another_key_an_enter_is_the_hands_own() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 5)
    ears.catcher.rest()
    ears.key("a", 200)
    assert not ears.enter(200)


def test_a_scanner_without_enter_is_heard_after_a_rest() -> None:
    ears = Ears(ITEM)
    ears.keys(ITEM, 5)
    ears.catcher.rest()
    assert ears.heard == [ITEM]


def test_a_late_enter_does_not_skip_the_category(officer: Officer) -> None:
    begin(officer)
    item = QApplication.focusWidget()
    scan(officer, ITEM, at=1000, enter=False)
    officer.bot.waitUntil(lambda: QApplication.focusWidget() is not item)
    officer.wait()
    where = QApplication.focusWidget()

    late = stroke("\r", 1000 + 4 * len(ITEM) + 300, Qt.Key.Key_Return)
    QApplication.sendEvent(officer.desk.window.windowHandle(), late)
    officer.wait()

    assert value(officer, "consignment.postal_item_id") == ITEM
    assert QApplication.focusWidget() is where


def test_what_nobody_takes_keeps_its_enter() -> None:
    ears = Ears()
    ears.keys("NOTHING KNOWN", 5)
    assert not ears.enter(5)


def test_the_separator_inside_a_code_survives() -> None:
    ears = Ears(PACK)
    ears.keys(PACK, 5)
    assert ears.enter(5)
    assert ears.heard == [PACK]


def test_garbage_without_end_is_not_even_offered() -> None:
    ears = Ears("x" * 5000)
    ears.keys("x" * 5000, 1)
    assert not ears.enter(1)
    assert ears.heard == []


@pytest.mark.parametrize(
    ("text", "path", "held"),
    [
        (ITEM, "consignment.postal_item_id", ITEM),
        ("CSQU3054383", "consignment.container_no", "CSQU3054383"),
        ("020-12345675", "consignment.awb_no", "02012345675"),
        ("IMO 9074729", "conveyance.imo_no", "9074729"),
        ("50-00-0", "goods.0.drug.cas_no", "50-00-0"),
        ("9521234543213", "goods.0.medicine.gtin", "9521234543213"),
    ],
)
def test_an_identifier_is_known_by_its_content(text: str, path: str, held: str) -> None:
    found = scan_of(text, {}, "goods.0.category")
    assert found is not None
    assert found.main == path
    assert dict(found.values)[path] == held


def test_bare_digits_stay_where_any_text_may_stand() -> None:
    assert scan_of("02012345675", {}, "goods.0.medicine.lot") is None


def test_a_bag_is_known_by_the_shape_of_those_used_before() -> None:
    found = scan_of("TW-0093311", a_document(), "goods.0.category", ["TW-0000001"])
    assert found is not None
    assert found.main == "goods.0.bag_no"
    assert scan_of("XX-0093311", a_document(), "goods.0.medicine.lot", ["TW-0000001"]) is None


def test_a_label_scanned_into_any_field_goes_to_its_own(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.description")
    officer.type("loose ")
    scan(officer, ITEM, at=5000)
    assert value(officer, "consignment.postal_item_id") == ITEM
    assert value(officer, "goods.0.description") == "loose "
    assert value(officer, "route.dispatch_country") == "GB"
    assert officer.desk.capture.sheet.record is not None
    assert officer.desk.capture.last_number == ""


def test_a_scan_into_a_list_or_a_row_of_chips_leaves_them_as_they_were(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    for path in ("goods.0.category", "detection.methods", "legal.grounds"):
        before = value(officer, path)
        officer.go_to(path)
        scan(officer, ITEM, at=5000)
        assert value(officer, path) == before
        assert value(officer, "consignment.postal_item_id") == ITEM


def test_a_pack_code_fills_lot_and_expiry_and_proposes_expired(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.go_to("goods.0.packs")
    scan(officer, PACK, at=9000)
    assert value(officer, "goods.0.medicine.lot") == "B2291"
    assert value(officer, "goods.0.medicine.serial") == "S77"
    assert value(officer, "goods.0.medicine.expiry") == "2026-09-30"
    assert value(officer, "goods.0.packs") is None
    assert value(officer, "goods.0.reasons") == ["EXPIRED"]


@pytest.mark.parametrize("typed", ["2026-09", "09/2026", "2026-09-30"])
def test_a_month_that_was_typed_and_the_same_one_in_a_code_are_no_conflict(
    officer: Officer, typed: str
) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.medicine.expiry", typed)
    scan(officer, PACK, at=9000)
    assert not officer.reads("already has another value")
    assert value(officer, "goods.0.medicine.lot") == "B2291"
    assert value(officer, "goods.0.medicine.expiry") == "2026-09-30"


def test_another_month_in_a_code_is_a_conflict(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.medicine.expiry", "2026-08")
    scan(officer, PACK, at=9000)
    assert officer.reads("already has another value")
    assert value(officer, "goods.0.medicine.expiry") == "2026-08"


def test_a_scan_on_the_empty_screen_opens_a_new_record_with_it(officer: Officer) -> None:
    assert officer.desk.capture.sheet.record is None
    scan(officer, ITEM, at=5000)
    assert value(officer, "consignment.postal_item_id") == ITEM
    assert value(officer, "consignment.mode") == "mail"
    assert officer.desk.capture_view.here() == "goods.0.category"


def test_another_label_never_overwrites_the_first_unasked(officer: Officer) -> None:
    begin(officer)
    scan(officer, ITEM, at=5000)
    scan(officer, "CP165931839CN", at=9000)
    assert value(officer, "consignment.postal_item_id") == ITEM
    assert officer.reads("CP165931839CN was scanned, but the field already has another value.")


def test_garbage_at_full_speed_stays_text_and_submits_nothing(officer: Officer) -> None:
    begin(officer)
    record = officer.desk.capture.sheet.record
    line = officer.go_to("goods.0.description")
    scan(officer, "~!@#$%^&*()_+|}{" * 40, at=5000)
    assert isinstance(line, QLineEdit)
    assert line.text().startswith("~!@#")
    assert officer.desk.capture.sheet.record == record
