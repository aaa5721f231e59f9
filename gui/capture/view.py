"""The capture screen: the form in the wide column, photos and what is missing in the narrow one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from domain.pack.checklist import Checklist
from gui.action import bind_keys
from gui.capture.actions import capture_actions
from gui.capture.another import AnotherOfFind
from gui.capture.empty import EmptyPage
from gui.capture.fault_walk import FaultWalk, field_of
from gui.capture.head import CaptureHead
from gui.capture.messages import SAVING, CaptureMessages
from gui.capture.model import CaptureModel
from gui.capture.notes import Notes
from gui.capture.other_packs import pack_with
from gui.capture.safety import SafetyCard
from gui.capture.scans import reader
from gui.capture.sections import GOODS
from gui.capture.side import Side
from gui.form.fault_notes import FaultNotes
from gui.form.next_field import next_field
from gui.form.view import FormView
from gui.look.tokens import GAP_3, GAP_4
from gui.parts.announce import announce
from gui.parts.field import FieldBox
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.parts.scroll import FollowingScroll
from gui.photos.camera_view import CameraView
from gui.photos.viewer import PhotoViewer
from gui.scanning.into_form import ScanIntoForm
from gui.words import Words

FORM_LEAST = 300
"""Pixels of width that the form keeps; the narrow column becomes narrower first."""


def note_of(box: FieldBox) -> str:
    """What is said below a field."""
    return box.entry.target().accessibleDescription()


class CaptureView(QWidget):
    """`receipt_wanted` carries the record whose receipt will be shown."""

    receipt_wanted = Signal(object)
    drafts_wanted = Signal()
    """The list of all drafts is wanted."""
    pack_wanted = Signal()

    def __init__(self, model: CaptureModel, words: Words, offset_minutes: int) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words, self._offset = model, words, offset_minutes
        self._form: FormView | None = None
        """The form while a record is on the screen."""
        self._kept: tuple[FormView, Notes, FaultNotes] | None = None
        """The form of the last checklist with its notes, for the next record."""
        self._fault_notes: FaultNotes | None = None
        self._notes: Notes | None = None
        self._faults_shown: object = None  # and what decides how they stand there
        self._walk = FaultWalk(lambda: model.faults, self, self)
        self.step_fault = self._walk.step  # to the next fault (1) or to the one before (-1)
        self._empty = EmptyPage(model, words)
        self.another_checklist = self._empty.show_others
        self.actions_here = capture_actions(model, self)
        self._build()
        bind_keys(self.actions_here, self)
        read = reader(lambda: model.recent("bags"), lambda: model.sheet.checklist)
        self._scanning = ScanIntoForm(model, read, self, self._messages, words)
        self._scanning.watch(self)
        self._scanning.scanned.connect(self._head.scanned)
        self.dialogue = CaptureMessages(model, words, self._messages, self)
        model.opened.connect(self._opened)
        model.examined.connect(self._show_faults)
        model.finalised.connect(self._show_final)
        model.officer_wanted.connect(self._ask_who)
        model.not_final.connect(self._walk.first)
        model.drafts.changed.connect(self.show_drafts)
        model.sheet.changed.connect(self._changed)
        self.enter = self._empty.take_focus
        """Called when the screen comes to the front."""
        self._opened()

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = CaptureHead(self._model, self._words)
        page.addWidget(self._head)
        self._messages = Messages(self._words)
        page.addWidget(self._messages)
        page.addWidget(AnotherOfFind(self._model, self._words, self._messages))
        self._empty.all_wanted.connect(self.drafts_wanted)
        self._empty.receipt.connect(self.receipt)
        another = self._model.find.another_wanted
        self._empty.another.connect(lambda: another.emit(self._model.last_record))
        self._empty.pack_wanted.connect(self.pack_wanted)
        page.addWidget(self._empty, 1)
        self._body = QWidget()
        self._columns = body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP_3)
        self._scroll = FollowingScroll(steady=True)
        self._scroll.setMinimumWidth(FORM_LEAST)
        self._viewer: PhotoViewer | None = None
        """Made when a photo is first looked at."""
        self._camera = CameraView(self._model.photos, self._words)
        self._camera.opened.connect(self._scroll.hide)
        self._camera.closed.connect(self._scroll.show)
        self._side = Side(self._model, self._words, self.actions_here)
        self._side.wanted.connect(self.go_to)
        self._side.photos.chosen.connect(self._show_photo)
        self._side.amended_for.connect(self._amended_for)
        body.addWidget(self._scroll, 3)
        body.addWidget(self._camera, 3)
        body.addWidget(self._side, 1)
        page.addWidget(self._body, 1)

    def _opened(self) -> None:
        sheet = self._model.sheet
        checklist = sheet.checklist if sheet.record is not None else None
        if self._kept is not None:
            self._kept[0].release()
        self._form = self._fault_notes = self._notes = self._faults_shown = None
        self._body.setVisible(checklist is not None)
        self.show_drafts()
        self._empty.setVisible(checklist is None)
        if self._viewer is not None:
            self._viewer.hide()
        self._camera.hide()
        self._scroll.show()
        self._side.hide_questions()
        # A message leaves with the record that it is about; a failed save is told until one works.
        self._messages.clear(keep=SAVING)
        if checklist is not None:
            self._show_form(checklist)
        self._head.begin()
        self._show_faults()
        if checklist is None:
            self._empty.take_focus()

    def _show_form(self, checklist: Checklist) -> None:
        """Show the record in the form of its checklist, which is built once."""
        if self._kept is not None and self._kept[0].checklist is checklist:
            self._form, self._notes, self._fault_notes = self._kept
            self._fault_notes.begin()
            self._form.begin()
        else:
            self._kept = _new_form(self._model, checklist, self._words, self._offset)
            form, self._notes, self._fault_notes = self._kept
            form.left.connect(self._left)
            form.entered.connect(self.go_on)
            form.laid.connect(self._laid)
            self._scroll.setWidget(form)
            self._fault_notes.show_all()
            self._form = form
        form = self._form
        self._scroll.verticalScrollBar().setValue(0)
        if self._model.amends:
            reasons = form.entries.choices.of("amend_reasons")
            self._side.amending.ask(reasons, *self._model.amend_why)
            form.amend_for(self._model.amend_why[0])
        QTimer.singleShot(0, self, self._focus_first)

    def _amended_for(self, reason: str, comment: str) -> None:
        self._model.say_why(reason, comment)
        if self._form is not None:
            self._form.amend_for(reason)

    def show_drafts(self) -> None:
        """Show the drafts, and whether a new record can begin, which needs a pack."""
        self._empty.refresh()
        self._side.bar.refresh()

    def _changed(self, path: str) -> None:
        if path.startswith(("photos", "goods")):  # some goods need a photo
            self._side.photos.refresh(self._model.sheet.checklist)
        if self._fault_notes is not None:
            self._fault_notes.changed(path)
        self._side.bar.refresh()

    def _left(self, path: str, *, by_enter: bool = False) -> bool:
        """Say what is wrong with the value, and save it; True when Enter must not leave it."""
        if self._fault_notes is None or self._scanning.busy:
            return False
        self._scanning.left(path)
        box = self.fields().get(path)
        if by_enter and box is not None and box.entry.matches_nothing:
            return True
        before = note_of(box) if box else ""
        self._fault_notes.left(path)
        self._model.leave_field(path)
        self._show_faults()
        if box and note_of(box) not in ("", before):
            announce(box, note_of(box))
        return False

    def _show_faults(self) -> None:
        fault_notes, notes = self._fault_notes, self._notes
        if fault_notes is None or notes is None:
            return
        fault_notes.follow()
        typing, loud = fault_notes.typing(), self._model.asked_final
        now = (self._model.faults, typing, loud)
        if now == self._faults_shown:
            return
        self._faults_shown = now
        faults = self._walk.ordered()
        self._side.before.show_faults(faults, notes.with_field, loud=loud, typing=typing)
        self._side.photos.refresh(self._model.sheet.checklist)

    def _laid(self) -> None:
        """Other fields are shown, so the faults may stand in another order."""
        self._faults_shown = None
        self._show_faults()

    def go_to(self, path: str) -> None:
        """Set the focus to the field at `path`."""
        for over_form in (self._viewer, self._camera):
            if over_form is not None and over_form.isVisible():
                over_form.close_it()
        if path == "officer":
            self._ask_who()
        elif not self._side.go_to(path) and self._form is not None:
            wanted = path if path != "goods" else "goods.0.category"
            box = self._form.reach(wanted) or self._form.box(field_of(wanted, self.fields()))
            if box is not None:
                box.entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, path: str) -> None:
        """Go to the next unfilled field after `path`; called when Enter is pressed.

        Words that match nothing are not left: the line below them says what can be done.
        """
        if self._left(path, by_enter=True):
            return
        self._model.examine()
        faults = {fault.path for fault in self._model.faults if not fault.warns}
        sheet = self._model.sheet
        ahead = next_field(sheet.form, list(self.fields()), path, sheet.document, faults)
        if ahead is not None:
            self.go_to(ahead)

    def fields(self) -> dict[str, FieldBox]:
        """The fields that are shown, by path, in reading order."""
        return self._form.boxes() if self._form else {}

    def here(self) -> str:
        """The path of the field that has the focus; empty when none has."""
        holder = QApplication.focusWidget()
        if holder is None:
            return ""
        return next((path for path, box in self.fields().items() if box.isAncestorOf(holder)), "")

    def _focus_first(self) -> None:
        if self.isVisible() and not self.here():
            first = next(iter(self.fields().values()), None)
            if first is not None:
                first.entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_final(self, number: str) -> None:
        announce(self, f"{self._words.say('It is final')}: {number}")

    def _ask_who(self) -> None:
        """Ask who signs: for the badge number, or which of two officers it is."""
        if self._model.recorded_by:
            self.dialogue.which_officer()
        else:
            self._side.ask_badge()

    def _show_photo(self, index: int) -> None:
        if self._form is not None:
            if self._viewer is None:
                self._viewer = viewer = PhotoViewer(self._model.photos, self._words)
                viewer.closed.connect(self._scroll.show)
                viewer.closed.connect(lambda: self._side.photos.focus_tile(viewer.index))
                self._camera.opened.connect(viewer.hide)
                self._columns.insertWidget(1, viewer, 3)
            self._scroll.hide()
            self._camera.hide()
            roles = self._form.entries.photo_roles(self._model.sheet.document)
            self._viewer.open_at(index, roles)

    def choose_photos(self) -> None:
        """Open the system's file dialog."""
        self._side.photos.choose_files()

    def paste(self) -> None:
        """Add the photos in the clipboard."""
        if not self._side.photos.paste():
            self._messages.inform(
                self._words.say("There is no picture and no file in the clipboard."), Mood.WARN
            )

    def add_line(self) -> None:
        """One more line of goods."""
        if self._form is not None:
            self._form.add_item(GOODS)

    def keep_here(self) -> None:
        """Keep the identifier as it is on the label, in spite of its check digit."""
        path = self.here()
        if path:
            self._model.sheet.keep_as_seen(path)

    def receipt(self) -> None:
        """Open the receipt of the record that was just finalised."""
        if self._model.last_record is not None:
            self.receipt_wanted.emit(self._model.last_record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The narrow column gets narrower before the form does."""
        super().resizeEvent(event)
        self._side.fit_beside(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add a pasted picture as a photo, when no text field has the focus."""
        if event.matches(QKeySequence.StandardKey.Paste):
            held = QGuiApplication.clipboard().mimeData()
            if held.hasImage() or held.hasUrls():
                self._side.photos.paste()
                return
        super().keyPressEvent(event)


def _new_form(
    model: CaptureModel, checklist: Checklist, words: Words, offset: int
) -> tuple[FormView, Notes, FaultNotes]:
    """A form for the records of a checklist, with the notes below its fields."""
    safety = SafetyCard(model.sheet, checklist, words)
    form = FormView(model.sheet, checklist, words, model.order, offset, notice=safety)
    form.entries.elsewhere = pack_with(model.packs, model.sheet, words)
    notes = Notes(checklist, words)
    fault_notes = FaultNotes(model, form, notes)
    form.laid.connect(safety.follow)
    form.laid.connect(fault_notes.show_all)
    return form, notes, fault_notes
