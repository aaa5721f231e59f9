"""Builds the desk: models, then screens, then the window. The one file that knows all screens."""

from __future__ import annotations

from threading import Event

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from domain.changes import Changes
from domain.errors import TidewaiterError
from domain.ids import RecordId
from domain.pack.checklist import in_language
from gui.admin.model import SettingsModel
from gui.admin.view import SettingsView
from gui.bridge import Bridge, Progress
from gui.capture.model import CaptureModel
from gui.capture.view import CaptureView
from gui.look.icons import icon
from gui.look.theme import Theme
from gui.outbox.model import OutboxModel
from gui.outbox.sentence import hub_sentence
from gui.outbox.view import OutboxView
from gui.parts.rail import Stop
from gui.receipts.model import ReceiptsModel
from gui.receipts.view import ReceiptsView
from gui.records.model import RecordsModel
from gui.records.strip import PhotoReader
from gui.records.view import RecordsView
from gui.window import Frame, Screen, Window
from gui.words import Words
from storage.resources import RESOURCES, translation
from storage.workstation import Workstation


class Desk:
    """The models live as long as the desk; screens are built anew for another language."""

    def __init__(self, ws: Workstation, app: QApplication) -> None:
        self._ws, self._app = ws, app
        self.bridge = Bridge()
        self.settings = SettingsModel(ws, self.bridge)
        officer = self.settings.value("officer")
        self.theme = Theme(app, RESOURCES / "fonts")
        self.capture = CaptureModel(ws, self.bridge, officer)
        self.records = RecordsModel(ws, self.bridge)
        self.receipts = ReceiptsModel(ws, self.bridge, officer)
        self.outbox = OutboxModel(ws, self.bridge, self._sync_now)
        self._reader = PhotoReader(ws, self.bridge)
        self.window = Window()
        self.theme.use(self.settings.value("theme"))
        self.records.table.first_page()
        self.build_screens()
        self.settings.changed.connect(self._set)
        self.theme.changed.connect(lambda _palette: self.build_screens())
        self.outbox.read.connect(self._say_hub)
        self.window.closing.connect(self.close)

    def start(self) -> None:
        """Show the window; what can wait is read afterwards."""
        self.window.resize(1462, 900)
        self.window.show()
        self.capture.resume()
        self.outbox.refresh()

    def close(self) -> None:
        """Everything typed is on the disk when this returns."""
        self.capture.flush()
        self.bridge.close()

    def build_screens(self) -> None:
        """The screens in the language and theme of the officer, from the models as they are."""
        language = self.settings.value("language")
        words = Words(language, translation(language))
        self._words = words
        self._app.setLayoutDirection(words.direction)
        self.receipts.language = language
        say = words.say
        self.capture_view = capture = CaptureView(
            self.capture, words, self._ws.now().offset_minutes
        )
        capture.receipt_wanted.connect(self._to_receipt)
        found = RecordsView(self.records, self._reader, words, self._amend)
        found.receipt_wanted.connect(self._to_receipt)
        paper = ReceiptsView(self.receipts, words)
        outbox = OutboxView(self.outbox, words)
        outbox.record_wanted.connect(self._to_record)
        badge = say("Officer {badge}", badge=self.settings.value("officer"))
        screens = (
            Screen(Stop("capture", say("Record"), "F2", "record"), capture, capture.actions_here),
            Screen(Stop("records", say("Interceptions"), "F3", "list"), found, found.actions_here,
                   found.enter),
            Screen(Stop("receipts", say("Receipts"), "F5", "receipt"), paper, paper.actions_here,
                   paper.enter),
            Screen(Stop("outbox", say("Outbox"), "F7", "outbox"), outbox, outbox.actions_here,
                   outbox.enter),
            Screen(Stop("settings", badge, "F10", "officer", last=True),
                   SettingsView(self.settings, self.capture, words)),
        )  # fmt: skip
        self.window.fill(screens, self._frame(words))
        self._say_hub()

    def _frame(self, words: Words) -> Frame:
        station, palette = self._ws.station, self.theme.palette
        posts = [c.post(station.post) for c in self._ws.checklists()]
        post = next((in_language(p.name, words.language) for p in posts if p), station.name)

        def icon_of(name: str, here: bool) -> QPixmap:
            colour = palette.rail_chosen if here else palette.rail_text
            return icon(RESOURCES / "icons", name, colour)

        return Frame(words, palette, post, station.practice, icon_of)

    def _set(self, name: str) -> None:
        officer = self.settings.value("officer")
        self.capture.officer = self.receipts.officer = officer
        if name == "theme":
            self.theme.use(self.settings.value("theme"))
        else:
            self.build_screens()

    def _say_hub(self) -> None:
        if self.outbox.summary is not None:
            self.window.say(*hub_sentence(self.outbox.summary, self._words))

    def _to_receipt(self, record: RecordId) -> None:
        self.receipts.choose(record)
        self.window.go("receipts")

    def _to_record(self, record: str) -> None:
        self.records.choose(RecordId.parse(record))
        self.window.go("records")

    def _amend(self) -> None:
        record = self.records.record
        if record is None:
            return

        def work() -> Changes:
            # Not needed before the first amendment of the day.
            from acts.amend import begin_amendment

            return begin_amendment(self._ws, record)

        def then(_: Changes) -> None:
            self.capture.open(record)
            self.window.go("capture")

        def failed(error: TidewaiterError) -> None:
            self.records.refused.emit(error)

        self.bridge.write(work, then, failed)

    def _sync_now(self, progress: Progress, cancelled: Event) -> Changes:
        """One run of synchronisation, beside the window. The place where it is wired."""
        # The HTTP client takes 115 ms to load: not before it is used.
        from acts.join_hub import hub_place
        from sync.engine import Run
        from sync.link import Link

        with Link(hub_place(self._ws), self._ws.device) as link:
            outcome = Run(
                self._ws,
                link,
                progress=lambda p: progress(p.summary.photos_held, p.summary.photos),
                cancelled=cancelled.is_set,
            ).go()
        if outcome.problems:
            raise outcome.problems[0]
        return Changes(hub=True)
