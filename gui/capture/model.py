"""The model of the capture screen: the open draft, its faults, and saving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from acts.interception.amend import amend
from acts.interception.begin_draft import begin_draft
from acts.interception.finalise import finalise
from acts.interception.save_draft import discard_draft, save_draft
from acts.session import Session
from domain.badge import names_nobody
from domain.changes import Changes
from domain.document import parts_at, text_at
from domain.errors import RecordRefused, TidewaiterError
from domain.fault import Fault
from domain.faults import examine
from domain.ids import RecordId
from domain.instant import Instant
from gui.bridge import Bridge
from gui.capture import memory
from gui.capture.asked import no_result
from gui.capture.description import INTERCEPTION_FORM
from gui.capture.drafts import DraftLine, read_drafts
from gui.capture.opening import on_screen, other_officer
from gui.capture.proposals import ITEM
from gui.capture.saving import Saving
from gui.form.sheet import FormSheet
from gui.packs import PackChoice
from gui.photos.model import PhotosModel
from gui.session import DeskSession
from storage import drafts
from storage.drafts import Draft
from storage.projections import numbers
from storage.workstation import Workstation


class CaptureModel(QObject):
    """The open draft; `opened` is sent when another draft (or none) is on the screen."""

    opened = Signal()
    examined = Signal()
    saved = Signal(object)
    drafts_read = Signal()
    unsaved = Signal(bool)
    """Sent while changes are not saved; True after a failed save."""
    save_refused = Signal(object)
    """Sent when a draft could not be saved; the desk tries again until `saved`."""
    refused = Signal(object)
    finalised = Signal(str)
    officer_wanted = Signal()

    def __init__(
        self, ws: Workstation, bridge: Bridge, session: DeskSession, packs: PackChoice
    ) -> None:
        super().__init__()
        self._ws, self._bridge, self._packs = ws, bridge, packs
        self.session = session
        self.sheet = FormSheet(INTERCEPTION_FORM, packs.chosen)
        self.photos = PhotosModel(ws, bridge, self.sheet)
        self.amends = False
        self.amend_why = ("", "")
        """The code of the reason and the comment, while a record is amended."""
        self.faults: tuple[Fault, ...] = ()
        self.asked_final = False
        self.opened_at: Instant | None = None
        """When the draft was opened."""
        self.finals: Counter[str] = Counter()
        """How many interceptions each officer made final since the desk was opened."""
        self.last_number = ""
        self.last_record: RecordId | None = None
        self.others: tuple[DraftLine, ...] = ()
        self._after_opening: Callable[[], None] | None = None
        self._used: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self._saving = Saving(ws, bridge, self.sheet)
        self._saving.saved.connect(self.saved)
        self._saving.unsaved.connect(self.unsaved)
        self._saving.refused.connect(self.save_refused)
        self._examine_soon = QTimer(self, singleShot=True, interval=0)
        self._examine_soon.timeout.connect(self.examine)
        self.sheet.changed.connect(self._touch)
        self.sheet.reshaped.connect(self._touch)
        bridge.changed.connect(self._hear)
        session.changed.connect(self._signed_in)

    @property
    def saved_at(self) -> Instant | None:
        """When the present content was saved; None while it is not saved."""
        return self._saving.at

    def resume_at_once(self) -> None:
        """Open the last saved draft, for example after a crash; without one the screen stays empty.

        It runs in the window's thread, before the window is shown.
        """
        found = drafts.drafts(self._ws.db)
        if found and self.sheet.record is None:
            self._show(found[0])

    @property
    def can_begin(self) -> bool:
        """Whether a new interception can begin: this needs an adopted pack."""
        return self._packs.chosen is not None

    def begin(self, then: Callable[[], None] | None = None) -> None:
        """Begin an interception, with values from the post, the clock and the last interception.

        `then` is called once it is on the screen.
        """
        checklist = self._packs.chosen
        if checklist is None:
            return
        self.flush()
        acting = self.session.acting if self.session.is_named else Session("")
        self._after_opening = then

        def work() -> Draft:
            like = memory.carried_over(self._ws, checklist.pack.id, acting.badge)
            record = begin_draft(self._ws, checklist, acting, like=like)
            return drafts.draft(self._ws.db, record)

        self._bridge.write(work, self._show, self.refused.emit)

    def open(self, record: RecordId) -> None:
        """Open another draft."""
        self.flush()
        # In the writing thread, so that it is read after the last save.
        self._bridge.write(lambda: drafts.draft(self._ws.db, record), self._show, self.refused.emit)

    def leave(self) -> None:
        """Save the draft and clear the screen."""
        self.flush()
        self._show(None)

    def discard(self) -> None:
        """Delete the draft."""
        record = self.sheet.record
        if record is not None:
            self._saving.forget()
            self._show(None)
            self._bridge.write(lambda: discard_draft(self._ws, record), None, self.refused.emit)

    def leave_field(self, path: str) -> None:
        """The focus left the field: set the values that follow from it, and save now."""
        self.sheet.leave(path)
        self.flush()
        if path.endswith("bag_no") or path == ITEM:
            self._look_for_used()

    def recent(self, list_name: str) -> tuple[str, ...]:
        """The codes of a list used last, newest first."""
        return memory.recent(self._ws, list_name)

    def finalise(self) -> None:
        """Save the draft and finalise it; then `finalised` carries the number, or `faults` are
        new.

        A draft that cannot be saved is not signed. A separate job stores the values for the next
        record; its failure is only logged, because the record is already final. Without a badge
        number, or with another officer's badge in the draft, the record is not signed and
        `officer_wanted` is sent.
        """
        record = self.sheet.record
        if record is None:
            return
        if not self.session.is_named or self.recorded_by:
            self.asked_final = True
            self.examine()
            self.officer_wanted.emit()
            return
        self._saving.flush(anyway=True)
        self.asked_final = True
        document, acting = self.sheet.document, self.session.acting
        pack_id = self.sheet.checklist.pack.id if self.sheet.checklist else ""
        why = self.amend_why if self.amends else None
        made: list[Changes] = []

        def work() -> Changes:
            if drafts.draft(self._ws.db, record).document != document:
                save_draft(self._ws, record, document)
            if why is not None:
                changes = amend(self._ws, record, acting, *why)
            else:
                changes = finalise(self._ws, record, acting)
            made.append(changes)
            return changes

        def remember() -> None:
            if made:
                memory.remember(self._ws, document, pack_id, acting.badge)

        def then(changes: Changes) -> None:
            self.last_number, self.last_record = changes.number, record
            self.finals[acting.badge] += why is None
            self._show(None)
            self.finalised.emit(changes.number)

        self._bridge.write(work, then, self._not_final)
        # Queued now, so that it runs before another record begins and before the desk closes.
        self._bridge.write(remember)

    @property
    def seconds_open(self) -> int:
        """Seconds for which the draft has been open; 0 without a draft."""
        begun = self.opened_at
        return max(0, self._ws.now().millis - begun.millis) // 1000 if begun else 0

    def say_why(self, reason: str, comment: str) -> None:
        """Set why the record is amended: a code of `amend_reasons`, and a comment."""
        self.amend_why = (reason, comment)
        self.examine()

    def _signed_in(self, _badge: str) -> None:
        if names_nobody(self.sheet.value("officer")):
            self.take_over()
        self.examine()

    @property
    def recorded_by(self) -> str:
        """The badge number in the draft when it differs from that of the signed-in officer; else
        empty.

        An amendment keeps the officer of the first recording.
        """
        named = str(self.sheet.value("officer") or "")
        nobody = names_nobody(named) or not self.session.is_named
        return "" if self.amends or nobody or named == self.session.badge else named

    def take_over(self) -> None:
        """Put the badge number of the signed-in officer into the draft."""
        if self.sheet.record is not None:
            self.sheet.put("officer", self.session.badge)
            self.flush()
            self.examine()

    def flush(self) -> None:
        """Save unsaved changes; `saved` is sent after the commit."""
        self._saving.flush()

    def _not_final(self, error: TidewaiterError) -> None:
        if isinstance(error, RecordRefused):
            warnings = tuple(fault for fault in self.faults if fault.warns)
            self.faults = (*error.faults, *warnings)
            self.examined.emit()
        else:
            self.refused.emit(error)

    def _touch(self, _path: str = "") -> None:
        if self.sheet.record is not None:
            self._saving.touch()
            self._examine_soon.start()

    def _show(self, draft: Draft | None) -> None:
        if draft is None:
            self.sheet.lay(None, {}, self._packs.chosen)
        else:
            checklist = self._ws.checklist(draft.pack) or self._packs.chosen
            self.sheet.lay(draft.record, on_screen(draft.document, self.session.badge), checklist)
        self.amends, self.amend_why = bool(draft and draft.amends), ("", "")
        self._saving.begin(draft)
        self.asked_final, self._used = False, ({}, {})
        self.opened_at = self._ws.now() if draft else None
        self.photos.opened()
        self.examine()
        self.opened.emit()
        if draft:
            self._look_for_used()
            self.flush()
            after, self._after_opening = self._after_opening, None
            if after is not None:
                after()
        self._read_drafts()

    def examine(self) -> None:
        """Examine the present document; `examined` is sent when `faults` are new."""
        self._examine_soon.stop()
        checklist = self.sheet.checklist
        if checklist is None or self.sheet.record is None:
            self.faults = ()
        else:
            bags, items = self._used
            self.faults = examine(
                self.sheet.document, checklist, self._ws.now(), used_bags=bags, used_items=items
            ).faults
            self.faults += other_officer(self.recorded_by, self.session.badge)
            self.faults += no_result(self.sheet.document, self.amend_why[0])
        self.examined.emit()

    def _look_for_used(self) -> None:
        lines, record = parts_at(self.sheet.document, "goods"), self.sheet.record
        bag_numbers = [str(line["bag_no"]) for line in lines if line.get("bag_no")]
        item = text_at(self.sheet.document, ITEM)

        def look() -> tuple[dict[str, str], dict[str, str]]:
            db = self._ws.db
            return numbers.used_bags(db, bag_numbers, besides=record), numbers.used_items(
                db, [item], besides=record
            )

        def then(found: tuple[dict[str, str], dict[str, str]]) -> None:
            if found != self._used and record == self.sheet.record:
                self._used = found
                self.examine()

        self._bridge.read(look, then)

    def _hear(self, changes: Changes) -> None:
        if changes.drafts or changes.entries:
            self._read_drafts()

    def _read_drafts(self) -> None:
        def then(found: tuple[DraftLine, ...]) -> None:
            if found != self.others:
                self.others = found
                self.drafts_read.emit()

        self._bridge.read(lambda: read_drafts(self._ws), then)
