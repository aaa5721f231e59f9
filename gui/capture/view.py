"""The capture screen: the form in the wide column, photos and what is missing in the narrow one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from domain.errors import TidewaiterError
from domain.fault import Fault
from domain.instant import Instant
from gui.action import bind_keys, key_words
from gui.capture.actions import capture_actions
from gui.capture.amending import AmendingCard
from gui.capture.before import BeforeCard
from gui.capture.empty import EmptyPage
from gui.capture.form_column import FormColumn
from gui.capture.model import CaptureModel
from gui.capture.notes import KEEP_KEY, Notes
from gui.capture.photos_card import PhotosCard
from gui.capture.photos_model import Question
from gui.capture.roles import RoleLine
from gui.look.tokens import GAP_3, GAP_4, SIDE_WIDTH
from gui.parts.button import ActionBar
from gui.parts.column import Column
from gui.parts.field import FieldBox
from gui.parts.head import Head
from gui.parts.message import Messages
from gui.words import Words


class CaptureView(QWidget):
    """`receipt_wanted` carries the record whose receipt is to be shown."""

    receipt_wanted = Signal(object)

    def __init__(self, model: CaptureModel, words: Words, offset_minutes: int) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._model, self._words, self._offset = model, words, offset_minutes
        self._form: FormColumn | None = None
        self._notes: Notes | None = None
        self._seen: set[str] = set()
        self._here = ""
        self.actions_here = capture_actions(model, self)
        self._build()
        bind_keys(self.actions_here, self)
        model.opened.connect(self._opened)
        model.examined.connect(self._judged)
        model.saved.connect(self._saved)
        model.refused.connect(self._refused)
        model.finalised.connect(self._final)
        model.drafts_read.connect(self._show_drafts)
        model.sheet.changed.connect(self._changed)
        model.photos.asks.connect(self._ask)
        model.photos.refused.connect(self._refused)
        self._opened()

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(GAP_4 + 4, GAP_3, GAP_4 + 4, GAP_4)
        page.setSpacing(GAP_3)
        self._head = Head()
        page.addWidget(self._head)
        self._messages = Messages()
        page.addWidget(self._messages)
        self._empty = EmptyPage(self._words)
        self._empty.chosen.connect(self._model.open)
        self._empty.begun.connect(self._model.begin)
        self._empty.receipt.connect(self.receipt)
        page.addWidget(self._empty, 1)
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP_3)
        self._scroll = _scroll()
        body.addWidget(self._scroll, 1)
        body.addWidget(self._side())
        page.addWidget(self._body, 1)
        self._bar = ActionBar(self.actions_here, self._words)
        page.addWidget(self._bar)

    def _side(self) -> QScrollArea:
        side = Column()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_3)
        self._photos = PhotosCard(self._model.photos, self._words)
        self._photos.chosen.connect(self._choose_role)
        self._roles = RoleLine(self._words)
        self._roles.chosen.connect(self._model.photos.put_role)
        self._before = BeforeCard(self._words)
        self._before.wanted.connect(self.go_to)
        self._amending = AmendingCard(self._words)
        self._amending.said.connect(self._say_why)
        for widget in (self._amending, self._photos, self._roles, self._before):
            column.addWidget(widget)
        column.addStretch(1)
        area = _scroll()
        area.setWidget(side)
        area.setFixedWidth(SIDE_WIDTH)
        return area

    def _opened(self) -> None:
        sheet = self._model.sheet
        writing, checklist = sheet.record is not None, sheet.checklist
        self._seen.clear()
        self._body.setVisible(writing)
        self._empty.setVisible(not writing)
        self._form = None
        if writing and checklist is not None:
            self._messages.clear()
            self._notes = Notes(checklist, self._words)
            self._form = FormColumn(sheet, checklist, self._words, self._model.recent, self._offset)
            self._form.left.connect(self._left)
            self._form.laid.connect(self._judged)
            self._scroll.setWidget(self._form)
            self._amending.hide()
            if self._model.amends:
                self._amending.ask(self._form.entries.choices.of("amend_reasons"))
            self._photos.refresh(checklist)
            QTimer.singleShot(0, self._focus_first)
        else:
            taken = self._scroll.takeWidget()
            if taken is not None:
                taken.deleteLater()
        self._show_head()
        self._show_drafts()
        self._judged()

    def _show_head(self) -> None:
        say, model = self._words.say, self._model
        if model.sheet.record is None:
            self._head.put(say("Record"))
        else:
            self._head.put(say("Amendment") if model.amends else say("New interception"))
            if model.saved_at is not None:
                self._saved(model.saved_at)
        pack = model.sheet.checklist.pack.id if model.sheet.checklist else ""
        self._head.aside(pack)

    def _show_drafts(self) -> None:
        self._empty.show_state(
            self._model.others, self._model.last_number, has_pack=bool(self._model.pack_id)
        )
        self._bar.refresh()

    def _saved(self, at: Instant) -> None:
        self._head.chip("saved", self._words.say("Saved {time}", time=self._words.time(at)), "ok")

    def _changed(self, path: str) -> None:
        if path.startswith("photos"):
            self._photos.refresh(self._model.sheet.checklist)
        self._here = path
        if path not in self._seen:
            self._show_note(path, None)
        if path.endswith((".packs", ".units_per_pack", ".unit")):
            self._show_note(path.rpartition(".")[0] + ".quantity", None)
        self._bar.refresh()

    def _left(self, path: str) -> None:
        if self._model.sheet.value(path) not in (None, "", []):
            self._seen.add(path)
        self._here = ""
        self._model.settle(path)
        self._judged()

    def _judged(self) -> None:
        form, notes = self._form, self._notes
        if form is None or notes is None:
            return
        faults = self._model.faults
        by_path = {fault.path: fault for fault in reversed(faults)}
        for path in form.boxes():
            fault = by_path.get(path)
            loud = path in self._seen or self._model.asked_final
            self._show_note(path, fault if loud else None)
        typing = {self._here} - self._seen
        shown = [fault for fault in faults if fault.path not in typing]
        self._before.show_faults(shown, notes.with_field, loud=self._model.asked_final)
        self._photos.refresh(self._model.sheet.checklist)

    def _show_note(self, path: str, fault: Fault | None) -> None:
        box = self._form.box(path) if self._form else None
        if box is None or self._notes is None:
            return
        sheet = self._model.sheet
        note = self._notes.below(path, sheet.document, fault, kept=sheet.is_kept(path))
        typing = path == self._here and path not in self._seen
        if typing and note.mood == "bad":
            box.say()
        else:
            box.say(note.text, note.mood, note.offer, key_words(KEEP_KEY) if note.offer else "")

    def go_to(self, path: str) -> None:
        """Put the focus on the field at `path`."""
        if path.startswith("photos"):
            self._photos.focus_first()
            return
        box = (
            self._form.reach(path if path != "goods" else "goods.0.category")
            if self._form
            else None
        )
        if box is not None:
            self._scroll.ensureWidgetVisible(box, 0, 80)
            box.entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def fields(self) -> dict[str, FieldBox]:
        """The fields that are shown, by path, in reading order."""
        return self._form.boxes() if self._form else {}

    def _focus_first(self) -> None:
        if self._form is not None and self.isVisible():
            first = next(iter(self._form.boxes().values()), None)
            if first is not None:
                first.entry.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _final(self, _number: str) -> None:
        self._messages.clear()
        self._show_drafts()
        self._empty.take_focus()

    def _refused(self, error: TidewaiterError) -> None:
        self._messages.tell(
            self._words.error(error), "bad", [(self._words.say("Understood"), lambda: None)]
        )

    def _ask(self, question: Question) -> None:
        photos, say = self._model.photos, self._words.say
        self._messages.tell(
            self._words.error(question.error),
            "warn",
            [
                (say("Keep as evidence"), lambda: photos.keep(question)),
                (say("Leave out"), lambda: photos.leave_out(question)),
            ],
        )

    def _say_why(self, reason: str, comment: str) -> None:
        self._model.amend_why = (reason, comment)

    def _choose_role(self, place: int) -> None:
        checklist = self._model.sheet.checklist
        if checklist is not None and self._form is not None:
            role = str(self._model.photos.photos[place].get("role") or "")
            self._roles.ask(place, self._form.entries.choices.of("photo_roles"), role)

    def choose_photos(self) -> None:
        """Open the system's dialog for files."""
        self._photos.choose_files()

    def paste(self) -> None:
        """Take what the clipboard holds as photos."""
        if not self._photos.paste():
            self._messages.tell(
                self._words.say("There is no picture and no file in the clipboard."),
                "warn",
                [(self._words.say("Understood"), lambda: None)],
            )

    def add_line(self) -> None:
        """One more line of goods."""
        if self._form is not None:
            self._form.add_line()

    def keep_here(self) -> None:
        """Keep the identifier in the field as seen on its label."""
        holder = QApplication.focusWidget()
        for path, box in self._form.boxes().items() if self._form else ():
            if box.entry.target() is holder:
                self._model.sheet.keep_as_seen(path)

    def receipt(self) -> None:
        """Go on to the receipt of what was just made final."""
        if self._model.last_record is not None:
            self.receipt_wanted.emit(self._model.last_record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting a picture where no text is written adds it as a photo."""
        if event.matches(QKeySequence.StandardKey.Paste):
            held = QGuiApplication.clipboard().mimeData()
            if held.hasImage() or held.hasUrls():
                self._photos.paste()
                return
        super().keyPressEvent(event)


def _scroll() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
