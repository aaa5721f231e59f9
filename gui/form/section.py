"""One card of the form: the shown fields, on 24 columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from domain.document import DocumentPart, JsonValue, is_filled, value_at
from domain.interception.nominal import stays
from domain.words import in_language, mark
from gui.action import key_words
from gui.form.entries import Entries
from gui.form.layout import COLUMNS, Ask, FormDescription, FormSection
from gui.form.rows import NARROW_COLUMNS, Rows, rows_of
from gui.form.section_head import SectionHead
from gui.look.tokens import GAP_2, GAP_3, GAP_4
from gui.parts.button import push_button
from gui.parts.field import FieldBox
from gui.parts.mood import set_mood
from gui.parts.one_line import OneLineLabel
from gui.parts.text import label, name_it
from gui.words import Words

NARROW_BELOW = 640
"""Pixels of a card at full width; in a window of 1,100 pixels a card has about 500."""
BESIDE_FROM, BESIDE = 700, 150
"""From this width of a card its title stands beside the fields, in a column of so many pixels."""
HALF = GAP_3 // 2
"""Pixels free at both sides of a field."""
HINT_INSIDE = 8
"""Columns of a field from which its hint has room in the empty field."""
ABOVE = 6
"""Pixels free above a field."""
LOWER = 26
"""Pixels that a label beside the first field stands lower, below the title of the card."""
STEP = 8
"""Rows of the grid for each row of fields: one for the fields, the others for notes below them."""
LEADING = Qt.AlignmentFlag.AlignLeft
"""The left, or the right in a language that is written from there."""


class SectionCard(QFrame):
    """Signals carry paths below the record (`goods.0.packs`); `prefix` is the item's part of it
    (`goods.0.`), empty for a section that does not repeat."""

    typed = Signal(str, object)
    left = Signal(str)
    entered = Signal(str)
    way_out = Signal(str)
    more = Signal()
    removed = Signal()
    copied = Signal()
    another = Signal()
    _adapts: ClassVar[bool] = False
    """Whether a card of the form adapts to its width now."""

    def __init__(
        self,
        section: FormSection,
        prefix: str,
        *,
        form: FormDescription,
        entries: Entries,
        words: Words,
        freed: Sequence[str],
        kept: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.section, self.prefix = section, prefix
        self._form, self._entries, self._words = form, entries, words
        self._freed, self._kept = freed, kept
        self._boxes: dict[str, FieldBox] = {}
        self._shown: dict[str, FieldBox] = {}
        """The fields that are shown, by path below the item, in reading order."""
        self._asks: tuple[Ask, ...] = ()
        self._filled: set[str] = set()
        """The fields that had a value when all were last shown, shown or not."""
        self._typed_in: dict[str, Ask] = {}
        """Fields in which the officer typed: these stay in sight, folded or not."""
        self._far: dict[str, QLabel] = {}
        """The notes that need more room than their field has, by path."""
        self._folded = ""
        """The values of folded fields, in words."""
        self._narrow = self._beside = False
        self._laid: Rows = []
        self._grid = QGridLayout(self)
        side = GAP_4 - HALF
        self._grid.setContentsMargins(side, GAP_2 - ABOVE, side, GAP_2)
        # Not by the grid's spacing: it leaves that out between columns where no field begins, so
        # that columns are unequal and labels are cut, and it counts empty rows.
        self._grid.setSpacing(0)
        self._head = SectionHead(words, HALF)
        self._head.more.clicked.connect(self.more)
        self._foot = OneLineLabel("hint")
        """What is folded, where the head has no room for it."""
        self._foot.setContentsMargins(HALF, ABOVE, HALF, 0)
        for part in (self._head, self._foot):
            part.setParent(self)  # Laid when the card has a width.
        if section.repeats:
            self._item_buttons()

    def _item_buttons(self) -> None:
        say, section = self._words.say, self.section
        key = key_words(section.add_key, self._words) if section.add_key else ""
        for text, signal, whole, shown in (
            (mark("Another"), self.another, say(section.add_words), key),
            (mark("Duplicate"), self.copied, "", ""),
            (mark("Remove"), self.removed, "", ""),
        ):
            button = push_button(say(text), "link", shown)
            button.clicked.connect(signal)
            if whole:
                name_it(button, whole)
                button.setToolTip(whole)
            self._head.add(button)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._head.put_title(title)
        self.setAccessibleName(title)

    def offer_more(self, *, offered: bool, is_open: bool) -> None:
        """Set whether the card has further fields to open, and whether they are open."""
        self._head.offer_more(offered=offered, is_open=is_open)

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
            if path not in made:
                self._drop_far(path)
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
        room = self.width() - 2 * GAP_4 - 2 + 2 * HALF - (BESIDE if self._beside else 0)
        least = {
            ask.path: math.ceil((self._box(ask).least_width + 1) * columns / max(room, 1))
            for ask in self._asks
            if not self._is_wide(ask)
        }
        return rows_of(self._asks, narrow=self._narrow, least=least)

    def _is_wide(self, ask: Ask) -> bool:
        """Whether its label stands beside it."""
        return self._beside and ask.span == COLUMNS

    def _lay_grid(self) -> None:
        columns = NARROW_COLUMNS if self._narrow else COLUMNS
        first = int(self._beside)
        for column in range(COLUMNS + 1):
            used = int(first <= column < columns + first)
            self._grid.setColumnStretch(column, used)
            self._grid.setColumnMinimumWidth(column, used)
        if self._beside:
            self._grid.setColumnMinimumWidth(0, BESIDE)
        self._laid = self._rows()
        below = self._lay_head(columns)
        for row, asks in enumerate(self._laid):
            column = first
            for ask, span in asks:
                box, wide = self._box(ask), self._is_wide(ask)
                box.set_beside(BESIDE * wide, LOWER * (wide and row == 0))
                at, across = (0, span + 1) if wide else (column, span)
                self._grid.addWidget(box, below + row * STEP, at, 1, across)
                column += span
        self._head.raise_()
        self._name_folded(self._folded)
        self._lay_notes()

    def _lay_head(self, columns: int) -> int:
        """Place the title; returns the row of the grid that the fields begin in."""
        self._grid.removeWidget(self._head)
        self._grid.removeWidget(self._foot)
        self._head.stand(beside=self._beside)
        top = Qt.AlignmentFlag.AlignTop
        if not self._beside:
            self._grid.addWidget(self._head, 0, 0, 1, columns)
            return STEP
        free = next((r for r, asks in enumerate(self._laid) if self._is_wide(asks[0][0])),
                    len(self._laid)) if self._asks else 0  # fmt: skip
        self._grid.addWidget(self._head, 0, 0, max(1, free * STEP), 1, top)
        at = len(self._laid) * STEP if self._asks else 0
        self._grid.addWidget(self._foot, at, 1, 1, columns)
        return 0

    def _lay_notes(self) -> None:
        """Give each note that its field has no room for the rest of the row, below the fields."""
        columns = NARROW_COLUMNS if self._narrow else COLUMNS
        first, below = int(self._beside), 0 if self._beside else STEP
        one = (self.width() - 2 * GAP_4 + 2 * HALF - first * BESIDE) / columns
        for row, asks in enumerate(self._laid):
            column, line = 0, 1
            for ask, span in asks:
                box = self._boxes[ask.path]
                wants = box.note_width() + 2 * HALF
                far = not self._is_wide(ask) and wants > span * one
                box.leave_note(far)
                if far:
                    at = max(0, min(column, columns - math.ceil(wants / one)))
                    note = self._far_note(box, ask.path, wraps=wants > columns * one)
                    self._grid.addWidget(
                        note, below + row * STEP + line, first + at, 1, columns - at,
                        Qt.AlignmentFlag(0) if wants > columns * one else LEADING,
                    )  # fmt: skip
                    line = min(line + 1, STEP - 1)
                else:
                    self._drop_far(ask.path)
                column += span

    def _drop_far(self, path: str) -> None:
        if path in self._far:
            note = self._far.pop(path)
            self._grid.removeWidget(note)
            note.hide()
            note.deleteLater()

    def _far_note(self, box: FieldBox, path: str, *, wraps: bool) -> QLabel:
        words, mood = box.note
        self._drop_far(path)
        self._far[path] = note = label(words, "note" if mood else "hint", wrap=wraps)
        note.setProperty("far", True)
        note.setParent(self)
        set_mood(note, mood)
        note.setMinimumWidth(1)  # Else a note of a wide card would keep the form from narrowing.
        if not SectionCard._adapts:
            note.show()  # While cards adapt, the grid shows it: this lays out the whole form.
        return note

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow card has fewer fields in a row, so that no label is cut off."""
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        # What a card shows lays out the whole form at once: the other cards come after it, not
        # inside it, each one deeper.
        if SectionCard._adapts:
            QTimer.singleShot(0, self, self._adapt)
            return
        SectionCard._adapts = True
        try:
            self._adapt()
        finally:
            SectionCard._adapts = False

    def _adapt(self) -> None:
        self._narrow = self.width() < NARROW_BELOW
        beside, self._beside = self._beside, self.width() >= BESIDE_FROM
        if self._rows() != self._laid or beside != self._beside:
            for box in self._boxes.values():
                self._grid.removeWidget(box)
            self._lay_grid()
        else:
            self._lay_notes()

    def _box(self, ask: Ask) -> FieldBox:
        if ask.path in self._boxes:
            box = self._boxes[ask.path]
            box.setVisible(True)
            return box
        field = self._form.field_of(self.section, ask)
        full, say = self.section.below + ask.path, self._words.say
        here = stays(full, field.privacy, self._freed, self._kept)
        badge = say("stays here") if here else ""
        entry = self._entries.make(ask, field)
        hint = in_language(field.hint, self._words.language) if field.hint else say(ask.hint)
        inside = bool(hint) and ask.span >= HINT_INSIDE
        box = FieldBox(
            field.heading(say, self._words.language),
            entry,
            badge=badge,
            hint=hint,
            hint_inside=inside,
        )
        box.set_margins(HALF, ABOVE)
        box.setParent(self)  # Without a parent it would be a window when it is shown.
        path = ask.path
        entry.typed.connect(lambda value: self._take(ask, value))
        entry.left.connect(lambda: self.left.emit(self.prefix + path))
        entry.entered.connect(lambda: self.entered.emit(self.prefix + path))
        box.way_out.connect(lambda: self.way_out.emit(self.prefix + path))
        box.noted.connect(self._lay_notes)
        self._boxes[ask.path] = box
        return box

    def _take(self, ask: Ask, value: JsonValue) -> None:
        self._typed_in[ask.path] = ask
        self.typed.emit(self.prefix + ask.path, value)

    def put(self, values: DocumentPart) -> None:
        """Show the values of the item (or of the record)."""
        for path, box in self._shown.items():
            box.entry.put(value_at(values, path))
        self._filled = {a.path for a in self.section.asks if is_filled(values, a.path)}
        self._name_folded(self._folded_words(values))

    def put_alone(self, path: str, values: DocumentPart) -> bool:
        """Show the value at this path when nothing else of the card changes with it: a shown field
        stays filled, or empty. Returns whether that is so.
        """
        below = self.below(path)
        box = self._shown.get(below)
        if box is None or is_filled(values, below) != (below in self._filled):
            return False
        box.entry.put(value_at(values, below))
        return True

    def below(self, path: str) -> str:
        """`path` below the item of the card; empty for a path of another item."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else ""

    def _name_folded(self, words: str) -> None:
        self._folded = words
        in_head = not self._beside or bool(self._laid[0] and not self._is_wide(self._laid[0][0][0]))
        self._head.put_summary(words if in_head else "")
        self._foot.put("" if in_head else words)
        self._foot.setVisible(bool(words) and not in_head)

    def _folded_words(self, values: DocumentPart) -> str:
        """The values of the fields that are not shown, in one line."""
        folded = self._filled - self._shown.keys()
        fields = {a.path: self._form.field_of(self.section, a) for a in self.section.asks}
        return self._entries.in_one_line({p: f for p, f in fields.items() if p in folded}, values)

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
        return self._shown.get(self.below(path))

    def shown(self) -> dict[str, FieldBox]:
        """The fields that are shown, by path of the record, in reading order."""
        return {self.prefix + path: box for path, box in self._shown.items()}
