"""The list of interceptions: found, read, approved, returned, cancelled, amended."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from benchmarks.search import fill
from domain.fold import Status
from domain.ids import RecordId
from gui.bridge import READERS
from gui.parts.picture import CaptionedPicture
from gui.records.columns import COLUMNS, GOODS, NUMBER
from gui.records.model import read_chosen
from gui.records.strip import PhotoStrip
from storage import cases
from storage.projections import records
from storage.workstation import Workstation
from tests.builders import a_document, a_final, a_line
from tests.gui.conftest import Officer
from tests.gui.test_journeys import add_photos, fill_in

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def chosen(officer: Officer, ws: Workstation) -> RecordId:
    """One interception, chosen in the list."""
    record = a_final(ws)
    officer.desk.records.table.refresh()
    officer.wait()
    officer.desk.window.go("records")
    officer.desk.records.choose(record)
    officer.wait()
    return record


def table(officer: Officer) -> QTableView:
    return next(t for t in officer.desk.window.findChildren(QTableView) if t.isVisible())


def status(ws: Workstation, record: RecordId) -> Status:
    return cases.read(ws.db, record).status


def test_it_is_approved_with_one_key(officer: Officer, ws: Workstation, chosen: RecordId) -> None:
    officer.press(Qt.Key.Key_A, CTRL, SHIFT)
    assert status(ws, chosen) is Status.APPROVED
    assert officer.reads("approved")


def test_it_is_returned_with_a_comment_asked_for_in_the_page(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    officer.press(Qt.Key.Key_R, CTRL, SHIFT)
    assert officer.reads("What must be corrected in XA-MCN1-2026-00001")
    officer.press(Qt.Key.Key_Return)
    assert officer.reads("Write the reason")
    assert status(ws, chosen) is Status.FINAL
    officer.type("weigh it again")
    officer.press(Qt.Key.Key_Return)
    assert status(ws, chosen) is Status.RETURNED
    assert officer.reads("weigh it again")


def test_a_record_whose_names_are_not_held_is_shown_and_says_so(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    assert not officer.reads("are not stored here")
    ws.db.execute("DROP TRIGGER nominal_is_never_deleted")
    ws.db.execute("DELETE FROM nominal")
    officer.desk.records.choose(chosen)
    officer.wait()
    assert officer.reads("Names and grounds of this record are not stored here.")


def test_esc_leaves_the_question_and_nothing_is_done(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    officer.press(Qt.Key.Key_X, CTRL, SHIFT)
    officer.type("made by mistake")
    officer.press(Qt.Key.Key_Escape)
    assert not officer.reads("marked as cancelled")
    assert status(ws, chosen) is Status.FINAL


def test_it_is_cancelled_with_its_reason_and_then_cannot_be_changed(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    officer.press(Qt.Key.Key_X, CTRL, SHIFT)
    officer.type("made by mistake")
    officer.press(Qt.Key.Key_Return)
    assert status(ws, chosen) is Status.CANCELLED
    assert officer.reads("made by mistake")
    officer.press(Qt.Key.Key_E, CTRL)
    assert officer.desk.window.here == "records"


def test_an_amendment_opens_its_draft_on_the_capture_screen(
    officer: Officer, chosen: RecordId
) -> None:
    officer.press(Qt.Key.Key_E, CTRL)
    assert officer.desk.window.here == "capture"
    assert officer.desk.capture.sheet.record == chosen
    assert officer.desk.capture.amends


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_but_the_goods_is_ever_cut(
    officer: Officer, chosen: RecordId, language: str
) -> None:
    officer.desk.window.resize(1462, 900)
    officer.desk.settings.put("language", language)
    officer.desk.window.go("records")
    officer.wait()
    shown = table(officer)
    for column in range(len(COLUMNS)):
        assert not shown.isColumnHidden(column)
        text = str(shown.model().index(0, column).data())
        if column != GOODS:
            assert shown.fontMetrics().horizontalAdvance(text) + 16 <= shown.columnWidth(column)


def test_what_is_read_stays_marked_while_one_types(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    for _ in range(3):
        a_final(ws)
    officer.desk.records.search("pregab")
    officer.wait()
    place = officer.desk.records.table.index_of(chosen)
    assert place == 3
    assert table(officer).currentIndex().row() == place
    assert officer.desk.records.record == chosen


def test_nothing_found_says_what_to_do_and_esc_brings_all_back(
    officer: Officer, chosen: RecordId
) -> None:
    officer.focus_on("Search")
    officer.type("nothing like it")
    officer.wait()
    assert officer.reads("Nothing found.")
    officer.press(Qt.Key.Key_Escape)
    assert officer.desk.records.table.rowCount() == 1


def test_the_amount_is_said_in_the_plural_of_the_language(
    officer: Officer, chosen: RecordId
) -> None:
    assert "560 capsules" in str(table(officer).model().index(0, GOODS).data())
    officer.desk.settings.put("language", "fr")
    officer.desk.window.go("records")
    officer.wait()
    assert "560 gélules" in str(table(officer).model().index(0, GOODS).data())


def test_the_entry_is_called_what_it_is(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    labels = {one.text() for one in officer.desk.window.findChildren(QLabel) if one.isVisible()}
    assert {"Journal entry", "Its hash", cases.read(ws.db, chosen).current.entry.short} <= labels


def test_the_newest_is_read_when_the_screen_comes_and_none_was_chosen(
    officer: Officer, ws: Workstation
) -> None:
    a_final(ws)
    newest = a_final(ws)

    officer.desk.window.go("records")
    officer.wait()

    assert officer.desk.records.record == newest
    assert officer.reads(records.row(ws.db, newest).number)


def test_two_chinese_characters_typed_in_the_search_find_the_middle_of_a_sentence(
    officer: Officer, ws: Workstation
) -> None:
    a_final(ws)
    record = a_final(ws, a_document(remarks="这是白色药片，没有说明书"))
    officer.press(Qt.Key.Key_F3)
    officer.focus_on("Search")
    committed = QInputMethodEvent()
    committed.setCommitString("药片")
    QApplication.sendEvent(officer.at(), committed)
    officer.wait()
    model = officer.desk.records.table
    assert [model.row(place).record for place in range(model.rowCount())] == [record]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("language", "goods"),
    [
        (
            "en",
            ["Other medicine · herbal wraps · 560 capsules", "Pregabalin · Lyrica · 560 capsules"],
        ),
        (
            "fr",
            ["Autre médicament · herbal wraps · 560 gélules", "Prégabaline · Lyrica · 560 gélules"],
        ),
    ],
)
def test_the_list_names_the_goods_and_then_what_is_written_on_them(
    officer: Officer, ws: Workstation, language: str, goods: list[str]
) -> None:
    a_final(ws, a_document(goods=[a_line(brand="Lyrica")]))
    other = a_line(category="MED_OTHER", category_other="herbal wraps")
    a_final(ws, a_document(goods=[other]))
    officer.desk.settings.put("language", language)
    officer.wait()
    officer.press(Qt.Key.Key_F3)
    officer.desk.records.table.refresh()
    officer.wait()
    model = officer.desk.records.table
    assert [model.data(model.index(place, GOODS)) for place in range(2)] == goods


def test_the_list_of_the_language_before_is_called_no_more(
    officer: Officer, ws: Workstation, chosen: RecordId
) -> None:
    other = a_final(ws)
    officer.desk.settings.put("language", "fr")
    officer.wait()
    officer.press(Qt.Key.Key_F3)
    officer.desk.records.table.refresh()
    officer.wait()
    with officer.bot.captureExceptions() as raised:
        officer.desk.records.choose(other)
        officer.wait()
        officer.desk.records.choose(chosen)
        officer.wait()
    assert raised == []


def test_a_list_of_any_length_has_a_true_scroll_bar_and_keys_lead_anywhere(
    officer: Officer, ws: Workstation
) -> None:
    fill(ws.db, 450)
    officer.desk.records.table.refresh()
    officer.wait()
    officer.desk.window.go("records")
    officer.wait()
    view, model = table(officer), officer.desk.records.table

    def numbers(row: int) -> str:
        return str(model.index(row, NUMBER).data())

    assert model.rowCount() == 450
    bar = view.verticalScrollBar()
    bar.setValue((bar.maximum() + bar.pageStep()) // 2)
    assert abs(view.rowAt(0) - 225) <= bar.pageStep()
    assert numbers(view.rowAt(0)) == f"XA-MCN1-2026-{450 - view.rowAt(0):05}-X"
    view.setFocus()
    officer.press(Qt.Key.Key_End)
    assert view.currentIndex().row() == 449
    assert numbers(449) == "XA-MCN1-2026-00001-X"
    officer.press(Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    officer.press(Qt.Key.Key_PageDown)
    assert view.currentIndex().row() > 5

    officer.desk.records.search("pregabalin")
    officer.wait()
    assert model.rowCount() == 112
    assert numbers(111) == "XA-MCN1-2026-00004-X"
    officer.desk.records.filter(str(Status.RETURNED))
    officer.wait()
    assert model.rowCount() == 4


def test_a_photo_that_is_read_late_is_shown_nowhere_once_another_interception_is_chosen(
    officer: Officer, ws: Workstation
) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.press(Qt.Key.Key_F3)
    record = officer.desk.records.record
    assert record is not None
    with_photos = read_chosen(ws, record)
    others = read_chosen(ws, a_final(ws))
    [strip] = officer.desk.window.findChildren(PhotoStrip)
    go_on = Event()
    for _ in range(READERS):
        officer.desk.bridge.read(lambda: go_on.wait(20), lambda _: None)
    strip.show_chosen(with_photos)
    strip.show_chosen(others)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    go_on.set()
    officer.wait()
    assert len(strip.findChildren(CaptionedPicture)) == len(others.what.photos)


def test_the_photos_of_an_interception_grow_with_their_room(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.press(Qt.Key.Key_F3)
    window = officer.desk.window
    [strip] = window.findChildren(PhotoStrip)
    for width in (1100, 1500):
        window.resize(width, 700)
        officer.wait()
        first, second = (one.geometry() for one in strip.findChildren(CaptionedPicture))
        room = first.united(second)
        assert first.top() == second.top()
        assert strip.contentsRect().width() - room.width() < 48
