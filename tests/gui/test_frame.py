"""The frame: every action can be found, the keys can be printed, a narrow window is still whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from gui.action import Action
from gui.key_paper import print_keys
from gui.look.icons import icon
from gui.look.tokens import RAIL_NARROW, RAIL_WIDTH
from gui.parts.palette import CommandPalette
from gui.parts.rail import Rail
from gui.printing import a4_printer
from system.resources import RESOURCES
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier
SCREENS = ("capture", "records", "receipts", "outbox", "settings")


def all_actions(officer: Officer) -> list[Action]:
    window = officer.desk.window
    return [action for name in SCREENS for action in window.built(name).actions]


def test_the_list_of_keys_has_every_action_of_every_screen(officer: Officer) -> None:
    officer.press(Qt.Key.Key_F1)
    missing = [a.words for a in all_actions(officer) if a.key and not officer.reads(a.words)]
    assert missing == []


def test_the_list_of_keys_is_printed_on_paper(officer: Officer, tmp_path: Path) -> None:
    printer = a4_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "keys.pdf"))
    assert print_keys(printer, officer.desk.window.key_list())
    assert (tmp_path / "keys.pdf").stat().st_size > 10_000


def test_an_action_of_another_screen_is_done_from_the_palette(officer: Officer) -> None:
    officer.press(Qt.Key.Key_K, CTRL)
    palette = officer.desk.window.findChildren(CommandPalette)[0]
    assert palette.isVisible()
    officer.type("Interceptions: Search")
    officer.press(Qt.Key.Key_Return)
    assert officer.desk.window.here == "records"


@pytest.mark.parametrize(("width", "rail"), [(1462, RAIL_WIDTH), (1090, RAIL_NARROW)])
def test_a_narrow_window_has_icons_only_and_says_the_rest_in_tool_tips(
    officer: Officer, width: int, rail: int
) -> None:
    officer.desk.window.resize(width, 700)
    officer.wait()
    shown = officer.desk.window.findChildren(Rail)[0]
    assert shown.width() == rail
    tips = [button.toolTip() for button in shown.findChildren(QPushButton)]
    assert "Record  F2" in tips
    assert "Outbox  F7" in tips


def test_a_screen_is_built_when_it_is_first_shown(officer: Officer) -> None:
    before = len(officer.desk.window.findChildren(QLabel))
    officer.desk.window.go("outbox")
    assert len(officer.desk.window.findChildren(QLabel)) > before


def test_from_right_to_left_the_rail_is_on_the_right_and_icons_that_point_are_mirrored(
    officer: Officer,
) -> None:
    officer.desk.settings.put("language", "ar")
    officer.wait()
    window = officer.desk.window
    assert window.findChildren(Rail)[0].x() > window.width() / 2
    plain = icon(RESOURCES / "icons", "list", "#000000").toImage()
    mirrored = icon(RESOURCES / "icons", "list", "#000000", mirror=True).toImage()
    assert mirrored != plain
    assert mirrored.flipped(Qt.Orientation.Horizontal) == plain


def test_the_window_opens_within_the_screen(officer: Officer) -> None:
    window = officer.desk.window
    room = window.screen().availableGeometry().size().expandedTo(window.minimumSize())
    assert window.height() <= room.height()
    assert window.width() <= room.width()
