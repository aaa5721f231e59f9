"""Saves the draft shortly after each key; sends `saved` only when it is on the disk."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from acts.interception.save_draft import save_draft
from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.instant import Instant
from gui.bridge import Bridge
from gui.form.sheet import FormSheet
from storage.drafts import Draft
from storage.workstation import Workstation

PAUSE = 120
"""Milliseconds without a key before the draft is saved; leaving a field saves at once."""
AGAIN = 3000
"""Milliseconds before the next try after a failed save."""


class Saving(QObject):
    """`saved` carries the time when the whole sheet is on the disk."""

    saved = Signal(object)
    unsaved = Signal(bool)
    """Sent while changes are not saved; True after a failed save."""
    refused = Signal(object)

    def __init__(self, ws: Workstation, bridge: Bridge, sheet: FormSheet) -> None:
        super().__init__()
        self._ws, self._bridge, self._sheet = ws, bridge, sheet
        self.at: Instant | None = None
        self._waits = False
        self._under_way = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.flush)

    def begin(self, draft: Draft | None) -> None:
        """Begin with another draft; differences between it and the sheet will be saved."""
        self._waits = draft is not None and self._sheet.document != draft.document
        self.at = draft.saved_at if draft and not self._waits else None

    def forget(self) -> None:
        """Stop saving the draft on the sheet."""
        self._pause.stop()
        self._waits = False

    def touch(self) -> None:
        """Save soon: the sheet has changed."""
        self._waits = True
        self._pause.start(PAUSE)
        if self.at is not None:
            self.at = None
            self.unsaved.emit(False)

    def flush(self, *, anyway: bool = False) -> None:
        """Save unsaved changes now; `anyway`: save also without changes."""
        self._pause.stop()
        record, document = self._sheet.record, self._sheet.document
        if record is None or not (self._waits or anyway):
            return
        self._waits = False
        self._under_way += 1

        def then(_: Changes) -> None:
            self._under_way -= 1
            # Only when nothing was typed since and no later save is running.
            if record == self._sheet.record and not self._waits and not self._under_way:
                self.at = self._ws.now()
                self.saved.emit(self.at)

        def failed(error: TidewaiterError) -> None:
            self._under_way -= 1
            if record == self._sheet.record:
                self._waits = True
                self._pause.start(AGAIN)
                self.unsaved.emit(True)
            self.refused.emit(error)

        self._bridge.write(lambda: save_draft(self._ws, record, document), then, failed)
