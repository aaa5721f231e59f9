"""What happens when something is scanned on the capture screen, wherever the focus is."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.capture.model import CaptureModel
from gui.capture.scans import NAMES, Scan, scan_of
from gui.form.document import Document
from gui.parts.message import Messages
from gui.scanning.scanner import Catcher
from gui.words import Words


class Page(Protocol):
    """What is asked of the screen."""

    def here(self) -> str:
        """The path of the field that has the focus."""

    def go_on(self, path: str) -> None:
        """On to the next field that is still to fill."""


class Scanning(QObject):
    """Puts a scan into its field; `told` carries words about it. Enter never submits anything."""

    told = Signal(str)

    def __init__(self, model: CaptureModel, words: Words, page: Page, messages: Messages) -> None:
        super().__init__()
        self._view: QWidget | None = None
        self._model, self._words, self._page, self._messages = model, words, page, messages
        self._catcher = Catcher(self._begins, self._takes)
        self._place: tuple[Document, int] | None = None
        self._here = ""
        self.busy = False
        """While a field is put back to what it was before the scanner typed into it."""

    def watch(self, view: QWidget) -> None:
        """Hear keys whenever `view` is to be seen."""
        self._view = view
        view.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The screen comes to the front, or goes."""
        shows, hides = QEvent.Type.Show, QEvent.Type.Hide
        if self._view is not None and event.type() in (shows, hides):
            top = self._view.nativeParentWidget()
            window = top.windowHandle() if top is not None else None
            if window is not None and event.type() is shows:
                window.installEventFilter(self._catcher)
            elif window is not None:
                window.removeEventFilter(self._catcher)
        return False

    def _begins(self) -> None:
        self._here = self._page.here()
        self._place = self._model.sheet.place()

    def _takes(self, text: str) -> bool:
        model = self._model
        if model.sheet.record is None:
            fresh = scan_of(text, {}, "", ())
            if fresh is None or not model.pack_id:
                return False
            model.begin(lambda: self._put_into_new(text))
            return True
        if self._place is None:
            return False
        document = self._place[0]
        scan = scan_of(text, document, self._here, model.recent("bags"))
        if scan is None:
            return False
        self._put_back()
        if scan.overwrites(document):
            self._ask(scan)
        else:
            self._put(scan)
        return True

    def _put_into_new(self, text: str) -> None:
        scan = scan_of(text, self._model.sheet.document, "", ())
        if scan is not None:
            self._put(scan)

    def _put_back(self) -> None:
        self.busy = True
        holder = QApplication.focusWidget()
        if holder is not None:
            # Closes a list that the scanner's keys have opened.
            holder.clearFocus()
        if self._place is not None:
            self._model.sheet.return_to(self._place)
        if holder is not None:
            holder.setFocus()
        self.busy = False

    def _put(self, scan: Scan) -> None:
        sheet = self._model.sheet
        for path, value in scan.values:
            sheet.put(path, value)
            self._model.settle(path)
        say = self._words.say
        self.told.emit(say("Scanned: {what}", what=say(NAMES[scan.kind])))
        if scan.doubtful:
            text = say("The scanner dropped a separator: compare lot and serial with the label.")
            self._messages.tell(text, "warn", [(say("Understood"), _nothing)])
        self._page.go_on(scan.main)

    def _ask(self, scan: Scan) -> None:
        say, model = self._words.say, self._model
        what = say(NAMES[scan.kind])
        text = say("{what} {text} was scanned, but something else stands there.", what=what,
                   text=scan.text.replace("\x1d", " "))  # fmt: skip
        ways = [(say("Put it there"), lambda: self._put(scan))]
        if scan.main.startswith(("consignment.", "conveyance.")):
            begin = say("New interception with it")
            ways.append((begin, lambda: model.begin(lambda: self._put_into_new(scan.text))))
        self._messages.tell(text, "warn", [*ways, (say("Leave it"), _nothing)])


def _nothing() -> None:
    """The officer has read it."""
