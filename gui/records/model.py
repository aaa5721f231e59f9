"""The list of interceptions, page by page, and the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.fold import Case
from domain.ids import RecordId
from domain.interception.record import Interception, PackRef
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.records.columns import COLUMNS, cell
from gui.words import Words
from storage import cases
from storage.projections import records
from storage.projections.records import Cursor, RecordPage, RecordRow
from storage.workstation import Workstation

PAGE = 100
READ_AGAIN = 1_000
"""Rows that are read again at most when something changed."""
SAYING = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)

Deed = Callable[[Workstation, RecordId, str], Changes]
"""A deed on one record by one officer."""

Index = QModelIndex | QPersistentModelIndex


class RecordTable(QAbstractTableModel):
    """Rows come a page at a time, by key; how many there are in all is never counted."""

    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self._words: Words | None = None
        self._rows: list[RecordRow] = []
        self._next: Cursor | None = None
        self._search = ""
        self._asked = 0
        self._asking, self._again, self._other = False, False, False
        self._fetching = False
        self._texts: dict[int, tuple[str, ...]] = {}

    def use(self, words: Words) -> None:
        """Say everything in this language."""
        self.beginResetModel()
        self._words = words
        self._texts.clear()
        self.endResetModel()

    def search(self, text: str) -> None:
        """Show what `text` finds, newest first."""
        if text != self._search:
            self._search, self._other = text, True
        self._ask()

    def refresh(self) -> None:
        """Read again as far as was read, as something changed."""
        self._ask()

    def first_page(self) -> None:
        """Fill it at once, in the window's own thread: it is the last thing before it is shown."""
        self._lay(records.page(self._ws.db, search=self._search, limit=PAGE))

    def _ask(self) -> None:
        # One question at a time: what is typed meanwhile is asked when the answer is there.
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        self._asked += 1
        search = self._search
        rows = PAGE if self._other else min(max(PAGE, len(self._rows)), READ_AGAIN)

        def then(page: RecordPage) -> None:
            self._asking = False
            if self._again:
                self._ask()
                return
            self._lay(page)

        def failed(error: TidewaiterError) -> None:
            self._asking = False
            self.refused.emit(error)

        self._bridge.read(
            lambda: records.page(self._ws.db, search=search, limit=rows), then, failed
        )

    def _lay(self, page: RecordPage) -> None:
        """Put the rows there; those that stay keep their places, and so does what is chosen."""
        old, new = [row.record for row in self._rows], [row.record for row in page.rows]
        more = len(new) - len(old)
        self._texts.clear()
        self._fetching, self._other = False, False
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

    def row(self, place: int) -> RecordRow | None:
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
        if role not in SAYING:
            return None
        place, words = index.row(), self._words
        texts = self._texts.get(place)
        if texts is None:
            row = self.row(place)
            if row is None or words is None:
                return None
            # Asked for at every painting: made once.
            checklist = self._checklist(row)
            texts = tuple(cell(row, n, words, checklist) for n in range(len(COLUMNS)))
            self._texts[place] = texts
        return texts[index.column()]

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

        def then(page: RecordPage) -> None:
            if asked != self._asked or not self._fetching:
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """An interception with all that is shown of it."""

    case: Case
    what: Interception
    """The revision in force, with what stays at this post."""
    checklist: Checklist | None
    whole: bool = True
    """False when the names of this revision are not held here."""


class RecordsModel(QObject):
    """`chosen` carries a `Chosen`, or None; `amending` the record whose draft is to be opened."""

    chosen = Signal(object)
    amending = Signal(object)
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, officer: str) -> None:
        super().__init__()
        self._ws, self._bridge = ws, bridge
        self.officer = officer
        self.table = RecordTable(ws, bridge)
        self.typed = ""
        self.now: Chosen | None = None
        self.record: RecordId | None = None
        self.table.refused.connect(self.refused)
        bridge.changed.connect(self._hear)

    def search(self, text: str) -> None:
        """Find as one types."""
        self.typed = text
        self.table.search(text)

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

    def choose_newest(self) -> None:
        """Read the first of the list, unless one is chosen: the narrow column is never idle."""
        newest = self.table.row(0)
        if self.record is None and newest is not None:
            self.choose(newest.record)

    def do(self, deed: Deed, then: Callable[[Changes], None]) -> None:
        """Do `deed` on the chosen one, as the officer at the desk."""
        record, officer = self.record, self.officer
        if record is not None:
            self._bridge.write(lambda: deed(self._ws, record, officer), then, self._refuse)

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
    """One interception as it stands, with its names where they are held here."""
    case = cases.read(ws.db, record)
    what, whole = cases.with_names_if_held(ws.db, case.current.entry, case.current.body)
    return Chosen(case, what, ws.checklist(what.pack), whole)
