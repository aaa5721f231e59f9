"""The list of interceptions as a Qt table model, read page by page; drafts stand above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from domain.errors import TidewaiterError
from domain.fold import Status
from domain.ids import RecordId
from domain.interception.record import PackRef
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.drafts import DraftLine, read_drafts
from gui.records.columns import COLUMNS, DRAFT, ListedRow, cell
from gui.words import Words
from storage.projections import records
from storage.projections.records import Cursor
from storage.workstation import Workstation

PAGE = 100
"""Rows in one page."""
READ_AGAIN = 1_000
"""Rows that are read again after a change, at most."""
TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows, and the start of the next page; `next` is None at the end."""

    rows: list[ListedRow]
    next: Cursor | None


def _key(row: ListedRow) -> tuple[RecordId, bool]:
    # A record and the draft that amends it have the same id.
    return row.record, isinstance(row, DraftLine)


class RecordTable(QAbstractTableModel):
    """Reads rows page by page; the total number of rows is never counted."""

    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._words: Words | None = None
        self._rows: list[ListedRow] = []
        self._next: Cursor | None = None
        self._search, self._state = "", ""
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
        self._replace(self._reader(PAGE)())

    def _ask(self) -> None:
        # One query at a time: text that is typed meanwhile is searched after the result has
        # arrived.
        if self._asking:
            self._ask_again = True
            return
        self._asking, self._ask_again = True, False
        self._question += 1
        rows = PAGE if self._other_search else min(max(PAGE, len(self._rows)), READ_AGAIN)

        def then(page: ListPage) -> None:
            self._asking = False
            if self._ask_again:
                self._ask()
                return
            self._replace(page)

        def failed(error: TidewaiterError) -> None:
            self._asking = False
            self.refused.emit(error)

        self._bridge.read(self._reader(rows), then, failed)

    def _reader(self, limit: int, after: Cursor | None = None) -> Callable[[], ListPage]:
        """The function that reads one page; drafts are on the first page only, all of them."""
        ws, search, state = self._ws, self._search, self._state

        def read() -> ListPage:
            wanted = after is None and state in ("", DRAFT)
            lines = read_drafts(ws) if wanted else ()
            above: list[ListedRow] = [line for line in lines if line.matches(search)]
            if state == DRAFT:
                return ListPage(above, None)
            status = Status(state) if state else None
            page = records.page(ws.db, search=search, status=status, after=after, limit=limit)
            return ListPage([*above, *page.rows], page.next)

        return read

    def _replace(self, page: ListPage) -> None:
        """Show the rows of `page`; new rows are inserted at the top, so that the selection
        stays.
        """
        old, new = [_key(row) for row in self._rows], [_key(row) for row in page.rows]
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

    def row(self, index: int) -> ListedRow | None:
        """The row at `index`; None without one."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def index_of(self, record: RecordId) -> int:
        """The index of a record's row; -1 when the row is not loaded."""
        return self._index((record, False))

    def index_of_draft(self, record: RecordId) -> int:
        """The index of a draft's row; -1 when it is not in the list."""
        return self._index((record, True))

    def _index(self, key: tuple[RecordId, bool]) -> int:
        return next((i for i, row in enumerate(self._rows) if _key(row) == key), -1)

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
        question = self._question

        def then(page: ListPage) -> None:
            if question != self._question or not self._fetching:
                return
            self._fetching = False
            self._next = page.next
            if page.rows:
                last = len(self._rows)
                self.beginInsertRows(QModelIndex(), last, last + len(page.rows) - 1)
                self._rows += page.rows
                self.endInsertRows()

        self._bridge.read(self._reader(PAGE, self._next), then)

    def _checklist(self, row: ListedRow) -> Checklist | None:
        name, _, version = row.pack.partition(" ")
        return self._ws.checklist(PackRef(id=name, version=version))
