"""The list of the last interceptions, each with the number of its receipt."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from domain.ids import RecordId
from gui.look.tokens import GAP_1
from gui.parts.entry import is_enter
from gui.parts.text import name_it
from gui.words import Words
from storage.projections.records import RecordRow

Index = QModelIndex | QPersistentModelIndex
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


class RecentList(QListView):
    """`chosen` carries the record of the row that was pressed; arrow keys move, Enter presses."""

    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows = RecentRows(words)
        self.setModel(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(GAP_1)
        name_it(self, words.say("Interceptions made last"))
        self.clicked.connect(self._choose)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the receipt of the row."""
        if is_enter(event) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        self.chosen.emit(self._rows.rows[index.row()].record)
