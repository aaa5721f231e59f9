"""One card of the form: the shown fields, on 24 columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from domain.document import DocumentPart, JsonValue, value_at
from domain.interception.base import Privacy
from domain.words import mark
from gui.form.entries import Entries
from gui.form.layout import COLUMNS, Ask, FormDescription, FormSection
from gui.look.tokens import GAP_2, GAP_3, GAP_4
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.field import FieldBox
from gui.words import Words

NARROW_BELOW, NARROW_COLUMNS = 640, 8
"""Pixels of a card at full width; in a window of 1,100 pixels a card has about 500."""
HALF = GAP_3 // 2
"""Pixels free at both sides of a field."""
Rows = list[list[tuple[Ask, int]]]
"""The fields of each row, each with its columns."""


class SectionCard(Card):
    """Signals carry paths below the record (`goods.0.packs`); `prefix` is the item's part of it
    (`goods.0.`), empty for a section that does not repeat."""

    typed = Signal(str, object)
    left = Signal(str)
    entered = Signal(str)
    way_out = Signal(str)
    more = Signal()
    removed = Signal()
    copied = Signal()

    def __init__(
        self,
        section: FormSection,
        prefix: str,
        *,
        title: str,
        form: FormDescription,
        entries: Entries,
        words: Words,
        freed: Sequence[str],
    ) -> None:
        super().__init__(title, inset=HALF)
        self.section, self.prefix = section, prefix
        self._form, self._entries, self._words, self._freed = form, entries, words, freed
        self._boxes: dict[str, FieldBox] = {}
        self._shown: dict[str, FieldBox] = {}
        """The fields that are shown, by path below the item, in reading order."""
        self._asks: tuple[Ask, ...] = ()
        self._typed_in: dict[str, Ask] = {}
        """Fields in which the officer typed: these stay in sight, folded or not."""
        self._narrow = False
        self._laid: Rows = []
        self._grid = QGridLayout()
        # Not by the grid's spacing: it leaves that out between columns where no field begins, so
        # that columns are unequal and labels are cut.
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(GAP_2)
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
        """Set whether the card has further fields to open."""
        self._more.setVisible(offered)

    def lay(self, asks: tuple[Ask, ...]) -> bool:
        """Show these fields; values of the others are kept. False when nothing changed."""
        asks = self._with_typed(asks)
        if asks == self._asks:
            return False
        # First made: to show and to hide can change the height, and then the rows are asked for.
        made = {ask.path: self._box(ask) for ask in asks}
        self._asks = asks
        # Not takeAt: a layout item that exists after its removal keeps old heights for the next
        # one.
        for box in self._boxes.values():
            self._grid.removeWidget(box)
        for path, box in self._boxes.items():
            box.setVisible(path in made)
        self._lay_grid()
        self._shown = made
        return True

    def _with_typed(self, asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
        missing = self._typed_in.keys() - {ask.path for ask in asks}
        if not missing:
            return asks
        every = {*asks, *(self._typed_in[path] for path in missing)}
        return tuple(ask for ask in self.section.asks if ask in every)

    def _rows(self) -> Rows:
        """The fields row by row, each as wide as its label needs."""
        columns = NARROW_COLUMNS if self._narrow else COLUMNS
        room = self.width() - 2 * GAP_4 - 2 + 2 * HALF
        least = {
            ask.path: math.ceil((self._box(ask).least_width + 1) * columns / max(room, 1))
            for ask in self._asks
        }
        return rows_of(self._asks, narrow=self._narrow, least=least)

    def _lay_grid(self) -> None:
        columns = NARROW_COLUMNS if self._narrow else COLUMNS
        for column in range(COLUMNS):
            used = int(column < columns)
            self._grid.setColumnStretch(column, used)
            self._grid.setColumnMinimumWidth(column, used)
        self._laid = self._rows()
        for row, asks in enumerate(self._laid):
            column = 0
            for ask, span in asks:
                self._grid.addWidget(self._box(ask), row, column, 1, span)
                column += span

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow card has fewer fields in a row, so that no label is cut off."""
        super().resizeEvent(event)
        self._narrow = event.size().width() < NARROW_BELOW
        if self._rows() != self._laid:
            for box in self._boxes.values():
                self._grid.removeWidget(box)
            self._lay_grid()

    def _box(self, ask: Ask) -> FieldBox:
        if ask.path in self._boxes:
            box = self._boxes[ask.path]
            box.setVisible(True)
            return box
        field = self._form.field_of(self.section, ask)
        stays = field.privacy in (Privacy.NOMINAL, Privacy.SEALED)
        say = self._words.say
        badge = say("stays here") if stays and field.path not in self._freed else ""
        entry = self._entries.make(ask, field)
        box = FieldBox(field.heading(say), entry, badge=badge, hint=say(ask.hint))
        box.set_side(HALF)
        box.setParent(self)  # Without a parent it would be a window when it is shown.
        path = ask.path
        entry.typed.connect(lambda value: self._take(ask, value))
        entry.left.connect(lambda: self.left.emit(self.prefix + path))
        entry.entered.connect(lambda: self.entered.emit(self.prefix + path))
        box.way_out.connect(lambda: self.way_out.emit(self.prefix + path))
        self._boxes[ask.path] = box
        return box

    def _take(self, ask: Ask, value: JsonValue) -> None:
        self._typed_in[ask.path] = ask
        self.typed.emit(self.prefix + ask.path, value)

    def put(self, values: DocumentPart) -> None:
        """Show the values of the item (or of the record)."""
        for path, box in self._shown.items():
            box.entry.put(value_at(values, path))
        self.set_summary(self._folded_words(values))

    def _folded_words(self, values: DocumentPart) -> str:
        """The values of the fields that are not shown, in one line."""
        rest = dict.fromkeys(a.path for a in self.section.asks if a.path not in self._shown)
        below, words = self.section.below, []
        for path in rest:
            value = value_at(values, path)
            if value not in (None, "", []):
                words.append(self._entries.words_of(self._form.fields[below + path], value))
        return " · ".join(words)

    @property
    def index(self) -> int:
        """The index of the item; 0 in a section that does not repeat."""
        return int(self.prefix.split(".")[-2]) if self.prefix else 0

    def renew(self, prefix: str) -> None:
        """Be the card of another item, or of another record."""
        self.prefix = prefix
        self._typed_in.clear()
        for box in self._boxes.values():
            box.entry.renew()

    def box(self, path: str) -> FieldBox | None:
        """The field at this path of the record, if it is shown."""
        below = path.removeprefix(self.prefix) if path.startswith(self.prefix) else ""
        return self._shown.get(below)

    def shown(self) -> dict[str, FieldBox]:
        """The fields that are shown, by path of the record, in reading order."""
        return {self.prefix + path: box for path, box in self._shown.items()}


def rows_of(asks: Sequence[Ask], *, narrow: bool, least: Mapping[str, int]) -> Rows:
    """The fields row by row, each with its columns; an almost full row is widened to full width.

    `least` are the columns that the label of a field needs, by path.
    """
    rows: Rows = [[]]
    room = columns = NARROW_COLUMNS if narrow else COLUMNS
    for ask in asks:
        span = max(2, (ask.span + 1) // 2) if narrow else ask.span
        span = min(columns, max(span, least.get(ask.path, 0)))
        if span > room:
            _fill(rows[-1], room, columns)
            rows.append([])
            room = columns
        rows[-1].append((ask, span))
        room -= span
    _fill(rows[-1], room, columns)
    return rows


def _fill(row: list[tuple[Ask, int]], room: int, columns: int) -> None:
    if row and room <= columns // 3:
        for spare in range(room):
            ask, span = row[-1 - spare % len(row)]
            row[-1 - spare % len(row)] = (ask, span + 1)
