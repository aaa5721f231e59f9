"""The notes of a card that need more room than their field has: they stand below its row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.look.tokens import GAP_3
from gui.parts.field import FieldBox
from gui.parts.mood import set_mood
from gui.parts.text import label

HALF = GAP_3 // 2
"""Pixels free at both sides of a field."""
STEP = 8
"""Rows of the grid for each row of fields: one for the fields, the others for notes below them."""
LEADING = Qt.AlignmentFlag.AlignLeft
"""The left, or the right in a language that is written from there."""
LaidField = tuple[FieldBox, str, int, bool]
"""A field, its path, the columns that it has, and whether its label stands beside it."""


@dataclass(frozen=True, slots=True)
class FarRoom:
    """The grid of a card: its columns from `first` on, the row of the grid in which the fields
    begin, and the pixels of one column.
    """

    columns: int
    first: int
    below: int
    one: float


class FarNotes:
    """Lays such notes into the grid of a card."""

    def __init__(self, card: QWidget, grid: QGridLayout) -> None:
        self._card, self._grid = card, grid
        self._notes: dict[str, QLabel] = {}

    def lay(self, rows: Sequence[Sequence[LaidField]], room: FarRoom, *, shown: bool) -> None:
        """Give each note that its field has no room for the rest of the row, below the fields.

        Without `shown` the grid shows the notes later: showing one lays out the whole form.
        """
        for row, fields in enumerate(rows):
            column, line = 0, 1
            for box, path, span, wide in fields:
                wants = box.note_width() + 2 * HALF
                far = not wide and wants > span * room.one
                box.leave_note(far)
                self.drop(path)
                if far:
                    wraps = wants > room.columns * room.one
                    at = max(0, min(column, room.columns - math.ceil(wants / room.one)))
                    note = self._note(box, path, wraps=wraps)
                    self._grid.addWidget(
                        note, room.below + row * STEP + line, room.first + at, 1,
                        room.columns - at, Qt.AlignmentFlag(0) if wraps else LEADING,
                    )  # fmt: skip
                    if shown:
                        note.show()
                    line = min(line + 1, STEP - 1)
                column += span

    def drop(self, path: str) -> None:
        """Take the note of that field away, if it has one."""
        if path in self._notes:
            note = self._notes.pop(path)
            self._grid.removeWidget(note)
            note.hide()
            note.deleteLater()

    def _note(self, box: FieldBox, path: str, *, wraps: bool) -> QLabel:
        words, mood = box.note
        self._notes[path] = note = label(words, "note" if mood else "hint", wrap=wraps)
        note.setProperty("far", True)
        note.setParent(self._card)
        set_mood(note, mood)
        note.setMinimumWidth(1)  # Else a note of a wide card would keep the form from narrowing.
        return note
