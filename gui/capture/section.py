"""One card of the form: the fields that are asked now, on 24 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from domain.interception.base import Privacy
from domain.words import mark
from gui.capture.document import value_at
from gui.capture.entries import Entries
from gui.capture.form import COLUMNS, Ask, Section, field_of
from gui.look.tokens import GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.field import FieldBox
from gui.words import Words


class SectionCard(Card):
    """Signals carry paths below the record (`goods.0.packs`). `prefix` is the item's place."""

    typed = Signal(str, object)
    left = Signal(str)
    way_out = Signal(str)
    more = Signal()
    removed = Signal()
    copied = Signal()

    def __init__(self, section: Section, prefix: str, *, title: str, entries: Entries, words: Words,
                 freed: Sequence[str]) -> None:  # fmt: skip
        super().__init__(title)
        self.section, self.prefix = section, prefix
        self._entries, self._words, self._freed = entries, words, freed
        self._boxes: dict[str, FieldBox] = {}
        self._asks: tuple[Ask, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_3)
        self._grid.setVerticalSpacing(GAP_2)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)
        self.body.addLayout(self._grid)
        if section.repeats:
            self._item_buttons()
        self._more = push_button(words.say("More fields"), "quiet")
        self._more.clicked.connect(self.more)
        self.add_to_head(self._more)

    def _item_buttons(self) -> None:
        for text, signal in (
            (mark("Duplicate"), self.copied),
            (mark("Remove"), self.removed),
        ):
            button = push_button(self._words.say(text), "quiet")
            button.clicked.connect(signal)
            self.add_to_head(button)

    def offer_more(self, offered: bool) -> None:
        """Whether there are further fields to open."""
        self._more.setVisible(offered)

    def lay(self, asks: tuple[Ask, ...]) -> bool:
        """Show these fields; what is entered in the others is kept. False when nothing changed."""
        if asks == self._asks:
            return False
        self._asks = asks
        # Not takeAt: an item that outlives its place keeps the heights of the next one stale.
        for box in self._boxes.values():
            self._grid.removeWidget(box)
        shown = {ask.path for ask in asks}
        for path, box in self._boxes.items():
            box.setVisible(path in shown)
        row = column = 0
        for ask in asks:
            span = min(ask.span, COLUMNS)
            if column + span > COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(self._box(ask), row, column, 1, span)
            column += span
        return True

    def _box(self, ask: Ask) -> FieldBox:
        if ask.path in self._boxes:
            box = self._boxes[ask.path]
            box.setVisible(True)
            return box
        field = field_of(self.section, ask)
        stays = field.privacy in (Privacy.NOMINAL, Privacy.SEALED)
        bare = f"{self.section.repeats}.{ask.path}" if self.section.repeats else ask.path
        badge = self._words.say("stays here") if stays and bare not in self._freed else ""
        say = self._words.say
        entry = self._entries.make(ask, field)
        box = FieldBox(say(ask.label), entry, badge=badge, hint=say(ask.hint))
        path = self.prefix + ask.path
        entry.typed.connect(lambda value: self.typed.emit(path, value))
        entry.left.connect(lambda: self.left.emit(path))
        box.way_out.connect(lambda: self.way_out.emit(path))
        self._boxes[ask.path] = box
        return box

    def put(self, values: Mapping[str, Any]) -> None:
        """Show the values of the item (or of the record)."""
        for ask in self._asks:
            self._boxes[ask.path].entry.put(value_at(values, ask.path))

    def box(self, path: str) -> FieldBox | None:
        """The field at that path of the record, if it is shown."""
        below = path.removeprefix(self.prefix) if path.startswith(self.prefix) else ""
        if below in {ask.path for ask in self._asks}:
            return self._boxes[below]
        return None

    def shown_paths(self) -> tuple[str, ...]:
        """Paths of the record whose fields are shown, in reading order."""
        return tuple(self.prefix + ask.path for ask in self._asks)
