"""The list of the last interceptions, each with the number of its receipt."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, Qt, Signal

from domain.ids import RecordId
from gui.look.tokens import GAP_1
from gui.parts.pressed_list import Index, PressedList
from gui.words import Words
from storage.projections.records import RecordRow

INDENT = "     "
"""As wide as the sign before the number."""


class RecentRows(QAbstractListModel):
    """The rows, newest first."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.rows: tuple[RecordRow, ...] = ()

    def put(self, rows: tuple[RecordRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row."""
        row = self.rows[index.row()]
        receipt = row.receipt or self._words.say("no receipt yet")
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{'✓' if row.receipt else '○'}  {row.number}\n{INDENT}{receipt}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.number}, {receipt}"
        return None


class RecentList(PressedList):
    """`chosen` carries the record of the row that was pressed; arrow keys move, Enter presses."""

    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        self._rows = RecentRows(words)
        super().__init__(self._rows, words.say("Interceptions made last"))
        self.setSpacing(GAP_1)

    def put(self, rows: tuple[RecordRow, ...], chosen: RecordId | None) -> None:
        """Show these; the row of the chosen interception is the present one, else the one that was
        present.
        """
        if rows != self._rows.rows:
            row = self.currentIndex().row()
            here = self._rows.rows[row].record if row >= 0 else None
            self._rows.put(rows)
            self._go_to(here)
        self._go_to(chosen)

    def _go_to(self, record: RecordId | None) -> None:
        for row, one in enumerate(self._rows.rows):
            if one.record == record:
                self.setCurrentIndex(self._rows.index(row))
                return
        if self._rows.rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self._rows.index(0))

    def press(self, index: Index) -> None:
        """Send what the row stands for."""
        self.chosen.emit(self._rows.rows[index.row()].record)
