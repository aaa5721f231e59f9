"""What an officer does at the desk, from the first key to the paper."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from storage import drafts
from storage.workstation import Workstation
from tests.builders import Place, a_photo
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
GROUNDS = "Declared as cosmetics; forty blisters of capsules, no prescription, no licence."


def begin(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    assert officer.desk.capture.sheet.record is not None


def fill_in(officer: Officer, bag: str = "TW-0001") -> None:
    """A parcel with pregabalin, typed field by field."""
    officer.fill("consignment.postal_item_id", "RR473124829GB")
    officer.fill("route.dispatch_country", "United K")
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.packs", "40")
    officer.fill("goods.0.units_per_pack", "14")
    officer.fill("goods.0.bag_no", bag)
    officer.fill("goods.0.medicine.lot", "B2291")
    officer.fill("goods.0.medicine.expiry", "2025-09")
    officer.go_to("detection.methods")
    officer.press(Qt.Key.Key_1)
    officer.fill("legal.grounds", GROUNDS)
    officer.go_to("legal.legal_basis")
    officer.press(Qt.Key.Key_3)


def add_photos(officer: Officer) -> None:
    for shade, role in enumerate(officer.desk.capture.photos.required()):
        officer.desk.capture.photos.add_bytes(a_photo(shade * 30), f"{role}.jpg", role)
    officer.wait()


def test_an_interception_is_recorded_with_the_keyboard_and_finalised(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    assert officer.reads("registered letter · issued in United Kingdom · check digit right")
    quantity = officer.go_to("goods.0.quantity")
    assert isinstance(quantity, QLineEdit)
    assert quantity.placeholderText() == "= 560 capsules"
    assert officer.reads("added as a reason")
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    number = officer.desk.capture.last_number
    assert number.startswith("XA-MCN")
    assert officer.reads(number)
    assert officer.desk.records.table.rowCount() == 1


def test_all_faults_stand_there_at_once_and_lead_to_their_fields(officer: Officer) -> None:
    begin(officer)
    assert not officer.reads("●  Grounds")
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.desk.capture.last_number == ""
    paths = {fault.path for fault in officer.desk.capture.faults if not fault.warns}
    assert {"legal.grounds", "legal.legal_basis", "goods", "photos"} <= paths
    assert isinstance(officer.go_to("legal.grounds"), QPlainTextEdit)
    assert officer.reads("Write the reasons in your own words.")


def test_nothing_is_said_against_a_number_while_it_is_typed(officer: Officer) -> None:
    begin(officer)
    officer.go_to("consignment.postal_item_id")
    officer.type("RR4731248")
    officer.wait()
    assert not officer.reads("does not have the shape")
    officer.press(Qt.Key.Key_Tab)
    assert officer.reads("does not have the shape")


def test_a_wrong_check_digit_is_loud_and_kept_with_one_key(officer: Officer) -> None:
    begin(officer)
    officer.fill("consignment.postal_item_id", "RR473124828GB")
    assert officer.reads("check digit wrong: 9 would be right")
    officer.go_to("consignment.postal_item_id")
    officer.press(Qt.Key.Key_K, ALT)
    assert officer.reads("kept as seen on the label")
    assert officer.desk.capture.sheet.is_kept("consignment.postal_item_id")


def test_a_bag_used_before_is_named_with_its_seizure(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    begin(officer)
    officer.fill("goods.0.bag_no", "TW-0001")
    officer.wait()
    assert officer.reads(f"Bag TW-0001 was used in {officer.desk.capture.last_number}")


def test_what_was_typed_is_there_again_after_the_desk_was_killed(
    place: Place, qtbot: QtBot, again: Callable[[], Officer]
) -> None:
    ws = place.open()
    first = sit_down(ws, qtbot)
    begin(first)
    first.fill("consignment.postal_item_id", "RR473124829GB")
    first.go_to("legal.grounds")
    first.type("half a sentence")
    first.desk.capture.flush()
    first.wait()
    record = first.desk.capture.sheet.record
    # Killed: nothing of the desk runs on, the folder is only let go.
    first.desk.window.hide()
    ws.close()
    second = again()
    assert second.desk.capture.sheet.record == record
    assert second.desk.capture.sheet.value("legal.grounds") == "half a sentence"
    assert isinstance(second.go_to("legal.grounds"), QPlainTextEdit)
    stand_up(first)


def on_disk(officer: Officer, ws: Workstation) -> object:
    record = officer.desk.capture.sheet.record
    assert record is not None
    return drafts.draft(ws.db, record).document.get("remarks")


def test_saved_is_said_only_after_the_disk_has_it(
    officer: Officer, ws: Workstation, qtbot: QtBot
) -> None:
    begin(officer)
    capture = officer.desk.capture
    with qtbot.waitSignal(capture.saved, check_params_cb=lambda _at: on_disk(officer, ws) == "wet"):
        capture.sheet.put("remarks", "wet")
        capture.leave_field("remarks")


def test_saved_is_not_said_while_a_later_save_is_under_way(
    officer: Officer, ws: Workstation, qtbot: QtBot
) -> None:
    begin(officer)
    capture, bridge, gate = officer.desk.capture, officer.desk.bridge, threading.Event()
    try:
        capture.sheet.put("remarks", "wet")
        capture.flush()
        # Between the two saves the writer stands still.
        bridge.write(gate.wait)
        capture.sheet.put("remarks", "wet and torn")
        capture.flush()
        with qtbot.assertNotEmitted(capture.saved):
            qtbot.waitUntil(lambda: bridge.busy == 2)
        assert officer.reads("Saving")
        assert not officer.reads("Saved")
        assert on_disk(officer, ws) == "wet"
        with qtbot.waitSignal(capture.saved):
            gate.set()
    finally:
        gate.set()
    assert on_disk(officer, ws) == "wet and torn"
    assert officer.reads("Saved 03:12:08")


def test_saved_is_not_said_of_what_was_typed_since_the_save_began(
    officer: Officer, ws: Workstation, qtbot: QtBot
) -> None:
    begin(officer)
    capture, bridge, gate = officer.desk.capture, officer.desk.bridge, threading.Event()
    try:
        bridge.write(gate.wait)
        capture.sheet.put("remarks", "wet")
        capture.flush()
        capture.sheet.put("remarks", "wet and torn")
        seen: list[object] = []
        capture.saved.connect(lambda _at: seen.append(on_disk(officer, ws)))
        with qtbot.waitSignal(capture.saved):
            gate.set()
    finally:
        gate.set()
    assert seen == ["wet and torn"]


def test_photos_dropped_and_pasted_become_tiles_and_the_strip_turns_green(
    officer: Officer, tmp_path: Path
) -> None:
    begin(officer)
    files = [tmp_path / "one.jpg", tmp_path / "two.jpg"]
    for shade, file in enumerate(files):
        file.write_bytes(a_photo(shade))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    QGuiApplication.clipboard().setMimeData(held)
    officer.press(Qt.Key.Key_V, CTRL, Qt.KeyboardModifier.ShiftModifier)
    QGuiApplication.clipboard().clear()
    photos = officer.desk.capture.photos.photos
    assert [photo["file_name"] for photo in photos] == ["one.jpg", "two.jpg"]
    assert photos[0]["role"] == "overview"
    assert officer.reads("1 of 1 required")


def test_a_file_that_is_no_picture_is_a_question_in_the_page(officer: Officer) -> None:
    begin(officer)
    officer.desk.capture.photos.add_bytes(b"no picture at all", "note.txt", None)
    officer.wait()
    assert officer.reads("note.txt: This is not a picture.")
    assert officer.desk.window.findChildren(QMessageBox) == []
    officer.desk.capture.photos.keep(officer.desk.capture.photos.questions[0])
    officer.wait()
    assert officer.desk.capture.photos.photos[0]["readable"] is False


def test_the_language_is_switched_in_the_middle_of_work(officer: Officer) -> None:
    begin(officer)
    officer.fill("consignment.postal_item_id", "RR473124829GB")
    officer.desk.settings.put("language", "fr")
    officer.wait()
    assert officer.reads("lettre recommandée")
    assert officer.reads("Nouvelle interception")
    line = officer.go_to("consignment.postal_item_id")
    assert isinstance(line, QLineEdit)
    assert line.text() == "RR473124829GB"


def test_the_theme_is_switched_in_the_middle_of_work(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    for theme in ("dark", "light", "system"):
        officer.desk.settings.put("theme", theme)
        officer.wait()
        assert officer.desk.capture.sheet.value("goods.0.category") == "MED_PREGAB"
        assert officer.reads("HS 3004.90")


def test_a_drug_brings_the_safety_card_and_every_field_of_the_long_form(officer: Officer) -> None:
    officer.desk.packs.choose("SAMPLE-SYN")
    begin(officer)
    assert not officer.reads("Safety")
    officer.fill("goods.0.category", "ATS_METH")
    assert officer.reads("Safety")
    shown = officer.desk.capture_view.fields()
    assert {"goods.0.drug.form", "goods.0.gross_weight_kg", "detection.field_test.result"} <= set(
        shown
    )
    officer.fill("goods.0.gross_weight_kg", "640 g")
    assert officer.desk.capture.sheet.value("goods.0.gross_weight_kg") == "0.64"


def test_a_receipt_is_issued_from_what_was_just_made_final(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.press(Qt.Key.Key_R, CTRL)
    assert officer.desk.window.here == "receipts"
    officer.desk.receipts.issue()
    officer.wait()
    assert officer.desk.receipts.number
    assert officer.desk.receipts.pages[0].width() > 600


def test_search_finds_while_one_types_and_the_chosen_one_is_read(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.press(Qt.Key.Key_F3)
    officer.desk.records.table.search("pregab")
    officer.wait()
    row = officer.desk.records.table.row(0)
    assert row is not None
    officer.desk.records.choose(row.record)
    officer.wait()
    assert officer.reads(GROUNDS)
    officer.desk.records.table.search("nothing like this")
    officer.wait()
    assert officer.desk.records.table.rowCount() == 0


def test_markup_in_a_field_is_shown_and_never_interpreted(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    officer.desk.capture.sheet.put("remarks", "<b>bold</b><img src=x>")
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    record = officer.desk.capture.last_record
    officer.desk.records.choose(record)
    officer.press(Qt.Key.Key_F3)
    assert officer.reads("<b>bold</b><img src=x>")
