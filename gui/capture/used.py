"""Bag and item numbers of the open draft that other interceptions already have."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from domain.document import parts_at, text_at
from domain.errors import Malformed
from domain.ids import RecordId
from gui.bridge import Bridge
from gui.capture.proposals import ITEM
from gui.form.sheet import FormSheet
from storage.projections import numbers
from storage.workstation import Workstation


class UsedBefore(QObject):
    """`changed` is sent when other numbers of the draft turn out to be used."""

    changed = Signal()

    def __init__(self, ws: Workstation, bridge: Bridge, sheet: FormSheet) -> None:
        super().__init__()
        self._ws, self._bridge, self._sheet = ws, bridge, sheet
        self.bags: dict[str, str] = {}
        """Where each used bag number was used: a seizure number."""
        self.items: dict[str, str] = {}

    def forget(self) -> None:
        """Another draft is on the screen."""
        self.bags, self.items = {}, {}

    def look(self) -> None:
        """Look in the background for the numbers that the draft has now."""
        lines, record = parts_at(self._sheet.document, "goods"), self._sheet.record
        bag_numbers = [str(line["bag_no"]) for line in lines if line.get("bag_no")]
        item = text_at(self._sheet.document, ITEM)
        case_id = self._case_id()

        def work() -> tuple[dict[str, str], dict[str, str]]:
            db = self._ws.db
            return numbers.used_bags(db, bag_numbers, besides=record), numbers.used_items(
                db, [item], besides=record, case_id=case_id
            )

        def then(found: tuple[dict[str, str], dict[str, str]]) -> None:
            if found != (self.bags, self.items) and record == self._sheet.record:
                self.bags, self.items = found
                self.changed.emit()

        self._bridge.read(work, then)

    def _case_id(self) -> RecordId | None:
        try:
            return RecordId.parse(text_at(self._sheet.document, "case"))
        except Malformed:
            return self._sheet.record
