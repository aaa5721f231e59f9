"""The list of suggestions below a field: where it stands, and which letters are bold."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage

from gui.look.tokens import DARK, LIGHT
from gui.parts.option import Option
from gui.parts.suggestions import EDGE, ROW_HEIGHT, SuggestionList
from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("path", ["goods.0.category", "route.destination_country"])
def test_suggestions_stand_in_the_card_of_their_field_and_in_sight(
    officer: Officer, path: str
) -> None:
    officer.desk.window.resize(1366, 768)
    begin(officer)
    line = officer.go_to(path)
    officer.press(Qt.Key.Key_A, CTRL)
    officer.type("s")
    officer.wait()
    found = next(o for o in officer.desk.window.findChildren(SuggestionList) if o.isVisible())
    card = line.parentWidget()
    while card is not None and card.property("look") != "card":
        card = card.parentWidget()
    assert card is not None
    assert found.window() is officer.desk.window
    assert found.width() == card.width() - 32
    assert found.mapTo(officer.desk.window, QPoint(0, 0)).x() == (
        card.mapTo(officer.desk.window, QPoint(0, 0)).x() + 16
    )
    assert not found.visibleRegion().isEmpty()
    assert found.visibleRegion().boundingRect() == found.rect()


def test_one_find_is_one_row(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.category")
    officer.type("pregab")
    officer.wait()
    found = next(o for o in officer.desk.window.findChildren(SuggestionList) if o.isVisible())
    assert found.height() == ROW_HEIGHT + 2 * EDGE
    shown = found.grab().toImage()
    ground = shown.pixelColor(shown.width() // 2, EDGE + 4)
    assert ground.name().upper() in (LIGHT.accent_soft, DARK.accent_soft)


def ink(officer: Officer, direction: Qt.LayoutDirection) -> QImage:
    """What the first row of a list of suggestions shows, without the room around it."""
    found = SuggestionList(officer.desk.window)
    found.setLayoutDirection(direction)
    line = officer.at()
    found.show_below(line, [Option("a", "Pregabalin")], "preg")
    found.resize(300, ROW_HEIGHT + 2 * EDGE)
    officer.wait()
    image = found.grab(QRect(EDGE, EDGE, 300 - 2 * EDGE, ROW_HEIGHT)).toImage()
    ground = image.pixelColor(image.width() // 2, 4)
    columns = [
        x for x in range(4, image.width() - 4)
        if any(image.pixelColor(x, y) != ground for y in range(4, image.height() - 4))
    ]  # fmt: skip
    found.deleteLater()
    return image.copy(columns[0], 4, columns[-1] - columns[0] + 1, image.height() - 8)


def test_the_found_letters_are_bold_in_their_place_in_a_mirrored_window(officer: Officer) -> None:
    begin(officer)
    officer.go_to("goods.0.category")
    mirrored = ink(officer, Qt.LayoutDirection.RightToLeft)
    usual = ink(officer, Qt.LayoutDirection.LeftToRight)
    assert mirrored.size() == usual.size()
    half = usual.width() // 2
    dark = [
        sum(
            image.pixelColor(x, y).lightness() < 128
            for x in range(first, first + half)
            for y in range(image.height())
        )
        for image in (usual, mirrored)
        for first in (0, half)
    ]
    assert dark[0] > dark[1]
    assert abs(dark[0] - dark[2]) < 20, "the beginning is the bold half in both"
    assert abs(dark[1] - dark[3]) < 20
