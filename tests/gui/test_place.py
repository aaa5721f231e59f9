"""A record that names another place than the post says nothing of the post's place."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.conftest import Officer
from tests.gui.test_journeys import begin

CTRL = Qt.KeyboardModifier.ControlModifier


def name(officer: Officer, place: str) -> None:
    officer.go_to("occasion.place_text")
    officer.press(Qt.Key.Key_A, CTRL)
    officer.fill("occasion.place_text", place)


def test_another_place_drops_the_code_and_the_kind_of_the_post_and_undo_brings_them_back(
    officer: Officer,
) -> None:
    begin(officer)
    held = officer.desk.capture.sheet.value
    assert (held("occasion.unlocode"), held("occasion.place_type")) == ("XAMCN", "mail_centre")

    name(officer, "Lorry park at the border, gate 4")

    assert held("occasion.place_text") == "Lorry park at the border, gate 4"
    assert not held("occasion.unlocode")
    assert not held("occasion.place_type")
    officer.press(Qt.Key.Key_Z, CTRL)
    officer.press(Qt.Key.Key_Z, CTRL)
    assert (held("occasion.unlocode"), held("occasion.place_type")) == ("XAMCN", "mail_centre")


def test_the_post_named_in_another_language_is_the_post(officer: Officer) -> None:
    begin(officer)
    held = officer.desk.capture.sheet.value
    checklist = officer.desk.capture.sheet.checklist
    assert checklist is not None
    post = checklist.post("MCN")
    assert post is not None
    name(officer, post.name["fr"])
    assert held("occasion.place_text") == post.name["fr"]
    assert held("occasion.unlocode") == "XAMCN"
