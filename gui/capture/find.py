"""The case of the open draft: the other records of the find, and those that it may belong to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from acts.interception.begin_of_find import BegunOfFind, begin_of_find
from acts.session import Session
from domain.changes import Changes
from domain.document import text_at
from domain.errors import Malformed
from domain.ids import RecordId
from domain.pack.checklist import Checklist
from gui.bridge import Bridge
from gui.form.sheet import FormSheet
from gui.same_find import OfFind, of_row, read_find
from storage.projections import records
from storage.workstation import Workstation

CASE = "case"
OFFERED = 100
"""How many interceptions are offered as the same find, newest first."""


class FindOfDraft(QObject):
    """`changed` is sent when `others` are new; `wanted` carries an `OfFind` that is to be opened.
    `another_wanted` carries the record of whose find another record is to be begun.
    """

    changed = Signal()
    wanted = Signal(object)
    another_wanted = Signal(object)
    asked = Signal()
    """The officer wants to name an interception of the same find."""

    def __init__(self, ws: Workstation, bridge: Bridge, sheet: FormSheet) -> None:
        super().__init__()
        self._ws, self._bridge, self._sheet = ws, bridge, sheet
        self.others: tuple[OfFind, ...] = ()
        sheet.changed.connect(self._changed)
        sheet.reshaped.connect(self.look)
        bridge.changed.connect(self._hear)

    @property
    def typed(self) -> str:
        """What stands in the field: the id of a case, or what is typed in search of one."""
        return text_at(self._sheet.document, CASE)

    @property
    def case_id(self) -> RecordId | None:
        """The case of the draft; None without a draft, or while no id is typed."""
        try:
            return RecordId.parse(self.typed) if self.typed else self._sheet.record
        except Malformed:
            return None

    def look(self) -> None:
        """Read the other records of the find in the background."""
        record, case_id = self._sheet.record, self.case_id
        if record is None or case_id is None:
            self._show(())
            return

        def then(found: tuple[OfFind, ...]) -> None:
            if (record, case_id) == (self._sheet.record, self.case_id):
                self._show(found)

        self._bridge.read(lambda: read_find(self._ws, case_id, record), then)

    def offer(self, then: Callable[[tuple[OfFind, ...]], None]) -> None:
        """Call `then` with the newest interceptions, of which one may be of the same find, and
        those of the present case.
        """
        ws, own, case_id = self._ws, self._sheet.record, self.case_id
        if own is None:
            return

        def work() -> tuple[OfFind, ...]:
            rows = records.page(ws.db, limit=OFFERED).rows
            own_case = read_find(ws, case_id, own) if case_id else ()
            found = [*own_case[::-1], *(of_row(ws, row) for row in rows)]
            return tuple(one for one in found if str(own) not in (str(one.record), one.case_id))

        def show(found: tuple[OfFind, ...]) -> None:
            if own == self._sheet.record:
                then(found)

        self._bridge.read(work, show)

    def begin(
        self, record: RecordId, checklist: Checklist, session: Session, language: str
    ) -> BegunOfFind:
        """As `begin_of_find`; in the writing thread."""
        return begin_of_find(self._ws, record, checklist, session, language)

    def put(self, case_id: str) -> None:
        """Set the case of the draft, or clear it."""
        self._sheet.put(CASE, case_id)

    def _show(self, found: tuple[OfFind, ...]) -> None:
        if found != self.others:
            self.others = found
            self.changed.emit()

    def _changed(self, path: str) -> None:
        if path == CASE:
            self.look()

    def _hear(self, changes: Changes) -> None:
        if changes.subjects - {str(self._sheet.record)}:
            self.look()
