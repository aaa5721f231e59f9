"""The list of keys, made from the actions of all screens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from domain.words import mark
from gui.action import KEY_NAMES, Action, key_words
from gui.look.tokens import GAP_2, GAP_3, GAP_4, GAP_5
from gui.parts.card import Card
from gui.parts.head import ScreenHead
from gui.parts.text import chip, label
from gui.words import Words

FIXED_KEYS = (
    (("Tab",), mark("go to the next field")),
    (("1 … 9", "0"), mark("choose a chip of the row you are in")),
    (("Left", "Right"), mark("go along a row of chips")),
    (("Down",), mark("show the choices of a field")),
    (("Enter",), mark("take the choice, and go to the next unfilled field")),
    (("Esc",), mark("go back")),
    (("F6",), mark("go to the message, and back")),
    (("Alt+1 … 9",), mark("press a button of the message")),
    (("Alt+0",), mark("open all messages")),
    (("Ctrl+1 … 9",), mark("go to a fault of the list")),
    (("+", "−"), mark("zoom a photo in or out")),
    (("Space",), mark("take a photo, while the camera is shown")),
)


class KeyList(QWidget):
    """One card per screen."""

    def __init__(self, tables: Sequence[tuple[str, Sequence[Action]]], words: Words) -> None:
        super().__init__()
        self.setProperty("look", "page")
        inner = QWidget()
        inner.setProperty("look", "column")
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(words.say("Keys"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP_5, GAP_3, GAP_5, GAP_4)
        column.setSpacing(GAP_3)
        column.addWidget(ScreenHead(words.say("Keys")))
        for title, actions in tables:
            rows = [(key_words(a.key, words), words.say(a.words)) for a in actions if a.key]
            if rows:
                column.addWidget(_card(title, rows))
        fixed = [(_names(keys, words), words.say(text)) for keys, text in FIXED_KEYS]
        column.addWidget(_card(words.say("In every form"), fixed))
        column.addStretch(1)

    def take_focus(self) -> None:
        """The arrow keys scroll the list."""
        self._area.setFocus()


def _names(keys: Sequence[str], words: Words) -> str:
    return ", ".join(words.say(KEY_NAMES.get(key, "")) or key for key in keys)


def _card(title: str, rows: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP_3)
    grid.setVerticalSpacing(GAP_2)
    for index, (key, text) in enumerate(rows):
        row, side = index // 2, 2 * (index % 2)
        grid.addWidget(chip(key), row, side)
        grid.addWidget(label(text), row, side + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    card.body.addLayout(grid)
    return card
