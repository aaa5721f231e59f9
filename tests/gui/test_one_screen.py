"""One record, one screen: what is not needed at once is folded, and nothing shown is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.form.folded import FoldedItem
from gui.form.section import SectionCard
from gui.form.section_head import SectionHead
from gui.form.view import FormView
from gui.look.tokens import TARGET
from gui.parts.choice_chip import ChoiceChip
from gui.parts.entry import LineEntry
from gui.parts.footer import Footer
from gui.parts.one_line import OneLineLabel
from gui.parts.photo_tile import PhotoTile
from gui.parts.scroll import FollowingScroll
from gui.parts.text_line import TextLine
from storage.workstation import Workstation
from system.resources import languages
from tests.builders import a_document, a_draft
from tests.gui.conftest import Officer, sit_down, stand_up
from tests.gui.test_journeys import add_photos, begin, fill_in
from tests.walks import pairs

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(officer: Officer) -> set[str]:
    return set(officer.desk.capture_view.fields())


def summaries(officer: Officer) -> str:
    lines = officer.desk.window.findChildren(OneLineLabel)
    return " / ".join(line.toolTip() for line in lines if line.isVisible())


def test_what_is_not_needed_tonight_is_folded_and_its_values_stand_beside_the_title(
    officer: Officer,
) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    folded = {
        "consignment.mode", "consignment.declaration.form", "consignment.declaration.description",
        "goods.0.medicine.inn", "goods.0.medicine.strength", "goods.0.medicine.who_class",
        "goods.0.medicine.manufacturer_on_label", "goods.0.medicine.country_on_label",
        "occasion.seized_at", "occasion.place_text", "persons.involved", "legal.action",
    }  # fmt: skip
    assert shown(officer) & folded == set()
    assert "2026-11-23 03:12 · Place Mail Centre North" in summaries(officer)
    assert "Mail" in summaries(officer)


def test_a_folded_field_is_reached_and_shown_like_any_other(officer: Officer) -> None:
    begin(officer)
    line = officer.go_to("occasion.place_text")
    assert isinstance(line, QLineEdit)
    assert line.text() == "Mail Centre North"
    assert "Place Mail Centre North" not in summaries(officer)


def test_a_folded_field_that_must_be_filled_stays_open_while_it_is_worked_on(
    officer: Officer,
) -> None:
    begin(officer)
    assert "legal.legal_basis" in shown(officer)
    officer.go_to("legal.legal_basis")
    officer.press(Qt.Key.Key_1)
    officer.press(Qt.Key.Key_2)
    assert officer.desk.capture_view.here() == "legal.legal_basis"
    assert officer.desk.capture.sheet.value("legal.legal_basis") == [
        "SAMPLE-CUSTOMS-10",
        "SAMPLE-CUSTOMS-12",
    ]


def test_what_the_last_record_answered_is_folded_in_the_next(officer: Officer) -> None:
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    officer.press(Qt.Key.Key_Return, CTRL)
    assert officer.desk.capture.last_number
    begin(officer)
    assert "legal.legal_basis" not in shown(officer)
    assert "Seizure" in summaries(officer)
    assert "SAMPLE Medicines Act" in summaries(officer)


USUAL = (
    "consignment.postal_item_id", "route.dispatch_country", "route.destination_country",
    "consignment.gross_weight_kg", "goods.0.category", "goods.0.packs", "goods.0.units_per_pack",
    "goods.0.quantity", "goods.0.unit", "goods.0.bag_no", "goods.0.medicine.lot",
    "goods.0.medicine.expiry", "goods.0.description", "goods.0.reasons", "detection.methods",
    "detection.concealment", "legal.grounds", "legal.legal_basis",
)  # fmt: skip
"""The fields of a usual parcel, with the legal basis that the first record of a night asks for."""
MAXIMISED = (1366, 728)
"""A window on a screen of 1366x768, without its title."""


def settle(officer: Officer) -> None:
    """Until the layouts have their last sizes: a height follows from a width, pass by pass."""
    for _ in range(3):
        officer.wait()


def in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def test_the_form_is_as_wide_with_a_scroll_bar_as_without(officer: Officer) -> None:
    """Else a form that is lower when it is narrower makes the bar come and go without end."""
    begin(officer)
    form = officer.desk.window.findChildren(FormView)[0]
    areas = officer.desk.window.findChildren(FollowingScroll)
    area = next(area for area in areas if area.widget() is form)
    widths, needed = set(), set()
    for height in (600, 1000, 2400):
        officer.desk.window.resize(1366, height)
        settle(officer)
        widths.add(form.width())
        bar = area.verticalScrollBar()
        needed.add(bar.isEnabled())
        assert bar.isEnabled() is (bar.maximum() > 0)
    assert len(widths) == 1
    assert needed == {True, False}


@pytest.mark.parametrize("language", [*languages(), "ar"])
def test_a_usual_parcel_is_on_one_screen(officer: Officer, language: str) -> None:
    officer.desk.settings.put("language", language)
    officer.desk.window.resize(*MAXIMISED)
    officer.wait()
    begin(officer)
    fill_in(officer)
    add_photos(officer)
    officer.go_to("consignment.postal_item_id")
    settle(officer)
    view = officer.desk.capture_view
    assert [path for path in USUAL if not in_sight(view.fields()[path])] == []
    assert in_sight(view._side.bar)
    assert in_sight(view._side.before)
    assert all(in_sight(tile) for tile in officer.desk.window.findChildren(PhotoTile))
    assert in_sight(officer.desk.window.findChildren(Footer)[0])


def test_the_long_form_is_about_two_screens(officer: Officer) -> None:
    officer.desk.packs.choose("SAMPLE-SYN")
    officer.desk.window.resize(*MAXIMISED)
    begin(officer)
    officer.fill("goods.0.category", "keta")
    form = officer.desk.window.findChildren(FormView)[0]
    sight = form.visibleRegion().boundingRect().height()
    assert form.height() < 2.25 * sight


def test_chips_take_one_row_until_they_are_worked_on(officer: Officer) -> None:
    officer.desk.window.resize(*MAXIMISED)
    begin(officer)
    officer.go_to("goods.0.bag_no")
    box = officer.desk.capture_view.fields()["detection.methods"]
    low = box.height()
    officer.go_to("detection.methods")
    settle(officer)
    assert box.height() > 2 * low
    officer.press(Qt.Key.Key_6)
    officer.go_to("goods.0.bag_no")
    settle(officer)
    assert box.height() == low
    chips = [chip for chip in box.findChildren(ChoiceChip) if chip.isVisible()]
    assert [chip.toolTip() for chip in chips if chip.isChecked()] == ["X-ray or CT"]
    assert chips[0].text().startswith("1")


def test_a_line_of_goods_that_is_not_worked_on_is_one_line(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.bag_no", "TW-0001")
    officer.press(Qt.Key.Key_L, CTRL)
    assert not any(path.startswith("goods.0.") for path in shown(officer))
    line = next(one for one in officer.desk.window.findChildren(FoldedItem) if one.isVisible())
    assert "Pregabalin" in line.text()
    assert "TW-0001" in line.text()
    line.setFocus()
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.capture_view.here() == "goods.0.category"


def test_a_note_that_a_narrow_field_has_no_room_for_gets_the_width_of_its_row(
    officer: Officer,
) -> None:
    officer.desk.window.resize(*MAXIMISED)
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.packs", "many")
    box = officer.desk.capture_view.fields()["goods.0.packs"]
    said, _ = box.note
    assert said
    note = next(
        one for one in officer.desk.window.findChildren(QLabel)
        if one.isVisible() and one.text() == said
    )  # fmt: skip
    assert note.width() > 2 * box.width()
    assert note.height() < 30


@pytest.mark.parametrize(
    ("size", "language"),
    pairs([(1024, 768), (1280, 800), (1366, 768), (1920, 1080)], ["fr", "en"]),
)
def test_no_label_of_a_field_is_smaller_than_its_words(
    officer: Officer, size: tuple[int, int], language: str
) -> None:
    officer.desk.settings.put("language", language)
    officer.wait()
    officer.desk.window.resize(*size)
    officer.wait()
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.go_to("occasion.latitude")
    cut = [
        label.text()
        for box in officer.desk.capture_view.fields().values()
        for label in box.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.width() < label.sizeHint().width()
    ]
    assert cut == []


def test_a_field_is_as_wide_as_what_it_holds(officer: Officer) -> None:
    officer.desk.window.resize(2560, 1300)
    begin(officer)
    officer.fill("goods.0.category", "preg")
    for path in ("consignment.gross_weight_kg", "goods.0.packs", "goods.0.medicine.expiry"):
        assert officer.go_to(path).width() < 260
    assert officer.go_to("goods.0.category").width() > 400


def test_the_quantity_that_was_worked_out_is_large_and_can_be_typed_over(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "preg")
    officer.fill("goods.0.packs", "40")
    officer.fill("goods.0.units_per_pack", "14")
    line = officer.go_to("goods.0.quantity")
    assert isinstance(line, TextLine)
    assert line.placeholderText() == "= 560 capsules"
    assert line.property("look") == "large"
    assert line.accessibleDescription() == "= 560 capsules"
    officer.type("559")
    officer.press(Qt.Key.Key_Tab)
    assert line.text() == "559"
    assert line.property("look") == ""


def test_a_quantity_that_was_typed_is_not_covered_by_the_one_that_was_worked_out(
    qtbot: QtBot,
) -> None:
    entry = LineEntry(large=True)
    qtbot.addWidget(entry)
    assert entry.work_out("= 560 capsules")
    entry.put("559")
    assert not entry.work_out("= 560 capsules")


def test_a_value_that_does_not_fit_ends_in_dots_and_has_a_tool_tip(officer: Officer) -> None:
    begin(officer)
    line = officer.go_to("route.destination_country")
    assert isinstance(line, TextLine)
    line.setFixedWidth(110)
    whole = line.grab().toImage()
    officer.go_to("goods.0.packs")
    assert line.toolTip() == line.text() == "Sampleland (practice)"
    shortened = line.grab().toImage()
    assert shortened != whole
    plain = QLineEdit(line.text(), line.parentWidget())
    plain.setGeometry(line.geometry())
    plain.setCursorPosition(0)
    plain.show()
    assert plain.grab().toImage() != shortened, "Qt's own line cuts the text"
    short = TextLine()
    short.setParent(line.parentWidget())
    short.setGeometry(line.geometry())
    short.setText("Mail")
    plain.setText("Mail")
    short.show()
    assert plain.grab().toImage() == short.grab().toImage()


def test_a_title_keeps_its_place_when_the_desk_opens_with_a_draft(
    ws: Workstation, qtbot: QtBot
) -> None:
    """The card is filled before it has a width."""
    a_draft(ws, a_document(legal={"action": "seizure"}))
    officer = sit_down(ws, qtbot)
    officer.desk.window.resize(*MAXIMISED)
    settle(officer)
    cards = officer.desk.window.findChildren(SectionCard)
    legal = next(card for card in cards if card.section.block == "legal" and card.isVisible())
    assert legal.findChildren(SectionHead)[0].height() == TARGET
    stand_up(officer)
