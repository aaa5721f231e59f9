"""What a screen costs: it makes what it shows, and Python runs only where somebody types."""

from __future__ import annotations

import builtins
import sys
from types import FrameType

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.parts.entry import FieldEntry
from gui.parts.field import FieldBox
from gui.parts.flow import FlowArea
from gui.parts.palette import CommandPalette
from gui.photos.viewer import PhotoViewer
from tests.gui.conftest import Officer


def test_a_new_record_makes_what_it_shows_and_filters_only_the_events_of_the_focus(
    officer: Officer,
) -> None:
    filtered = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is FieldEntry.eventFilter.__code__:
            filtered.add(frame.f_locals["watched"])

    sys.setprofile(note)
    officer.desk.capture.begin()
    officer.wait()
    sys.setprofile(None)
    assert filtered <= {officer.at()}
    window = officer.desk.window
    assert not window.findChildren(PhotoViewer)
    [palette] = window.findChildren(CommandPalette)
    assert not palette.findChildren(QWidget)
    boxes = [box for box in window.findChildren(FieldBox) if not box.isHidden()]
    assert boxes
    for box in boxes:
        buttons = box.findChildren(QPushButton)
        # Chips that have no room in their row are hidden.
        others = [button for button in buttons if not isinstance(button.parent(), FlowArea)]
        labels = box.findChildren(QLabel)
        assert not any(line.isHidden() for line in (*labels, *others))
        assert all(line.text() for line in labels)


def test_pyside_looks_for_its_features_at_no_import() -> None:
    assert sys.modules["PySide6.QtCore"]
    assert builtins.__import__.__name__ != "__feature_import__"
