"""The large view of a photo: at full size, turned, beside another; the evidence is unchanged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from gui.photos.pane import PhotoPane
from tests.builders import a_photo
from tests.gui.conftest import Officer
from tests.gui.test_photos import CTRL, drop, tiles

SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_two(officer: Officer, tmp_path: Path) -> tuple[PhotoPane, PhotoPane]:
    """Two photos of a camera in the record, the first one open."""
    files = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for number, file in enumerate(files):
        file.write_bytes(a_photo(number, size=(3000, 2000)))
    officer.press(Qt.Key.Key_N, CTRL)
    drop(officer, files)
    officer.wait()
    tiles(officer)[0].take_focus()
    officer.press(Qt.Key.Key_Return)
    first, second = officer.desk.window.findChildren(PhotoPane)
    return first, second


def pixels(pane: PhotoPane) -> tuple[int, int]:
    """The size of the picture that is held."""
    image = pane.picture._image
    return (image.width(), image.height()) if image is not None else (0, 0)


def test_the_original_is_looked_at_in_full_and_turned_and_stays_as_it_is(
    officer: Officer, tmp_path: Path
) -> None:
    pane, _ = open_two(officer, tmp_path)
    before = officer.desk.capture.sheet.document
    assert pixels(pane) == (1600, 1067)
    assert pane.picture.percent < 50

    officer.press(Qt.Key.Key_1)
    assert pixels(pane) == (3000, 2000)
    assert pane.picture.percent == 100
    assert officer.reads("Photo 1 of 2 · a.jpg · 100 %")
    officer.press(Qt.Key.Key_R)
    assert pane.picture.turns == 1
    officer.press(Qt.Key.Key_R, SHIFT)
    officer.press(Qt.Key.Key_R, SHIFT)
    assert pane.picture.turns == 3
    officer.press(Qt.Key.Key_0)
    assert pane.picture.factor == 1

    assert officer.desk.capture.sheet.document == before
    officer.press(Qt.Key.Key_Escape)
    assert pixels(pane) == (0, 0), "a large picture is let go"


def test_zooming_in_loads_the_original_where_the_preview_has_too_few_pixels(
    officer: Officer, tmp_path: Path
) -> None:
    pane, _ = open_two(officer, tmp_path)
    for _ in range(5):
        officer.press(Qt.Key.Key_Plus)
    assert pixels(pane) == (3000, 2000)


def test_two_photos_are_compared_side_by_side(officer: Officer, tmp_path: Path) -> None:
    first, second = open_two(officer, tmp_path)
    officer.press(Qt.Key.Key_C)
    assert (first.isVisible(), second.isVisible()) == (True, True)
    assert (first.index, second.index) == (0, 1)
    assert pixels(second) == (1600, 1067)
    officer.press(Qt.Key.Key_Tab)
    assert not second.picture.hasFocus()
    first.picture.setFocus()
    officer.press(Qt.Key.Key_1)
    assert (first.picture.percent, second.picture.percent < 50) == (100, True)
    officer.press(Qt.Key.Key_C)
    assert not second.isVisible()
    assert pixels(second) == (0, 0)


def test_a_large_view_is_still_there_after_another_screen(officer: Officer, tmp_path: Path) -> None:
    pane, _ = open_two(officer, tmp_path)
    officer.press(Qt.Key.Key_F3)
    officer.press(Qt.Key.Key_F2)
    assert pane.isVisible()
    assert pixels(pane) == (1600, 1067)
