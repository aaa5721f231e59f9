"""The list of what waits for the hub: only the rows in sight are worded and painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from gui.parts.entry import is_enter
from gui.parts.text import name_it
from gui.words import Words
from storage.hub_memory import Waiting

Index = QModelIndex | QPersistentModelIndex


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


class WaitingList(QListView):
    """`chosen` carries the id of the interception whose row was pressed."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._rows = WaitingRows(words)
        self.setModel(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name_it(self, words.say("What waits"))
        self.clicked.connect(self._choose)

    def put(self, waiting: tuple[Waiting, ...]) -> None:
        """Show these; the row that was chosen stays chosen."""
        row = self.currentIndex().row()
        self._rows.put(waiting)
        if waiting:
            self.setCurrentIndex(self._rows.index(min(max(row, 0), len(waiting) - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record of the row."""
        if is_enter(event) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        self.chosen.emit(self._rows.at(index.row()).record)
