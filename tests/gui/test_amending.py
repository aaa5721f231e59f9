"""A final interception is amended with a reason, never without one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from acts.amend import begin_amendment
from storage.projections import records
from storage.workstation import Workstation
from tests.builders import a_final
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def amending(ws: Workstation, qapp: object) -> object:
    """An officer with an amendment on the screen."""
    record = a_final(ws)
    begin_amendment(ws, record)
    seated = sit_down(ws, qapp)  # type: ignore[arg-type]
    yield seated
    stand_up(seated)


def test_an_amendment_asks_why_and_supersedes(amending: Officer, ws: Workstation) -> None:
    assert amending.reads("Amendment")
    assert amending.reads("Why it is amended")
    record = amending.desk.capture.sheet.record
    assert record is not None
    line = amending.go_to("goods.0.packs")
    line.selectAll()  # type: ignore[attr-defined]
    amending.type("41")
    amending.press(Qt.Key.Key_Tab)
    amending.press(Qt.Key.Key_Return, CTRL)
    assert amending.reads("An amendment needs its reason")
    assert records.case(ws.db, record).current.body.revision == 1
    reason = amending.desk.capture.sheet.checklist.choices("amend_reasons")[0].code  # type: ignore[union-attr]
    amending.desk.capture.say_why(reason, "counted again")
    amending.press(Qt.Key.Key_Return, CTRL)
    body = records.case(ws.db, record).current.body
    assert (body.revision, body.reason, body.comment) == (2, reason, "counted again")
