"""The list of interceptions as a Qt table model, read page by page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.records.columns import COLUMNS, cell
from gui.words import Words
from storage.projections import records
from storage.projections.records import Cursor, RecordPage, RecordRow
from storage.workstation import Workstation

PAGE = 100
"""Rows in one page."""
READ_AGAIN = 1_000
"""Rows that are read again after a change, at most."""
TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)

Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """Reads rows page by page; the total number of rows is never counted."""

    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._words: Words | None = None
        self._rows: list[RecordRow] = []
        self._next: Cursor | None = None
        self._search = ""
        self._question = 0
        """Number of the last query: the result of an older query is dropped."""
        self._asking, self._ask_again, self._other_search = False, False, False
        self._fetching = False
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

    def refresh(self) -> None:
        """Read the loaded rows again after a change."""
        self._ask()

    def first_page(self) -> None:
        """Read the first page now, in the window's thread, because the list is shown immediately
        after.
        """
        self._replace(records.page(self._ws.db, search=self._search, limit=PAGE))

    def _ask(self) -> None:
        # One query at a time: text that is typed meanwhile is searched after the result has
        # arrived.
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False
        self._question += 1
        search = self._search
        rows = PAGE if self._other_search else min(max(PAGE, len(self._rows)), READ_AGAIN)

        def then(page: RecordPage) -> None:
            self._asking = False
            if self._ask_again:
                self._ask()
                return
            self._replace(page)

        def failed(error: TidewaiterError) -> None:
            self._asking = False
            self.refused.emit(error)

        self._bridge.read(
            lambda: records.page(self._ws.db, search=search, limit=rows), then, failed
        )

    def _replace(self, page: RecordPage) -> None:
        """Show the rows of `page`; new rows are inserted at the top, so that the selection
        stays.
        """
        old, new = [row.record for row in self._rows], [row.record for row in page.rows]
        more = len(new) - len(old)
        self._texts.clear()
        self._fetching, self._other_search = False, False
        if old and more >= 0 and new[more:] == old:
            if more:
                self.beginInsertRows(QModelIndex(), 0, more - 1)
            self._rows, self._next = list(page.rows), page.next
            if more:
                self.endInsertRows()
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(COLUMNS) - 1))
        else:
            self.beginResetModel()
            self._rows, self._next = list(page.rows), page.next
            self.endResetModel()

    def row(self, index: int) -> RecordRow | None:
        """The row at `index`; None without one."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def index_of(self, record: RecordId) -> int:
        """The index of a record's row; -1 when the row is not loaded."""
        return next((i for i, row in enumerate(self._rows) if row.record == record), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of loaded rows."""
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

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there is another page."""
        return not parent.isValid() and self._next is not None and not self._fetching

    def fetchMore(self, _parent: Index) -> None:
        """Read the next page in the background."""
        self._fetching = True
        question, after, search = self._question, self._next, self._search

        def then(page: RecordPage) -> None:
            if question != self._question or not self._fetching:
                return
            self._fetching = False
            self._next = page.next
            if page.rows:
                last = len(self._rows)
                self.beginInsertRows(QModelIndex(), last, last + len(page.rows) - 1)
                self._rows += page.rows
                self.endInsertRows()

        self._bridge.read(
            lambda: records.page(self._ws.db, search=search, after=after, limit=PAGE), then
        )

    def _checklist(self, row: RecordRow) -> Checklist | None:
        name, _, version = row.pack.partition(" ")
        return self._ws.checklist(PackRef(id=name, version=version))
