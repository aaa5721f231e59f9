"""The list of interceptions as a Qt table model, read page by page; drafts stand above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.records.columns import COLUMNS, ListedRow, cell
from gui.records.rows import PAGE, ListQuery, ListRows, RowKey
from gui.words import Words
from storage.projections import records
from storage.projections.records import Cursor, RecordOutline, RecordRow
from storage.workstation import Workstation
from system.database.errors import errors_as_ours

TEXTS = 2_000
"""Rows whose texts are held at once."""
TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)

Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """The first page is shown at once. How many rows there are is counted in the background, so
    that the scroll bar tells the place; the other pages are read when they are looked at.
    """

    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._words: Words | None = None
        self._rows = ListRows((), (), ListQuery(ws, "", ""), self._page)
        self._search, self._state = "", ""
        self._asking, self._ask_again, self._other_search = False, False, False
        self._counting = False
        self._texts: dict[int, tuple[str, ...]] = {}

    def use(self, words: Words) -> None:
        """Use this language for the cells."""
        self.beginResetModel()
        self._words = words
        self._texts.clear()
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show the interceptions that match `text`, newest first."""
        if text != self._search:
            self._search, self._other_search = text, True
        self._ask()

    def filter(self, state: str) -> None:
        """Show only this state: `DRAFT`, or a value of `Status`; empty for all."""
        if state != self._state:
            self._state, self._other_search = state, True
        self._ask()

    def refresh(self) -> None:
        """Read the loaded rows again after a change."""
        self._ask()

    def first_page(self) -> None:
        """Read the first page now, in the window's thread, because the list is shown immediately
        after.
        """
        self._replace(self._reader(counted=False)())

    def _ask(self) -> None:
        # One query at a time: text that is typed meanwhile is searched after the result has
        # arrived.
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False

        def then(rows: ListRows) -> None:
            self._asking = False
            if self._ask_again:
                self._ask()
                return
            self._replace(rows)

        def failed(error: TidewaiterError) -> None:
            self._asking = False
            self.refused.emit(error)

        # A new search shows its first rows at once; rows that are shown wait for the count.
        self._bridge.read(self._reader(counted=not self._other_search), then, failed)

    def _reader(self, *, counted: bool) -> Callable[[], ListRows]:
        """The function that reads the drafts and the first page, and the outline if `counted`."""
        query = ListQuery(self._ws, self._search, self._state)

        def read() -> ListRows:
            rows = ListRows(query.drafts(), query.page(), query, self._page)
            if counted and rows.outline is None:
                rows.outline = rows.count()
            return rows

        return read

    def _page(self, query: ListQuery, start: Cursor) -> Sequence[RecordRow]:
        """One page, read now: it takes two milliseconds, and no other thread has to finish."""
        try:
            with errors_as_ours(self._ws.home):
                return query.page(start)
        except TidewaiterError as error:
            # Qt asks for rows while it paints; a message must not be laid out meanwhile.
            QTimer.singleShot(0, self, partial(self.refused.emit, error))
            return ()

    def _count(self) -> None:
        """Find out how many rows there are, and where each page begins."""
        rows = self._rows
        if self._counting or rows.outline is not None:
            return
        self._counting = True

        def then(outline: RecordOutline) -> None:
            self._counting = False
            first, last = len(rows), len(rows) + outline.count - PAGE - 1
            if rows is not self._rows:
                self._count()
            elif last >= first:
                self.beginInsertRows(QModelIndex(), first, last)
                rows.outline = outline
                self.endInsertRows()

        def failed(error: TidewaiterError) -> None:
            self._counting = False
            self.refused.emit(error)

        self._bridge.read(rows.count, then, failed)

    def _replace(self, rows: ListRows) -> None:
        """Show other rows; new ones are inserted at the top, so that the selection stays."""
        old, new = self._rows.keys(), rows.keys()
        more = len(rows) - len(self._rows)
        known = rows.outline is not None and self._rows.outline is not None
        self._texts.clear()
        self._other_search = False
        if known and old and 0 <= more < len(new) and _continues(old, new[more:]):
            if more:
                self.beginInsertRows(QModelIndex(), 0, more - 1)
            self._rows = rows
            if more:
                self.endInsertRows()
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self._count()

    def row(self, index: int) -> ListedRow | None:
        """The row at `index`; None without one."""
        return self._rows.row(index) if index < len(self._rows) else None

    def index_of(self, record: RecordId) -> int:
        """The index of a record's row; -1 when it is not in the list."""
        index = self._rows.index_of((record, False))
        if index < 0 and (rank := records.rank_of(self._ws.db, record)) is not None:
            self._rows.look_for(rank)
            index = self._rows.index_of((record, False))
        return index

    def index_of_draft(self, record: RecordId) -> int:
        """The index of a draft's row; -1 when it is not in the list."""
        return self._rows.index_of((record, True))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of rows, as far as it is known."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if role not in TEXT_ROLES:
            return None
        number, words = index.row(), self._words
        texts = self._texts.get(number)
        if texts is None:
            row = self.row(number)
            if row is None or words is None:
                return None
            # The texts are made once, because Qt asks for them at every painting.
            checklist = self._checklist(row)
            if len(self._texts) > TEXTS:
                self._texts.clear()
            texts = tuple(cell(row, n, words, checklist) for n in range(len(COLUMNS)))
            self._texts[number] = texts
        return texts[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or self._words is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return self._words.say(COLUMNS[section].words) if across else None

    def _checklist(self, row: ListedRow) -> Checklist | None:
        name, _, version = row.pack.partition(" ")
        return self._ws.checklist(PackRef(id=name, version=version))


def _continues(old: Sequence[RowKey], new: Sequence[RowKey]) -> bool:
    """Whether `new`, the first rows after those that were added, are the first of `old`."""
    return list(old[: len(new)]) == list(new)
