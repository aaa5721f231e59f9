"""The search line, and the list of interceptions below it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from domain.fold import Status
from gui.drafts import DraftLine
from gui.look.tokens import GAP_2, TARGET
from gui.parts.chips import ChipRow
from gui.parts.option import Option
from gui.parts.text import label, name_it
from gui.records.columns import (
    COLUMNS,
    DRAFT,
    GOODS,
    GOODS_LEAST,
    NUMBER,
    longest,
    state_words,
)
from gui.records.model import RecordsModel
from gui.records.rows import PAGE
from gui.words import Words
from storage.projections.records import RecordRow

PADDING, SCROLL_BAR = 28, 14
"""Pixels around the text of a cell, and of the scroll bar."""


class FoundList(QWidget):
    """Selecting a row chooses its interception in the model; `draft_opened` is sent by Enter."""

    draft_opened = Signal()

    def __init__(self, model: RecordsModel, words: Words) -> None:
        super().__init__()
        self._model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        self._line = QLineEdit(model.typed)
        self._line.setMinimumHeight(TARGET)
        self._line.setPlaceholderText(words.say("search: number, goods, item number, place, bag …"))
        self._line.setClearButtonEnabled(True)
        name_it(self._line, words.say("Search"))
        self._line.textEdited.connect(model.search)
        self._line.returnPressed.connect(self._into_list)
        clear = QShortcut(QKeySequence("Escape"), self._line)
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)
        clear.activated.connect(self._clear)
        # In an empty line Esc goes back to the screen before.
        clear.setEnabled(bool(model.typed))
        self._line.textChanged.connect(lambda text: clear.setEnabled(bool(text)))
        down = QShortcut(QKeySequence("Down"), self._line)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_list)
        column.addWidget(self._line)
        self._table = _table()
        name_it(self._table, words.say("Interceptions"))
        model.table.use(words)
        self._table.setModel(model.table)
        self._widths: dict[int, int] = {}
        self._words = words
        self._measure()
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        self._states = ChipRow(
            [Option(state, words.say(state_words(state))) for state in (DRAFT, *map(str, Status))],
            many=False,
        )
        self._states.name(words.say("State"))
        self._states.put(model.state)
        self._states.typed.connect(model.filter)
        model.filtered.connect(self._show_state)
        column.addWidget(self._states)
        column.addWidget(self._table, 1)
        self._table.activated.connect(self._activate)
        self._none = label("", "label", wrap=True)
        column.addWidget(self._none)
        model.table.modelReset.connect(self._reset)
        # Methods instead of lambdas, because Qt disconnects the methods of a deleted list.
        model.table.rowsInserted.connect(self._inserted)
        model.chosen.connect(self._keep_chosen)
        self._reset()

    def focus_search(self) -> None:
        """Set the focus to the search line."""
        self._line.setFocus()
        self._line.selectAll()

    def focus_states(self) -> None:
        """Set the focus to the row of states."""
        self._states.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        self._states.put(self._model.state)

    def _activate(self, index: QModelIndex) -> None:
        if isinstance(self._model.table.row(index.row()), DraftLine):
            self.draft_opened.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide columns in a narrow window; only the goods are shortened."""
        super().resizeEvent(event)
        self._fit_columns()

    def _measure(self) -> None:
        """Make every column except the goods as wide as its longest possible text."""
        metrics, header = self._table.fontMetrics(), self._table.horizontalHeader()
        header.setSectionResizeMode(GOODS, QHeaderView.ResizeMode.Stretch)
        for column in range(len(COLUMNS)):
            if column != GOODS:
                texts = longest(column, self._words)
                self._widths[column] = PADDING + max(map(metrics.horizontalAdvance, texts))
        self._fit_columns()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._widen_number(first, last)
        self._keep_chosen()

    def _widen_number(self, first: int, last: int) -> None:
        # Seizure numbers of other posts may be longer.
        metrics, model = self._table.fontMetrics(), self._model.table
        # Rows further down are not read before they are looked at.
        shown = range(first, min(last, first + PAGE) + 1)
        rows = filter(None, (model.row(index) for index in shown if first < PAGE))
        numbers = (row.number for row in rows if isinstance(row, RecordRow))
        wide = max(map(metrics.horizontalAdvance, numbers), default=0) + PADDING
        if wide > self._widths.get(NUMBER, wide):
            self._widths[NUMBER] = wide
            self._fit_columns()

    def _fit_columns(self) -> None:
        room = self.width() - GOODS_LEAST - SCROLL_BAR
        shown = set(self._widths)
        for column in sorted(self._widths, key=lambda n: COLUMNS[n].needed, reverse=True):
            if COLUMNS[column].needed and sum(self._widths[n] for n in shown) > room:
                shown.discard(column)
        for column, width in self._widths.items():
            self._table.setColumnHidden(column, column not in shown)
            self._table.setColumnWidth(column, width)

    def _keep_chosen(self, _found: object = None) -> None:
        """Keep the row of the shown interception selected, while it is in the list."""
        model = self._model
        if model.draft is not None:
            index = model.table.index_of_draft(model.draft.record)
        else:
            index = model.table.index_of(model.record) if model.record else -1
        if index >= 0 and self._table.currentIndex().row() != index:
            # Not `selectRow`: that fails from right to left while the list has no size.
            flags = QItemSelectionModel.SelectionFlag
            self._table.selectionModel().setCurrentIndex(
                model.table.index(index, NUMBER), flags.ClearAndSelect | flags.Rows
            )

    def _clear(self) -> None:
        self._line.clear()
        self._model.search("")

    def _into_list(self) -> None:
        self._table.setFocus()
        if self._model.table.rowCount() and not self._table.currentIndex().isValid():
            self._table.selectRow(0)

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.table.row(index.row())
        shown = self._model.draft or self._model.now
        if row is not None and row != shown and row.record != self._model.record:
            self._model.choose_row(row)

    def _reset(self) -> None:
        self._widen_number(0, self._model.table.rowCount() - 1)
        self._keep_chosen()
        self._say_none()

    def _say_none(self) -> None:
        empty = self._model.table.rowCount() == 0
        self._none.setVisible(empty)
        if empty and (self._model.typed or self._model.state):
            self._none.setText(
                self._words.say("Nothing found. Fewer letters find more; Esc clears.")
            )
        elif empty:
            self._none.setText(
                self._words.say("Finalised interceptions appear here. F2, then Ctrl+N begins one.")
            )


class _Table(QTableView):
    """Home and End go to the first and the last row, since a row is chosen as a whole."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads."""
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if action in ends:
            held |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, held)


def _table() -> QTableView:
    table = _Table()
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
