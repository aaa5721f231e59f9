"""A post with several checklists: which one an interception has, and beginning with another."""

from __future__ import annotations

from PySide6.QtCore import Qt

from gui.packs import title_of
from tests.gui.conftest import Officer

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_another_checklist_begins_and_the_head_names_it(officer: Officer) -> None:
    packs, capture = officer.desk.capture.packs, officer.desk.capture
    second = packs.others[1]
    officer.press(Qt.Key.Key_N, CTRL)
    first = capture.sheet.checklist
    assert officer.reads(title_of(first, "en")), "the head names the checklist of the draft"
    officer.press(Qt.Key.Key_N, CTRL, SHIFT)
    assert capture.sheet.record is None, "a draft in which nothing was typed is not kept"
    assert officer.at().accessibleName() == title_of(packs.others[0], "en")
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    assert capture.sheet.checklist is second
    assert officer.reads(title_of(second, "en"))
    officer.press(Qt.Key.Key_Escape)
    officer.press(Qt.Key.Key_N, CTRL)
    assert capture.sheet.checklist is second, "the next interception begins with it, too"


def test_what_was_typed_under_one_checklist_is_kept(officer: Officer) -> None:
    officer.press(Qt.Key.Key_N, CTRL)
    capture = officer.desk.capture
    record = capture.sheet.record
    officer.fill("remarks", "seen on the belt")
    officer.press(Qt.Key.Key_N, CTRL, SHIFT)
    officer.press(Qt.Key.Key_Return)
    assert capture.sheet.record not in (None, record)
    assert record in {line.record for line in capture.drafts.lines}
