"""The model of the capture screen: the open draft, its faults, and saving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from acts.interception.amend import amend, is_unchanged
from acts.interception.finalise import finalise
from acts.interception.save_draft import discard_draft, save_draft
from acts.session import Session
from domain.badge import names_nobody
from domain.changes import Changes
from domain.document import DocumentPart
from domain.errors import RecordRefused, TidewaiterError
from domain.fault import Fault
from domain.faults import Examiner
from domain.ids import RecordId
from domain.instant import Instant
from gui.bridge import Bridge
from gui.capture import memory
from gui.capture.amending import no_reason
from gui.capture.asked import no_result
from gui.capture.description import form_of
from gui.capture.find import FindOfDraft
from gui.capture.opening import on_screen, other_officer
from gui.capture.proposals import ITEM
from gui.capture.saving import Saving
from gui.capture.used import UsedBefore
from gui.drafts import DraftList
from gui.form.chip_order import ChipOrder
from gui.form.sheet import FormSheet
from gui.packs import PackChoice
from gui.photos.model import PhotosModel
from gui.session import DeskSession
from storage import drafts
from storage.drafts import Draft
from storage.workstation import Workstation


class CaptureModel(QObject):
    """The open draft; `opened` is sent when another draft (or none) is on the screen."""

    opened = Signal()
    examined = Signal()
    saved = Signal(object)
    unsaved = Signal(bool)
    """Sent while changes are not saved; True after a failed save."""
    save_refused = Signal(object)
    """Sent when a draft could not be saved; the desk tries again until `saved`."""
    refused = Signal(object)
    finalised = Signal(str)
    officer_wanted = Signal()
    discarded = Signal(object)
    not_final = Signal()
    """Sent when finalising was refused because of `faults`."""

    def __init__(
        self, ws: Workstation, bridge: Bridge, session: DeskSession, packs: PackChoice
    ) -> None:
        super().__init__()
        self._ws, self._bridge, self.packs = ws, bridge, packs
        self.session = session
        self.sheet = FormSheet(form_of, packs.chosen)
        self.photos = PhotosModel(ws, bridge, self.sheet)
        self.amends = False
        self.amend_why = ("", "")
        """The code of the reason and the comment, while a record is amended."""
        self.faults: tuple[Fault, ...] = ()
        self._examiner = Examiner()
        self.asked_final = False
        self.opened_at: Instant | None = None
        """When the draft was opened."""
        self.finals: Counter[str] = Counter()
        """How many interceptions each officer made final since the desk was opened."""
        self.last_number = ""
        self.last_record: RecordId | None = None
        self.drafts = DraftList(ws, bridge)
        self.order = ChipOrder(self.recent)
        """The order of the chips, fixed while one officer sits at the desk."""
        self._after_opening: Callable[[], None] | None = None
        self.find = FindOfDraft(ws, bridge, self.sheet)
        self._used = UsedBefore(ws, bridge, self.sheet)
        self._used.changed.connect(self.examine)
        self._begun_as: DocumentPart | None = None
        """The document of a draft in which nothing was typed yet when it was opened."""
        self._saving = Saving(ws, bridge, self.sheet)
        self._saving.saved.connect(self.saved)
        self._saving.unsaved.connect(self.unsaved)
        self._saving.refused.connect(self.save_refused)
        self._examine_soon = QTimer(self, singleShot=True, interval=0)
        self._examine_soon.timeout.connect(self.examine)
        self.sheet.changed.connect(self._touch)
        self.sheet.reshaped.connect(self._touch)
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
        return self.packs.chosen is not None

    def begin(self, then: Callable[[], None] | None = None) -> None:
        """Begin an interception, with values from the post, the clock and the last interception.

        `then` is called once it is on the screen.
        """
        checklist = self.packs.chosen
        if checklist is not None:
            self.begin_with(lambda acting: memory.begin(self._ws, checklist, acting), then)

    def begin_with(
        self, make: Callable[[Session], RecordId], then: Callable[[], None] | None = None
    ) -> None:
        """The same for the draft that `make` begins, which runs in the writing thread."""
        self.put_away()
        acting = self.session.acting if self.session.is_named else Session("")
        self._after_opening = then
        self._bridge.write(
            lambda: drafts.draft(self._ws.db, make(acting)),
            lambda draft: self._show(draft, untouched=True),
            self.refused.emit,
        )

    def open(self, record: RecordId) -> None:
        """Open another draft."""
        self.put_away()

        def work() -> tuple[Draft, bool]:
            draft = drafts.draft(self._ws.db, record)
            return draft, is_unchanged(self._ws, draft)

        # In the writing thread, so that it is read after the last save.
        self._bridge.write(
            work, lambda found: self._show(found[0], untouched=found[1]), self.refused.emit
        )

    def leave(self) -> None:
        """Save the draft and clear the screen; a draft in which nothing was typed is not kept."""
        self.put_away()
        self._show(None)

    def forget(self, record: RecordId) -> None:
        """Clear the screen if it shows this draft, which is saved and then deleted elsewhere."""
        if record == self.sheet.record:
            self.flush()
            self._saving.forget()
            self._show(None)

    def put_away(self) -> None:
        """Save the draft, or delete it when nothing was typed in it; it stays on the screen."""
        record = self.sheet.record
        if record is None or not self.is_untouched:
            self.flush()
            return
        self._saving.forget()
        self._bridge.write(lambda: discard_draft(self._ws, record))

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed, scanned or added since the draft was begun."""
        same = self._begun_as is not None and self.sheet.document == self._begun_as
        return same and not self.photos.under_way and self.amend_why == ("", "")

    def discard(self) -> None:
        """Delete the draft as it stands; `discarded` carries it, so that it can be put back."""
        record = self.sheet.record
        if record is not None:
            self.flush()
            self._saving.forget()
            self._show(None)
            self.drafts.delete(record, self.discarded.emit, self.refused.emit)

    def leave_field(self, path: str) -> None:
        """The focus left the field: set the values that follow from it, and save now."""
        self.sheet.leave(path)
        self.flush()
        if path.endswith("bag_no") or path == ITEM:
            self._used.look()

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
        checklist = self.sheet.checklist
        if self.amends and checklist and no_reason(checklist, *self.amend_why):
            self.examine()
            self.not_final.emit()
            return
        document, acting = self.sheet.document, self.session.acting
        pack_id = checklist.pack.id if checklist else ""
        why = self.amend_why if self.amends else None
        made: list[Changes] = []

        def work() -> Changes:
            if drafts.draft(self._ws.db, record).document != document:
                save_draft(self._ws, record, document)
            asked = (self._ws, record, acting)
            signed = finalise(*asked) if why is None else amend(*asked, *why)
            made.append(signed)
            return signed

        def remember() -> None:
            if made:
                memory.remember(self._ws, document, pack_id, acting.badge)

        def then(changes: Changes) -> None:
            self.last_number, self.last_record = changes.number, record
            self.finals[acting.badge] += why is None
            self.drafts.leave_out(record)
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
        self.order.begin_shift()
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
            self.not_final.emit()
        else:
            self.refused.emit(error)

    def _touch(self, _path: str = "") -> None:
        if self.sheet.record is not None:
            self._saving.touch()
            self._examine_soon.start()

    def _show(self, draft: Draft | None, *, untouched: bool = False) -> None:
        if draft is None:
            self.sheet.lay(None, {}, self.packs.chosen)
        else:
            checklist = self._ws.checklist(draft.pack) or self.packs.chosen
            self.sheet.lay(draft.record, on_screen(draft.document, self.session.badge), checklist)
        self.amends, self.amend_why = bool(draft and draft.amends), ("", "")
        self._saving.begin(draft)
        self.asked_final = False
        self.find.look()
        self._used.forget()
        self._examiner = Examiner()
        self.opened_at = self._ws.now() if draft else None
        self._begun_as = self.sheet.document if untouched else None
        self.photos.opened()
        self.examine(silent=True)  # what hears of the new record shows its faults
        self.opened.emit()
        if draft:
            self._used.look()
            self.flush()
            after, self._after_opening = self._after_opening, None
            if after is not None:
                after()
        self.drafts.read_again(draft.record if draft else None)

    def examine(self, *, silent: bool = False) -> None:
        """Examine the present document; `examined` is sent when `faults` are new, if not
        `silent`.
        """
        self._examine_soon.stop()
        checklist = self.sheet.checklist
        if checklist is None or self.sheet.record is None:
            self.faults = ()
        else:
            used, document, now = self._used, self.sheet.document, self._ws.now()
            found = self._examiner.examine(document, checklist, now, used.bags, used.items)
            self.faults = found.faults
            self.faults += other_officer(self.recorded_by, self.session.badge)
            self.faults += no_result(self.sheet.document, self.amend_why[0])
            self.faults += no_reason(checklist, *self.amend_why) if self.amends else ()
        if not silent:
            self.examined.emit()
