"""Puts scanned texts into the form of a screen, independent of the focus."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from domain.document import DocumentPart, text_at
from domain.fault import Fault
from gui.form.document import Snapshot
from gui.form.sheet import FormSheet
from gui.parts.field import FieldBox
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.scanning.scan import CHECKED, KIND_WORDS, ReadScan, Scan
from gui.scanning.scanner import STARTS, FastKeys, ScannerKeys
from gui.words import Words


class ScannedRecord(Protocol):
    """The model of the screen: the record that receives the scans."""

    sheet: FormSheet
    faults: tuple[Fault, ...]
    finalised: SignalInstance

    @property
    def can_begin(self) -> bool:
        """Whether a new record can begin."""

    def begin(self, then: Callable[[], None] | None = None) -> None:
        """Begin a new record; `then` is called when it is on the screen."""

    def leave_field(self, path: str) -> None:
        """The value at `path` is complete: set the values that follow from it, and save."""

    def examine(self) -> None:
        """Find the present faults."""

    def finalise(self) -> None:
        """Sign the record; `finalised` is sent when it is done."""


class ScannedForm(Protocol):
    """The view of the screen: reads and moves the focus."""

    def here(self) -> str:
        """The path of the field that has the focus."""

    def go_on(self, path: str) -> None:
        """Move the focus to the next unfilled field."""

    def fields(self) -> Mapping[str, FieldBox]:
        """The fields that are shown, by path."""


class Start(NamedTuple):
    """Where the focus was when a scan may have begun, and the document before it."""

    here: str
    before: Snapshot


ASKED = "scan"
"""Subject of the question what to do with a scan: a later one replaces it."""
MOVED = "moved scan"
"""Subject of the message about a scan that went to its own field."""


class ScanIntoForm(QObject):
    """Puts a scan into its field; `scanned` carries a text about it.

    The scanner's Enter key does not submit the form. A scan that was not recognised by its speed,
    as over a remote desktop, is recognised by its content when the field is left.
    """

    scanned = Signal(str)

    def __init__(
        self,
        record: ScannedRecord,
        read: ReadScan,
        form: ScannedForm,
        messages: Messages,
        words: Words,
    ) -> None:
        super().__init__()
        self._view: QWidget | None = None
        self._record, self._read, self._form = record, read, form
        self._messages, self._words = messages, words
        self._keys = ScannerKeys(self._begins, self._takes)
        self._starts: deque[Start] = deque(maxlen=STARTS)
        """What stood there when a scan may have begun, the last one last."""
        self.busy = False
        """True while a field is restored to its value before the scan."""
        self._next = ""
        """The scan with which the next record begins, once this one is final."""
        self._asked: dict[str, Scan] = {}
        """Scans that a question is about, by its subject."""
        self._told: Scan | None = None
        """The scan that the head names."""
        record.finalised.connect(self._begin_next)
        record.sheet.changed.connect(self._drop_what_is_past)
        record.sheet.reshaped.connect(self._drop_what_is_past)

    def watch(self, view: QWidget) -> None:
        """Listen for keys while `view` is visible."""
        self._view = view
        view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Watch keys from the time the screen is shown until it is hidden."""
        shows, hides = QEvent.Type.Show, QEvent.Type.Hide
        if self._view is not None and event.type() in (shows, hides):
            top = self._view.nativeParentWidget()
            window = top.windowHandle() if top is not None else None
            if window is not None and event.type() is shows:
                window.installEventFilter(self._keys)
            elif window is not None:
                window.removeEventFilter(self._keys)
        return False

    def _begins(self) -> None:
        self._starts.append(Start(self._form.here(), self._record.sheet.snapshot()))

    def _takes(self, keys: FastKeys) -> bool:
        record, is_open = self._record, self._record.sheet.record is not None
        start = self._starts[-1 - keys.back]
        document = start.before.document if is_open else None
        scan = self._read(keys.text, document, start.here if is_open else "")
        if scan is None or not _is_all_of(scan, keys):
            return False
        if document is None:
            if record.can_begin:
                self._begin_with(keys.text)
            return record.can_begin
        self._put_back(start)
        if scan.overwrites(document):
            self._ask(scan)
        else:
            self._put(scan)
        return True

    def left(self, path: str) -> None:
        """The focus leaves the field at `path`: a scan that stands there raw goes to its own."""
        sheet, box = self._record.sheet, self._form.fields().get(path)
        stray = box.entry.unfinished() if box is not None else ""
        before = sheet.history.before_typing(path)
        if before is None and not stray:
            return
        self._messages.drop(MOVED)
        self._next = ""
        here = sheet.snapshot()
        old = text_at(before, path) if before is not None else ""
        text = stray or text_at(sheet.document, path)
        held = next((o for o in self._as_shown(box, old) if o and text.startswith(o)), "")
        text = text if stray else text[len(held) :]
        document = here.document if before is None else before
        scan = self._read(text, document, path, left=True)
        if scan is None:
            return
        if stray and box is not None:
            box.entry.renew()
        else:
            sheet.put(path, old)
        self._go_to_own_field(scan, here, document)

    def _drop_what_is_past(self, _path: str = "") -> None:
        """What is said of a scan goes when it is no longer so: it was undone, or its field has the
        scanned value now, or none.
        """
        document = self._record.sheet.document
        if self.busy:
            return
        if self._told is not None and not self._told.stands_in(document):
            self._told = None
            self._messages.drop(MOVED)
            self.scanned.emit("")
        for subject, scan in tuple(self._asked.items()):
            if not scan.overwrites(document):
                del self._asked[subject]
                self._messages.drop(subject)

    def _as_shown(self, box: FieldBox | None, value: str) -> tuple[str, ...]:
        """The value, and the words with which its entry shows it."""
        return (value, box.entry.words_of(value)) if box is not None else (value,)

    def _go_to_own_field(self, scan: Scan, here: Snapshot, document: DocumentPart) -> None:
        if scan.overwrites(document):
            self._record.sheet.history.join_since(here)
            self._ask(scan)
            return
        self._set(scan, here)
        say = self._words.say
        what = say(KIND_WORDS[scan.kind])
        words = say("{what} {text} went to its own field. Ctrl+Z takes that back.", what=what,
                    text=_on_one_line(scan.text))  # fmt: skip
        self._messages.stay(words, Mood.OK, MOVED)
        self._tell_scanned(scan)

    def _begin_next(self, _number: str) -> None:
        text, self._next = self._next, ""
        if text:
            self._begin_with(text)

    def _begin_with(self, text: str) -> None:
        self._record.begin(lambda: self._put_into_new(text))

    def _put_into_new(self, text: str) -> None:
        scan = self._read(text, self._record.sheet.document, "")
        if scan is not None:
            self._put(scan)

    def _put_back(self, start: Start) -> None:
        self.busy = True
        holder = QApplication.focusWidget()
        if holder is not None:
            # This closes a list that the scanner's keys have opened.
            holder.clearFocus()
        self._record.sheet.return_to(start.before)
        if holder is not None:
            holder.setFocus()
        box = self._form.fields().get(start.here)
        if box is not None:
            box.entry.renew()
        self.busy = False

    def _set(self, scan: Scan, since: Snapshot) -> None:
        """Set its values, as one step of undo with all changes since the snapshot."""
        for path, value in scan.values:
            self._record.sheet.put(path, value)
            self._record.leave_field(path)
        self._record.sheet.history.join_since(since)

    def _put(self, scan: Scan) -> None:
        self._set(scan, self._record.sheet.snapshot())
        self._tell_scanned(scan)
        self._form.go_on(scan.main)

    def _tell_scanned(self, scan: Scan) -> None:
        say = self._words.say
        self._told = scan
        self.scanned.emit(say("Scanned: {what}", what=say(KIND_WORDS[scan.kind])))
        if scan.doubtful:
            text = say("The scanner dropped a separator: compare lot and serial with the label.")
            self._messages.inform(text, Mood.WARN, ASKED)

    def _ask(self, scan: Scan) -> None:
        say = self._words.say
        what, text = say(KIND_WORDS[scan.kind]), _on_one_line(scan.text)
        words = say("{what} {text} was scanned, but the field already has another value.",
                    what=what, text=text)  # fmt: skip
        ways = [(say("Replace the value"), lambda: self._put(scan))]
        if scan.may_begin and self._is_ready():
            words = say("{what} {text} was scanned, and nothing is missing in the open record.",
                        what=what, text=text)  # fmt: skip
            ways.insert(0, (say("Finalise, then begin with it"), lambda: self._finish_for(scan)))
        if scan.may_begin:
            ways.append((say("New interception with it"), lambda: self._begin_with(scan.text)))
        subject = f"scan {scan.main}"
        self._asked[subject] = scan
        self._messages.tell(words, Mood.WARN, [*ways, (say("Keep the value"), _nothing)],
                             subject, instead=True)  # fmt: skip

    def _is_ready(self) -> bool:
        self._record.examine()
        return all(fault.warns for fault in self._record.faults)

    def _finish_for(self, scan: Scan) -> None:
        self._next = scan.text
        self._record.finalise()


def _is_all_of(scan: Scan, keys: FastKeys) -> bool:
    """Whether nothing is missing in the scan: half a label looks like the number of a bag, and half
    a code like another one. Without Enter more may come.
    """
    if scan.kind in CHECKED:
        return True
    return keys.whole and (keys.entered or scan.kind != "bag")


def _on_one_line(text: str) -> str:
    return text.replace("\x1d", " ").strip()


def _nothing() -> None:
    """Do nothing: the officer has read the message."""
