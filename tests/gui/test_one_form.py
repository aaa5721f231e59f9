"""One form shows one record after the other, and long records in few cards."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from acts.interception.begin_draft import begin_draft
from acts.interception.save_draft import save_draft
from acts.session import Session
from gui.capture.safety import SafetyCard
from gui.form.folded import FoldedItem
from gui.form.items import CARDS
from gui.form.section import SectionCard
from gui.form.view import FormView
from storage.workstation import Workstation
from tests.builders import OFFICER, a_document, a_final
from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

CTRL = Qt.KeyboardModifier.ControlModifier
LINES = 12
NO_NUMBER = "Write it like 12.5"


def shown(form: QWidget) -> list[tuple[str, str, bool]]:
    """What a form shows, control by control: words, text, whether it is chosen."""
    held = []
    for widget in form.findChildren(QWidget):
        if not widget.isVisibleTo(form):
            continue
        if isinstance(widget, QLabel):
            held.append(("label", widget.toolTip() or widget.text(), False))
        elif isinstance(widget, QLineEdit):
            held.append(("line", widget.text(), False))
        elif isinstance(widget, QPlainTextEdit):
            held.append(("area", widget.toPlainText(), False))
        elif isinstance(widget, QAbstractButton):
            held.append(("button", widget.toolTip() or widget.text(), widget.isChecked()))
    return sorted(held)


def built_anew(officer: Officer) -> FormView:
    """A form that has shown no record but the present one."""
    capture = officer.desk.capture
    view = officer.desk.capture_view
    used = view.findChildren(FormView)[0]
    checklist = capture.sheet.checklist
    assert checklist is not None
    words = used._words
    safety = SafetyCard(capture.sheet, checklist, words)
    form = FormView(capture.sheet, checklist, words, capture.order, 60, notice=safety)
    safety.follow()
    form.resize(used.size())
    # Laid as on a screen, because which chips have room depends on the width and the style.
    form.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page = officer.desk.window.centralWidget()
    assert page is not None
    form.setStyleSheet(page.styleSheet())
    form.show()
    officer.wait()
    return form


def test_the_next_record_shows_nothing_of_the_one_before(officer: Officer) -> None:
    begin(officer)
    officer.fill("goods.0.category", "no such goods")
    officer.fill("goods.0.bag_no", "TW-0000001")
    officer.fill("consignment.gross_weight_kg", "many")
    officer.fill("legal.grounds", "Found in a parcel.")
    officer.go_to("detection.indicators")
    officer.press(Qt.Key.Key_1)
    more = [b for b in officer.desk.window.findChildren(QAbstractButton) if b.isVisible()]
    next(button for button in more if button.toolTip() == "More fields").click()
    officer.go_to("detection.indicators")
    for letter in "half a w":
        officer.type(letter)
    officer.press(Qt.Key.Key_Return, CTRL)

    begin(officer)

    used = officer.desk.capture_view.findChildren(FormView)[0]
    other = built_anew(officer)
    officer.desk.capture_view._show_faults()
    assert shown(used) == shown(other)


def test_a_word_that_is_typed_when_another_record_is_begun_stays_with_its_own(
    officer: Officer,
) -> None:
    begin(officer)
    first = officer.desk.capture.sheet.record
    assert first is not None
    officer.go_to("goods.0.category")
    officer.type("pregabalin")  # the whole label: it is taken when the field is left
    officer.press(Qt.Key.Key_N, CTRL)
    assert officer.desk.capture.sheet.record != first
    assert officer.desk.capture.sheet.value("goods") is None
    officer.desk.capture.open(first)
    officer.wait()
    assert officer.desk.capture.sheet.value("goods.0.category") == "pregabalin"


@pytest.fixture
def long(officer: Officer, ws: Workstation) -> Officer:
    """An officer before a draft of many lines."""
    checklist = next(c for c in ws.checklists() if c.pack.id == "SAMPLE-MED")
    record = begin_draft(ws, checklist, Session(OFFICER))
    document: dict[str, Any] = a_document()
    line = dict(document["goods"][0])
    goods = [line | {"bag_no": f"TW-{place:07}"} for place in range(LINES)]
    save_draft(ws, record, document | {"goods": goods})
    officer.desk.capture.open(record)
    officer.wait()
    return officer


def lines_of(officer: Officer) -> list[str]:
    folded = officer.desk.window.findChildren(FoldedItem)
    return [line.accessibleName() for line in folded if line.isVisible()]


def cards_of(officer: Officer) -> list[str]:
    cards = officer.desk.window.findChildren(SectionCard)
    return sorted(card.prefix for card in cards if card.isVisible() and card.prefix)


def test_a_long_record_names_its_lines_and_opens_the_one_that_is_pressed(long: Officer) -> None:
    assert len(lines_of(long)) == LINES - 1
    assert cards_of(long) == ["goods.0."]
    seventh = next(name for name in lines_of(long) if " 7 " in name)
    assert "Pregabalin" in seventh
    assert "560 capsules" in seventh
    assert "TW-0000006" in seventh
    long.focus_on(seventh)
    long.press(Qt.Key.Key_Return)
    assert cards_of(long) == ["goods.6."]
    assert long.desk.capture_view.here() == "goods.6.category"
    long.fill("goods.6.bag_no", "X")
    assert long.desk.capture.sheet.value("goods.6.bag_no") == "TW-0000006X"
    assert long.desk.capture.sheet.value("goods.0.bag_no") == "TW-0000000"


def test_a_fault_in_a_line_leads_into_it(long: Officer) -> None:
    long.desk.capture.sheet.put("goods.9.quantity", "many")
    long.press(Qt.Key.Key_Return, CTRL)
    long.go_to("goods.9.quantity")
    assert long.desk.capture_view.here() == "goods.9.quantity"
    assert "goods.9." in cards_of(long)
    assert long.reads(NO_NUMBER)


def test_cards_stay_few_however_many_lines_are_opened_and_added(long: Officer) -> None:
    for index in range(LINES):
        long.go_to(f"goods.{index}.category")
        assert len(cards_of(long)) <= CARDS
    long.press(Qt.Key.Key_L, CTRL)
    assert long.desk.capture_view.here() == f"goods.{LINES}.category"
    assert len(cards_of(long)) == CARDS
    assert len(lines_of(long)) == LINES + 1 - CARDS
    made = long.desk.window.findChildren(SectionCard)
    assert len([card for card in made if card.prefix]) <= 2 * CARDS


def test_what_is_opened_says_its_own_faults(long: Officer) -> None:
    long.desk.capture.sheet.put("goods.0.quantity", "many")
    long.press(Qt.Key.Key_Return, CTRL)
    assert long.reads(NO_NUMBER)
    for index in range(1, CARDS + 2):
        long.go_to(f"goods.{index}.category")
    assert "goods.0." not in cards_of(long)
    card = next(
        card
        for card in long.desk.window.findChildren(SectionCard)
        if card.prefix == f"goods.{CARDS + 1}." and card.isVisible()
    )
    assert not any(NO_NUMBER in label.text() for label in card.findChildren(QLabel))


def test_a_fault_that_is_found_after_a_while_stands_below_its_field(
    officer: Officer, ws: Workstation
) -> None:
    document = a_document()
    a_final(ws, document | {"goods": [document["goods"][0] | {"bag_no": "TW-0000009"}]})
    begin(officer)
    officer.fill("goods.0.bag_no", "TW-0000009")
    box = officer.desk.capture_view.fields()["goods.0.bag_no"]
    assert "was used in" in box.note[0]
    assert officer.reads("was used in")
