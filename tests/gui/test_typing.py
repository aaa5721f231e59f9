"""What is typed stands in the line as it was typed, in every entry of the form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from domain.ids import RecordId
from domain.instant import Instant
from domain.words import in_english
from gui.capture.description import form_of
from gui.capture.sections import SECTIONS
from gui.form.chip_order import ChipOrder
from gui.form.entries import kilograms, read_moment, shown_list, shown_moment, split_list
from gui.form.sheet import FormSheet
from gui.form.view import FormView
from gui.parts.choices import ChoicesEntry
from gui.parts.entry import AreaEntry, FieldEntry, LineEntry
from gui.parts.option import Option
from gui.parts.pick import PickEntry
from gui.parts.suggestions import SuggestionList
from gui.words import Words
from tests.builders import a_category, a_checklist, a_document, a_line
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier
OPTIONS = (Option("a", "Capsule"), Option("b", "Blister pack"), Option("kg", "Kilogram"))
ENTRIES: dict[str, Callable[[], FieldEntry]] = {
    "line": LineEntry,
    "weight": lambda: LineEntry(read=kilograms),
    "list of texts": lambda: LineEntry(shown=shown_list, read=split_list),
    "moment": lambda: LineEntry(shown=shown_moment, read=lambda text: read_moment(text, 60)),
    "area": AreaEntry,
    "pick": lambda: PickEntry(OPTIONS),
    "long choices": lambda: ChoicesEntry(OPTIONS, many=True, shown=[]),
    "chips of one": lambda: ChoicesEntry(OPTIONS, many=False, shown=["a"]),
    "chips of several": lambda: ChoicesEntry(OPTIONS, many=True, shown=["a", "b"]),
}
"""One of every kind of entry that takes text."""
FOREIGN = "Qz, 7-W"
"""Found in no list, with a space, a comma and a hyphen."""


def text_of(line: QWidget) -> str:
    """What stands in a line or an area."""
    assert isinstance(line, (QLineEdit, QPlainTextEdit))
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def type_slowly(bot: QtBot, text: str) -> None:
    """Select what stands there and type, with all that follows from each key done before the
    next."""
    holder = QApplication.focusWidget()
    assert holder is not None
    bot.keyClick(holder, Qt.Key.Key_A, CTRL)
    for letter in text:
        bot.keyClicks(holder, letter)
        QApplication.processEvents()


def lines_of(form: FormView) -> list[tuple[str, QWidget]]:
    """Every line and area of the form, with the path of its field."""
    for section in SECTIONS:
        prefix = f"{section.block}.0." if section.repeats else ""
        for ask in section.asks:
            form.reach(prefix + ask.path)
    return [
        (path, line)
        for path, box in form.boxes().items()
        for line in (*box.findChildren(QLineEdit), *box.findChildren(QPlainTextEdit))
    ]


@pytest.mark.parametrize("kind", ENTRIES)
def test_whatever_is_typed_key_by_key_stands_in_the_entry(kind: str, qtbot: QtBot) -> None:
    """Every entry shows its value again after each key, as the form does."""

    @settings(max_examples=15, deadline=None, derandomize=True)
    @given(st.text(st.sampled_from("abckpr0159 .,:-Q"), max_size=9))
    def check(text: str) -> None:
        entry, page = ENTRIES[kind](), QWidget()
        qtbot.addWidget(page)
        QVBoxLayout(page).addWidget(entry)
        page.setFixedSize(600, 300)
        entry.typed.connect(entry.put)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        entry.target().setFocus()
        for letter in (typed := "q" + text):  # a digit or a space would be a key of the chips
            holder = QApplication.focusWidget()
            assert holder is not None
            qtbot.keyClicks(holder, letter)
            QApplication.processEvents()
        shown = QApplication.focusWidget()
        assert shown is not None
        assert text_of(shown) == typed
        page.close()

    check()


def test_a_word_without_a_match_is_answered_in_one_line_with_the_way_out(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("goods.0.category")
    type_slowly(officer.bot, "ketamine")
    assert officer.reads(
        "in this checklist: “Other medicine (name it)” (Down), or the pack “Sample:"
    )
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    assert text_of(line).startswith("Other medicine")
    assert officer.desk.capture.sheet.value("goods.0.category") == "MED_OTHER"
    assert not officer.reads("Nothing like that")


def test_a_word_without_a_match_is_kept_and_its_fault_is_told_when_it_is_left(
    officer: Officer,
) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("route.destination_country")
    type_slowly(officer.bot, "Ruritania")
    assert officer.reads("Nothing like that in this list. Down shows all of it")
    officer.press(Qt.Key.Key_Tab)
    assert text_of(line) == "Ruritania"
    assert officer.desk.capture.sheet.value("route.destination_country") == "Ruritania"
    assert not officer.reads("Nothing like that in this list.")
    assert officer.reads("uritania")


@pytest.mark.parametrize(
    "path", ["goods.0.category", "route.dispatch_country", "detection.methods"]
)
def test_enter_does_not_leave_a_word_without_a_match_behind(officer: Officer, path: str) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    officer.go_to(path)
    officer.type("tramadqx")
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.capture_view.here() == path
    assert text_of(officer.at()) == "tramadqx"
    assert officer.reads("Nothing like that in this")


def test_escape_takes_a_word_without_a_match_back(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("route.destination_country")
    before = text_of(line)
    type_slowly(officer.bot, "Ruritania")
    officer.press(Qt.Key.Key_Escape)
    assert text_of(line) == before
    assert officer.desk.capture.sheet.record is not None


@pytest.fixture(scope="module")
def read_back() -> dict[str, str]:
    """What was read back of each field, by its path: one that was walked is not walked again."""
    return {}


@pytest.mark.parametrize(
    ("pack", "group", "mode"),
    [
        ("SAMPLE-SYN", "drug", "sea_container"),
        ("SAMPLE-MED", "medicine", "express"),
        ("SAMPLE-SYN", "precursor", "air_passenger"),
        ("SAMPLE-SYN", "equipment", "road_freight"),
    ],
)
def test_text_typed_into_any_entry_of_the_form_stands_there_as_it_was_typed(
    pack: str, group: str, mode: str, read_back: dict[str, str], qtbot: QtBot
) -> None:
    checklist = a_checklist(pack)
    category = a_category(checklist, group)
    document = a_document(
        goods=[a_line(category=category)],
        persons={"parties": [{}]},
        consignment={"mode": mode},
    )
    sheet = FormSheet(form_of, checklist)
    sheet.lay(RecordId.make(Instant(0), bytes(10)), document, checklist)
    form = FormView(sheet, checklist, Words("en", in_english), ChipOrder(lambda _name: ()), 60)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    lines = [(path, line) for path, line in lines_of(form) if path not in read_back]
    assert lines
    for path, line in lines:
        line.setFocus()
        type_slowly(qtbot, FOREIGN)
        read_back[path] = text_of(line)
    assert read_back == dict.fromkeys(read_back, FOREIGN)


def test_an_identifier_typed_into_a_list_field_is_kept_as_it_was_typed(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("route.destination_country")
    type_slowly(officer.bot, "To")
    officer.press(Qt.Key.Key_Escape)
    type_slowly(officer.bot, "RR473124829GB")
    assert text_of(line) == "RR473124829GB"
    assert officer.desk.capture.sheet.value("route.destination_country") == "RR473124829GB"


@pytest.mark.parametrize("typed", ["Fran", "FR"])
def test_a_choice_that_was_typed_and_taken_shows_its_words(officer: Officer, typed: str) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("route.destination_country")
    type_slowly(officer.bot, typed)
    officer.press(Qt.Key.Key_Return)
    assert text_of(line) == "France"


@pytest.mark.parametrize("typed", ["Qz", "Fr"])
def test_undo_shows_in_a_list_field_what_stood_there_before(officer: Officer, typed: str) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    line = officer.go_to("route.destination_country")
    before = text_of(line)
    type_slowly(officer.bot, typed)
    officer.press(Qt.Key.Key_Z, CTRL)
    assert text_of(line) == before
    lists = officer.desk.window.findChildren(SuggestionList)
    assert not [one for one in lists if one.isVisible()]
