"""The interceptions of this post: the list, and the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from acts.session import Session
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.fold import Case
from domain.ids import RecordId
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.drafts import DraftLine, DraftList
from gui.records.columns import ListedRow
from gui.records.table import RecordTable
from gui.same_find import OfFind, read_find
from gui.session import DeskSession
from storage import cases
from storage.drafts import Draft
from storage.workstation import Workstation

Deed = Callable[[Workstation, RecordId, Session], Changes]
"""A function that performs a deed on a record, for the officer of a session."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen interception, with everything that the screen shows."""

    case: Case
    what: Interception
    """The revision in force, with the nominal part that stays at this post."""
    checklist: Checklist | None
    whole: bool = True
    """False when the nominal part of this revision is not stored here."""
    find: tuple[OfFind, ...] = ()
    """The other records of its find."""


class RecordsModel(QObject):
    """`chosen` carries a `Chosen`, or None; `amending` carries the record whose draft will be
    opened.
    """

    chosen = Signal(object)
    amending = Signal(object)
    another_wanted = Signal(object)
    """Carries the record of whose find another record is to be begun."""
    filtered = Signal()
    deleting = Signal(object)
    """Sent before a draft is deleted: whoever shows it leaves it."""
    deleted = Signal(object)
    refused = Signal(object)

    def __init__(
        self, ws: Workstation, bridge: Bridge, session: DeskSession, drafts: DraftList
    ) -> None:
        super().__init__()
        self._ws, self._bridge, self._session, self._drafts = ws, bridge, session, drafts
        self.table = RecordTable(ws, bridge)
        self.typed = ""
        self.state = ""
        """The shown state: `DRAFT`, or a value of `Status`; empty for all."""
        self.now: Chosen | None = None
        self.draft: DraftLine | None = None
        """The chosen draft; then no interception is chosen."""
        self._drafts_changed = False
        self.record: RecordId | None = None
        self._then: RecordId | int | None = None
        """The draft or the place of the row that is chosen when the list was read again."""
        self.table.refused.connect(self.refused)
        self.table.modelReset.connect(self._choose_then)
        self.table.rowsInserted.connect(self._choose_then)
        bridge.changed.connect(self._hear)

    def search(self, text: str) -> None:
        """Search for the typed text."""
        self.typed = text
        self.table.search(text)

    def filter(self, state: str) -> None:
        """Show only interceptions of this state; empty for all."""
        self.state = state
        self.table.filter(state)
        self.filtered.emit()

    @property
    def chosen_record(self) -> RecordId | None:
        """The chosen interception or draft."""
        return self.draft.record if self.draft else self.record

    def freshen(self) -> None:
        """Read the list again if drafts changed while another screen was in front."""
        if self._drafts_changed:
            self._drafts_changed = False
            self.table.refresh()
            if self.record is not None:  # its find may have another record
                self.choose(self.record)

    def choose_row(self, row: ListedRow) -> None:
        """Choose the interception or the draft of a row."""
        if isinstance(row, DraftLine):
            self.record, self.draft = None, row
            self._show(None)
        else:
            self.choose(row.record)

    def delete_draft(self) -> None:
        """Delete the chosen draft; `deleted` carries it, so that it can be put back."""
        line = self.draft
        if line is None:
            return
        self.deleting.emit(line.record)
        at = self.table.index_of_draft(line.record)

        def then(draft: Draft) -> None:
            self._leave_draft(at)
            self.deleted.emit(draft)

        self._drafts.delete(line.record, then, self._refuse)

    def put_back(self, draft: Draft) -> None:
        """Put back a deleted draft, and choose it."""
        self._drafts.put_back(draft, lambda: self._leave_draft(draft.record), self._refuse)

    def open_of_find(self, one: OfFind) -> None:
        """Choose another record of the find; a draft is opened to be written on."""
        if one.is_draft:
            self.amending.emit(one.record)
        else:
            self.choose(one.record)

    def _leave_draft(self, then: RecordId | int) -> None:
        """Read the list again; `then` is the draft or the place of the row to be chosen."""
        self.record, self.draft, self._then = None, None, then
        self.table.refresh()
        self._show(None)

    def _choose_then(self) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        last = self.table.rowCount() - 1
        at = min(then, last) if isinstance(then, int) else self.table.index_of_draft(then)
        row = self.table.row(at) if at >= 0 else None
        if row is not None:
            self.choose_row(row)

    def choose(self, record: RecordId | None) -> None:
        """Read an interception; `chosen` is sent when it is ready."""
        self.record, self.draft = record, None
        if record is None:
            self._show(None)
            return

        def then(found: Chosen) -> None:
            if record == self.record:
                self._show(found)

        self._bridge.read(lambda: read_chosen(self._ws, record), then, self._refuse)

    def choose_newest(self) -> None:
        """Choose the first of the list, unless one is chosen, so that the right column is not
        empty.
        """
        newest = self.table.row(0)
        if self.record is None and self.draft is None and newest is not None:
            self.choose_row(newest)

    def do(self, deed: Deed, then: Callable[[Changes], None]) -> None:
        """Perform `deed` on the chosen interception, as the officer at the desk."""
        record, acting = self.record, self._session.acting
        if record is not None:
            self._bridge.write(lambda: deed(self._ws, record, acting), then, self._refuse)

    def _refuse(self, error: TidewaiterError) -> None:
        self.refused.emit(error)

    def _show(self, found: Chosen | None) -> None:
        self.now = found
        self.chosen.emit(found)

    def _hear(self, changes: Changes) -> None:
        self._drafts_changed |= changes.drafts
        if changes.entries or changes.hub:
            self.table.refresh()
            if self.record is not None and str(self.record) in changes.subjects:
                self.choose(self.record)


def read_chosen(ws: Workstation, record: RecordId) -> Chosen:
    """One interception, with its nominal part if that is stored here."""
    case = cases.read(ws.db, record)
    what, whole = cases.with_names_if_held(ws.db, case.current.entry, case.current.body)
    find = read_find(ws, what.case or record, record)
    return Chosen(case, what, ws.checklist(what.pack), whole, find)
