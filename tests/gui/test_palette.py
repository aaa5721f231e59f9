"""The palette: each time it is opened it is empty, and its list has the look of the desk."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from gui.look.tokens import DARK, LIGHT
from gui.parts.palette import CommandPalette
from gui.parts.suggestions import EDGE, SuggestionList
from gui.settings.check_card import CheckCard
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_palette_is_empty_each_time_and_leads_there_again(officer: Officer) -> None:
    for words, screen in (("Outbox", "outbox"), ("Receipts", "receipts")):
        officer.press(Qt.Key.Key_K, CTRL)
        line = officer.at()
        assert isinstance(line, QLineEdit)
        assert line.text() == ""
        officer.type(words)
        officer.press(Qt.Key.Key_Return)
        assert officer.desk.window.here == screen


def test_words_left_in_the_palette_are_gone_when_it_opens_again(officer: Officer) -> None:
    officer.press(Qt.Key.Key_K, CTRL)
    officer.type("zzz")
    assert officer.reads("Nothing like that in this list")
    officer.press(Qt.Key.Key_K, CTRL)
    officer.press(Qt.Key.Key_K, CTRL)
    line = officer.at()
    assert isinstance(line, QLineEdit)
    assert line.text() == ""
    assert not officer.reads("Nothing like that in this list")


def test_the_list_of_the_palette_is_as_wide_as_its_line_and_looks_as_elsewhere(
    officer: Officer,
) -> None:
    officer.press(Qt.Key.Key_K, CTRL)
    officer.type("outbox")
    officer.wait()
    window, line = officer.desk.window, officer.at()
    found = next(o for o in window.findChildren(SuggestionList) if o.isVisible())
    corner = QPoint(0, 0)
    assert found.mapTo(window, corner).x() == line.mapTo(window, corner).x()
    assert found.width() == line.width()
    shown = found.grab().toImage()
    ground = shown.pixelColor(shown.width() // 2, EDGE + 4)
    assert ground.name().upper() in (LIGHT.accent_soft, DARK.accent_soft)
    assert window.findChildren(CommandPalette)[0].isVisible()


def test_the_palette_leads_to_each_card_of_the_settings(officer: Officer) -> None:
    officer.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    officer.type("checks")
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.window.here == "settings"
    card = officer.at().parentWidget()
    while card is not None and not isinstance(card, CheckCard):
        card = card.parentWidget()
    assert card is not None
