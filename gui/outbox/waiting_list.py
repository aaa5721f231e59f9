"""The list of what waits for the hub: only the rows in sight are worded and painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, Qt, Signal

from gui.parts.pressed_list import Index, PressedList
from gui.words import Words
from storage.hub_memory import Waiting


class WaitingRows(QAbstractListModel):
    """The rows; words are made when a row is painted."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._waiting: tuple[Waiting, ...] = ()

    def put(self, waiting: tuple[Waiting, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._waiting = waiting
        self.endResetModel()

    def at(self, row: int) -> Waiting:
        """The interception in this row."""
        return self._waiting[row]

    def rowCount(self, parent: Index | None = None) -> int:
        """How many wait."""
        return 0 if parent is not None and parent.isValid() else len(self._waiting)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row."""
        one = self._waiting[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{'●' if one.refused else '○'}   {self._line(one)}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._line(one)
        return None

    def _line(self, one: Waiting) -> str:
        words = self._words
        parts = [one.number]
        if one.entries:
            parts.append(words.say("the record"))
        if one.photos:
            parts.append(words.count("1 photo", "{count} photos", one.photos))
        parts.append(words.say("since {when}", when=words.moment(one.since)))
        if one.refused:
            parts.append(words.say("refused: {why}", why=one.refused))
        return " · ".join(parts)


class WaitingList(PressedList):
    """`chosen` carries the id of the interception whose row was pressed."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        self._rows = WaitingRows(words)
        super().__init__(self._rows, words.say("What waits"))

    def put(self, waiting: tuple[Waiting, ...]) -> None:
        """Show these; the row that was chosen stays chosen."""
        row = self.currentIndex().row()
        self._rows.put(waiting)
        if waiting:
            self.setCurrentIndex(self._rows.index(min(max(row, 0), len(waiting) - 1)))

    def press(self, index: Index) -> None:
        """Send what the row stands for."""
        self.chosen.emit(self._rows.at(index.row()).record)
