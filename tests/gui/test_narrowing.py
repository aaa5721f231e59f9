"""A form full of notes follows the width of its window, one card after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.form.section import SectionCard
from gui.parts.scroll import FollowingScroll
from storage.workstation import Workstation
from tests.builders import a_document, a_draft
from tests.gui.conftest import sit_down, stand_up

WRONG = {"category": "MED_NOPE", "packs": "many", "bag_no": "B1", "quantity": "a lot", "unit": "x"}
WIDTHS = (1500, 930, 1366, 1000, 1100, 960, 1280, 911)


@contextmanager
def nested_calls(method: str, of: type) -> Iterator[list[int]]:
    """How deep calls of the method stood in each other, at most."""
    code, deepest, now = getattr(of, method).__code__, [0], [0]

    def watch(frame: FrameType, event: str, _arg: object) -> None:
        if frame.f_code is code and event in ("call", "return"):
            now[0] += 1 if event == "call" else -1
            deepest[0] = max(deepest[0], now[0])

    before = sys.getprofile()
    sys.setprofile(watch)
    yield deepest
    sys.setprofile(before)


def test_a_form_full_of_faults_narrows_card_by_card(ws: Workstation, qtbot: QtBot) -> None:
    route = {"dispatch_country": "Ruritania", "destination_country": "Nowhere in particular"}
    a_draft(ws, a_document(goods=[WRONG] * 6, route=route, detection={}, legal={}))
    officer = sit_down(ws, qtbot)
    officer.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window = officer.desk.window
    area = next(
        one
        for one in officer.desk.capture_view.findChildren(FollowingScroll)
        if one.findChildren(SectionCard)
    )
    with nested_calls("resizeEvent", SectionCard) as deepest:
        for width in WIDTHS:
            window.resize(width, 560)
            officer.wait()
            content = area.widget()
            assert content is not None
            assert content.width() <= area.viewport().width()
    assert 0 < deepest[0] <= 2
    stand_up(officer)
