"""The one-minute test: a mail packet at three in the morning, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from domain.numbers import s10
from storage.workstation import Workstation
from tests.builders import a_photo
from tests.gui.conftest import Officer, sit_down, stand_up

CTRL = Qt.KeyboardModifier.ControlModifier
GROUNDS = "Declared as cosmetics, gift; forty blisters between two layers of hand cream."
MOST = 25
"""Keystrokes for one record beside typed numbers and the narrative."""


@dataclass
class Hand:
    """Counts the keys that are pressed; numbers, scans and the narrative are not counted."""

    officer: Officer
    keys: int = 0

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        self.keys += 1
        self.officer.press(key, *held)

    def letters(self, text: str) -> None:
        self.keys += len(text)
        self.officer.type(text)
        self.officer.wait()

    def number(self, text: str) -> None:
        """Read off the label and typed, or scanned; then Enter."""
        self.officer.type(text)
        self.press(Qt.Key.Key_Return)

    def here(self) -> str:
        return self.officer.desk.capture_view.here()


@pytest.fixture
def hand(ws: Workstation, qtbot: QtBot) -> Iterator[Hand]:
    """A hand on the keyboard of a desk."""
    seated = sit_down(ws, qtbot)
    yield Hand(seated)
    stand_up(seated)


def item_number(place: int) -> str:
    serial = f"{47312400 + place:08}"
    return f"RR{serial}{s10.check_digit(serial)}GB"


def record_one(hand: Hand, place: int, *, first: bool) -> int:
    """One packet from the first key to its seizure number; how many keys it took."""
    desk, before = hand.officer.desk, hand.keys
    hand.press(Qt.Key.Key_N, CTRL)
    hand.number(item_number(place))
    assert hand.here() == "goods.0.category"
    hand.letters("preg")
    hand.press(Qt.Key.Key_Return)
    assert hand.here() == "goods.0.packs"
    hand.number("40")
    hand.number("14")
    quantity = desk.capture_view.fields()["goods.0.quantity"].entry.target()
    assert quantity.accessibleDescription() == "= 560 capsules"
    assert hand.here() == "goods.0.bag_no"
    hand.number(f"TW-{place:07}")
    hand.number("B2291")
    hand.number("2025-09")
    assert hand.officer.reads("added as a reason")
    # Enter goes past concealment and risk indicators, which may stay empty.
    assert hand.here() == "detection.methods"
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_Return)
    assert hand.here() == "legal.grounds"
    hand.officer.type(GROUNDS)
    if first:
        # The paragraph of law is chosen once a shift; the next records take it over.
        hand.officer.go_to("legal.legal_basis")
        hand.press(Qt.Key.Key_3)
    for shade, role in enumerate(desk.capture.photos.required()):
        desk.capture.photos.add_bytes(a_photo(place * 10 + shade), f"{role}.jpg", role)
    hand.officer.wait()
    assert desk.capture.last_number == "" or not first
    hand.press(Qt.Key.Key_Return, CTRL)
    return hand.keys - before


def test_a_mail_packet_takes_at_most_25_keys_beside_numbers_and_narrative(
    hand: Hand, record_property: Callable[[str, object], None]
) -> None:
    desk = hand.officer.desk
    first = record_one(hand, 1, first=True)
    number = desk.capture.last_number
    assert number
    second = record_one(hand, 2, first=False)
    assert desk.capture.last_number not in ("", number)
    record_property("keys of the first record", first)
    record_property("keys of the second record", second)
    print(f"keystrokes: first record {first}, next record {second}")
    assert max(first, second) <= MOST
    assert desk.window.findChildren(QDialog) == []


def test_enter_pressed_again_and_again_never_makes_anything_final(hand: Hand) -> None:
    hand.press(Qt.Key.Key_N, CTRL)
    record = hand.officer.desk.capture.sheet.record
    hand.number(item_number(7))
    for _ in range(40):
        hand.press(Qt.Key.Key_Return)
    assert hand.officer.desk.capture.last_number == ""
    assert hand.officer.desk.capture.sheet.record == record


def test_eight_packets_in_a_row_all_become_final(hand: Hand) -> None:
    numbers = set()
    for place in range(1, 9):
        record_one(hand, place, first=place == 1)
        numbers.add(hand.officer.desk.capture.last_number)
    assert len(numbers) == 8
    assert "" not in numbers
