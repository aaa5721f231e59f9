"""What a search finds: a line to type in, and the list below it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.look.tokens import GAP_2, TARGET
from gui.parts.text import label, name_it
from gui.records.columns import COLUMNS
from gui.records.model import RecordsModel
from gui.words import Words


class FoundList(QWidget):
    """Choosing a row chooses the interception in the model."""

    def __init__(self, model: RecordsModel, words: Words) -> None:
        super().__init__()
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        self._line = QLineEdit(model.typed)
        self._line.setMinimumHeight(TARGET)
        self._line.setPlaceholderText(
            words.say("type to find: number, goods, item number, place, bag …")
        )
        self._line.setClearButtonEnabled(True)
        name_it(self._line, words.say("Search"))
        self._line.textEdited.connect(model.search)
        self._line.returnPressed.connect(self._into_list)
        column.addWidget(self._line)
        self._table = _table()
        name_it(self._table, words.say("Interceptions"))
        model.table.use(words)
        self._table.setModel(model.table)
        self._size_columns()
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        column.addWidget(self._table, 1)
        self._none = label("", "label", wrap=True)
        column.addWidget(self._none)
        self._words = words
        model.table.modelReset.connect(self._say_none)
        self._say_none()

    def focus_search(self) -> None:
        """Type to find."""
        self._line.setFocus()
        self._line.selectAll()

    def _size_columns(self) -> None:
        header = self._table.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            if column.width:
                self._table.setColumnWidth(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _into_list(self) -> None:
        self._table.setFocus()
        if self._model.table.rowCount():
            self._table.selectRow(0)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.table.row(index.row())
        if row is not None:
            self._model.choose(row.record)

    def _say_none(self) -> None:
        empty = self._model.table.rowCount() == 0
        self._none.setVisible(empty)
        if empty and self._model.typed:
            self._none.setText(self._words.say("Nothing here has these words."))
        elif empty:
            self._none.setText(
                self._words.say("What you record and finalise stands here. F2, then Ctrl+N begins.")
            )


def _table() -> QTableView:
    table = QTableView()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setDefaultSectionSize(TARGET + 4)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setHighlightSections(False)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    return table
