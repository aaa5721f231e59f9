"""The receipts of one interception: issued, shown, printed, saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.fold import Status
from domain.ids import RecordId
from gui.bridge import Bridge
from gui.session import DeskSession
from storage.projections import records
from storage.projections.records import RecordRow
from storage.workstation import Workstation
from system.resources import languages

if TYPE_CHECKING:
    from gui.receipts.deeds import DrawnCopy, ReceiptDeeds

LATEST = 40
"""Interceptions listed at most, the newest ones."""


class ReceiptsModel(QObject):
    """`shown` is sent when the record, the receipt or the preview has changed."""

    shown = Signal()
    refused = Signal(object)
    issued = Signal(str)
    saved = Signal(str, int)
    """The name of the file, and the number of the copy; 1 is the original."""
    to_print = Signal(object, int)
    """The pages, and the number of the copy; 1 is the original."""

    def __init__(self, ws: Workstation, bridge: Bridge, session: DeskSession) -> None:
        super().__init__()
        self._ws, self._bridge, self._session = ws, bridge, session
        self.language = "en"
        self.row: RecordRow | None = None
        self.pages: tuple[QImage, ...] = ()
        self.recent: tuple[RecordRow, ...] = ()
        self.busy = False
        bridge.changed.connect(self._hear)

    @property
    def number(self) -> str:
        """The number of the receipt on the screen; empty when none is issued."""
        return self.row.receipt if self.row else ""

    @property
    def may_issue(self) -> bool:
        """Whether a receipt can be issued for the record on the screen."""
        row = self.row
        return row is not None and row.status is not Status.CANCELLED and not self.busy

    def languages(self) -> tuple[str, ...]:
        """Languages for receipts that the record's pack also has."""
        row = self.row
        found = [
            c for c in self._ws.checklists() if row and c.pack.id == row.pack.partition(" ")[0]
        ]
        ours = languages()
        return tuple(tag for tag in found[0].pack.languages if tag in ours) if found else ("en",)

    @property
    def paper_language(self) -> str:
        """The language of the next receipt: the chosen one, if the pack has it."""
        codes = self.languages()
        return self.language if self.language in codes else codes[0]

    def read_recent(self) -> None:
        """Read the last interceptions, with or without a receipt."""

        def then(page: records.RecordPage) -> None:
            if page.rows != self.recent:
                self.recent = page.rows
                self.shown.emit()

        self._bridge.read(lambda: records.page(self._ws.db, limit=LATEST), then, self.refused.emit)

    def choose(self, record: RecordId) -> None:
        """Show the receipt of this record, if it has one."""

        def work() -> tuple[RecordRow, tuple[QImage, ...]]:
            row = records.row(self._ws.db, record)
            return row, self._deeds().preview(row.receipt) if row.receipt else ()

        def then(found: tuple[RecordRow, tuple[QImage, ...]]) -> None:
            self.row, self.pages = found
            self.busy = False
            self.shown.emit()

        self._bridge.read(work, then, self._failed)

    def _deeds(self) -> ReceiptDeeds:
        # Loads the PDF library (0.7 s), which the desk does not need at the start.
        from gui.receipts.deeds import ReceiptDeeds

        return ReceiptDeeds(self._ws)

    def issue(self) -> None:
        """Issue the receipt, then show it."""
        row, language, session = self.row, self.paper_language, self._session.acting
        if row is None:
            return
        self._begin()

        def work() -> Changes:
            return self._deeds().issue(row.record, session, language)

        def then(changes: Changes) -> None:
            self.issued.emit(changes.number)
            self.choose(row.record)

        self._bridge.write(work, then, self._failed)

    def save(self, file: Path) -> None:
        """Save the receipt as a file; the copy is logged when its bytes are on the disk."""
        number, session = self.number, self._session.acting
        copies: list[int] = []
        self._begin()

        def work() -> Changes:
            changes, copy = self._deeds().save(number, session, file)
            copies.append(copy)
            return changes

        def then(_: Changes) -> None:
            self._end()
            self.saved.emit(file.name, copies[-1])

        self._bridge.write(work, then, self._failed)

    def print_out(self) -> None:
        """Draw the pages, log the copy; then `to_print` carries the pages.

        Call it only when the printer has answered.
        """
        number, session = self.number, self._session.acting
        drawn: list[DrawnCopy] = []
        self._begin()

        def work() -> Changes:
            changes, copy = self._deeds().draw_to_print(number, session)
            drawn.append(copy)
            return changes

        def then(_: Changes) -> None:
            self._end()
            self.to_print.emit(drawn[-1].pages, drawn[-1].copy)

        self._bridge.write(work, then, self._failed)

    def _begin(self) -> None:
        self.busy = True
        self.shown.emit()

    def _end(self) -> None:
        self.busy = False
        self.shown.emit()

    def _failed(self, error: TidewaiterError) -> None:
        self._end()
        self.refused.emit(error)

    def _hear(self, changes: Changes) -> None:
        if changes.entries:
            self.read_recent()
