"""The list of interceptions, page by page, and the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.fold import Case
from domain.ids import RecordId
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.records.columns import COLUMNS, cell
from gui.words import Words
from storage.projections import records
from storage.projections.records import Cursor, Page, Row
from storage.workstation import Workstation

PAGE = 100
TYPING_PAUSE = 60
"""Milliseconds; a query takes a tenth of that, but a hand types faster than it reads."""

Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """Rows come a page at a time, by key; how many there are in all is never counted."""

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._words: Words | None = None
        self._rows: list[Row] = []
        self._next: Cursor | None = None
        self._search = ""
        self._asked = 0
        self._fetching = False

    def use(self, words: Words) -> None:
        """Say everything in this language."""
        self.beginResetModel()
        self._words = words
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show what `text` finds, newest first."""
        self._search = text
        self._asked += 1
        asked = self._asked

        def then(page: Page) -> None:
            if asked == self._asked:
                self.beginResetModel()
                self._rows, self._next = list(page.rows), page.next
                self._fetching = False
                self.endResetModel()

        self._bridge.read(lambda: records.page(self._ws.db, search=text, limit=PAGE), then)

    def first_page(self) -> None:
        """Fill it at once, in the window's own thread: it is the last thing before it is shown."""
        page = records.page(self._ws.db, limit=PAGE)
        self.beginResetModel()
        self._rows, self._next = list(page.rows), page.next
        self.endResetModel()

    def refresh(self) -> None:
        """Read again, as something changed."""
        self.search(self._search)

    def row(self, place: int) -> Row | None:
        """The row at `place`."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, record: RecordId) -> int:
        """Where a record stands; -1 when it is not among the rows that were read."""
        return next((i for i, row in enumerate(self._rows) if row.record == record), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows read so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The columns of the list."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        row = self.row(index.row())
        if row is None or self._words is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            checklist = self._checklist(row)
            return cell(row, index.column(), self._words, checklist)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words above a column."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or self._words is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return self._words.say(COLUMNS[section].words) if across else None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there is a further page."""
        return not parent.isValid() and self._next is not None and not self._fetching

    def fetchMore(self, _parent: Index) -> None:
        """Read the next page beside the window."""
        self._fetching = True
        asked, after, search = self._asked, self._next, self._search

        def then(page: Page) -> None:
            if asked != self._asked:
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

    def _checklist(self, row: Row) -> Checklist | None:
        found = (c for c in self._ws.checklists() if c.pack.id == row.pack.partition(" ")[0])
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An interception with all that is shown of it."""

    case: Case
    what: Interception
    """The revision in force, with what stays at this post."""
    checklist: Checklist | None


class RecordsModel(QObject):
    """`chosen` carries a `Chosen`, or None."""

    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.table = RecordTable(ws, bridge)
        self.typed = ""
        self.now: Chosen | None = None
        self.record: RecordId | None = None
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(lambda: self.table.search(self.typed))
        bridge.changed.connect(self._hear)

    def search(self, text: str) -> None:
        """Find as one types."""
        self.typed = text
        self._pause.start()

    def choose(self, record: RecordId | None) -> None:
        """Read one; `chosen` comes when it is there."""
        self.record = record
        if record is None:
            self._show(None)
            return

        def then(found: Chosen) -> None:
            if record == self.record:
                self._show(found)

        self._bridge.read(lambda: read_chosen(self._ws, record), then, self._refuse)

    def _refuse(self, error: TidewaiterError) -> None:
        self.refused.emit(error)

    def _show(self, found: Chosen | None) -> None:
        self.now = found
        self.chosen.emit(found)

    def _hear(self, changes: Changes) -> None:
        if changes.entries or changes.hub:
            self.table.refresh()
            if self.record is not None and str(self.record) in changes.subjects:
                self.choose(self.record)


def read_chosen(ws: Workstation, record: RecordId) -> Chosen:
    """One interception as it stands, with its names."""
    case = records.case(ws.db, record)
    what = records.with_nominal(ws.db, case.current.entry, case.current.body)
    return Chosen(case, what, ws.checklist(what.pack))
