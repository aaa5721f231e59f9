"""The window fits the screen it opens on, and each screen keeps its place and size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from pytestqt.qtbot import QtBot

from gui.shape import FRAME, LEAST, USUAL, opening
from tests.builders import Place
from tests.gui.conftest import Officer, sit_down, stand_up

ROOT = Path(__file__).parents[2]
SCREENS = {
    "1": ("1366x768", "1280x800", "1920x1080", "2560x1440"),
    "1.25": ("1366x768", "1280x800", "1920x1080"),
    "1.5": ("1366x768", "1280x800", "1920x1080"),
    "2": ("1366x768", "1920x1080", "2560x1440"),
}
"""Pixels of the screens, by scale."""


def platform(folder: Path, sizes: tuple[str, ...]) -> str:
    """Qt's platform without a display, with these screens beside each other."""
    screens, left = [], 0
    for number, size in enumerate(sizes):
        width, _, height = size.partition("x")
        screens.append(
            {"name": f"screen {number}", "x": left, "y": 0, "width": int(width),
             "height": int(height), "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        )  # fmt: skip
        left += int(width)
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return f"offscreen:configfile={file}"


@pytest.mark.parametrize("scale", SCREENS)
def test_the_desk_is_in_sight_on_every_screen_at_every_scale(tmp_path: Path, scale: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.gui.on_screens", str(tmp_path)],
        env=os.environ
        | {"QT_QPA_PLATFORM": platform(tmp_path, SCREENS[scale]), "QT_SCALE_FACTOR": scale},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    shown = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(shown) == len(SCREENS[scale])
    for one in shown:
        assert one["fits"], one
        assert not one["hidden"], one
        assert one["photos"], one
        width = int(one["screen"].split()[-1].partition("x")[0])
        assert one["fills"] is (width < 1500), one


@pytest.mark.parametrize(
    ("room", "maximised"), [((1366, 728), True), ((1499, 900), True), ((1500, 900), False)]
)
def test_a_small_screen_is_filled(room: tuple[int, int], maximised: bool) -> None:
    place, most = opening(QRect(0, 0, *room), ())
    assert most is maximised
    assert QRect(0, 0, *room).contains(place)


def test_a_large_screen_has_the_usual_size_in_its_middle() -> None:
    place, _ = opening(QRect(100, 40, 2560, 1400), ())
    assert place.size() == USUAL
    assert abs(place.center().x() - QRect(100, 40, 2560, 1400).center().x()) <= FRAME.width()


def test_the_least_height_fits_a_screen_of_768_at_125_per_cent() -> None:
    assert LEAST.height() <= 768 / 1.25 - 40


@pytest.mark.parametrize(
    "kept", [(5000, 5000, 1200, 700, 0), (-900, -50, 1200, 700, 0), (0, 0, 9000, 9000, 0)]
)
def test_a_kept_place_that_is_off_the_screen_is_moved_onto_it(kept: tuple[int, ...]) -> None:
    room = QRect(0, 0, 1920, 1040)
    place, maximised = opening(room, kept)
    assert room.contains(place)
    assert not maximised


def test_nonsense_in_the_setting_is_as_nothing() -> None:
    room = QRect(0, 0, 1920, 1040)
    assert opening(room, (1, 2)) == opening(room, ())


def test_place_and_size_are_kept_for_the_next_start(
    place: Place, qtbot: QtBot, again: Callable[[], Officer]
) -> None:
    with place.open() as ws:
        first = sit_down(ws, qtbot)
        first.desk.window.showNormal()
        first.desk.window.setGeometry(2, 90, 792, 580)
        first.wait()
        stand_up(first)
    second = again()
    assert second.desk.window.size() == QSize(792, 580)
    assert second.desk.window.pos().y() == 88
    assert not second.desk.window.isMaximized()


def test_a_maximised_window_is_so_again(
    place: Place, qtbot: QtBot, again: Callable[[], Officer]
) -> None:
    with place.open() as ws:
        first = sit_down(ws, qtbot)
        assert first.desk.window.isMaximized()
        stand_up(first)
    assert again().desk.window.isMaximized()
