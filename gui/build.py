"""Builds the desk: models, then screens, then the window. The only file that knows all screens."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from domain.changes import Changes
from domain.ids import RecordId
from domain.words import in_language
from gui.bridge import Bridge
from gui.capture.model import CaptureModel
from gui.capture.newer_pack import NewerPack
from gui.capture.view import CaptureView
from gui.frame import Built, Frame, Screen
from gui.look.icons import icon
from gui.look.qt_words import QtWords
from gui.look.theme import Theme
from gui.outbox.actions import hub_link, stick_work
from gui.outbox.model import OutboxModel
from gui.outbox.schedule import QtTimer, Timer
from gui.outbox.sentence import hub_sentence
from gui.outbox.stick_model import StickModel
from gui.packs import PackChoice
from gui.parts.band import PracticeBand
from gui.parts.first_paint import FirstPaint
from gui.parts.footer import Footer
from gui.parts.key_list import KeyList
from gui.parts.mood import Mood
from gui.parts.palette import CommandPalette
from gui.parts.rail import Destination, Rail
from gui.parts.spoken import speak_plainly
from gui.photos.finish import finish_taking_in
from gui.receipts.model import ReceiptsModel
from gui.records.columns import DRAFT
from gui.records.model import RecordsModel
from gui.records.strip import PhotoReader
from gui.same_find import OfFind
from gui.session import DeskSession
from gui.settings.model import SettingsModel
from gui.shape import shape_of, show_on_screen
from gui.window import Window
from gui.words import Words
from storage import settings
from storage.appearance import Appearance, write_appearance
from storage.settings import WINDOW, WINDOW_SCREEN
from storage.workstation import Workstation
from system.resources import RESOURCES, translation

POINTING = ("list", "record")
"""Icons that are mirrored in languages that are written from right to left."""


class Desk:
    """The models exist as long as the desk; screens are built again after a change of language."""

    def __init__(
        self,
        ws: Workstation,
        app: QApplication,
        *,
        timer: Timer | None = None,
        chance: Callable[[], float] = random.random,
        ended_badly: bool = False,
        window: Window | None = None,
    ) -> None:
        """`ended_badly`: the desk ended without being asked to when it was open last. `window`: it
        is shown already.
        """
        self._ws, self._app = ws, app
        self._ended_badly = ended_badly
        self._closes = False
        self.bridge = Bridge(ws.home)
        self.session = DeskSession(ws, self.bridge)
        self.packs = PackChoice(ws, self.bridge)
        self.settings = SettingsModel(
            ws, self.bridge, lambda *enrolling: hub_link().enrol(*enrolling)
        )
        self._qt_words = QtWords(app)
        self.theme = Theme(app, RESOURCES / "fonts")
        self.capture = CaptureModel(ws, self.bridge, self.session, self.packs)
        self.records = RecordsModel(ws, self.bridge, self.session, self.capture.drafts)
        self.receipts = ReceiptsModel(ws, self.bridge, self.session)
        self.outbox = OutboxModel(
            ws,
            self.bridge,
            lambda progress, stop, notes: hub_link().run(ws, progress, stop, notes),
            lambda url: hub_link().knock(url),
            chance=chance,
            timer=timer or QtTimer(),
        )
        self.stick = StickModel(ws, self.bridge, stick_work())
        self._reader = PhotoReader(ws, self.bridge)
        speak_plainly()
        self.window = window or Window()
        self.theme.use(self.settings.value("theme"))
        self.capture.resume_at_once()
        self.build_screens()
        self.settings.changed.connect(self._set)
        self.session.changed.connect(lambda _badge: self.build_screens())
        self.theme.changed.connect(lambda _palette: self.build_screens())
        self.outbox.read.connect(self._say_hub)
        self.records.amending.connect(self._to_draft)
        self.records.another_wanted.connect(self._to_another)
        self.capture.find.wanted.connect(self._to_find)
        self.records.deleting.connect(self.capture.forget)
        self.bridge.changed.connect(self._hear)
        self.window.closing.connect(self.close)

    def start(self, *, by_itself: bool = True) -> None:
        """Show the window, then read what is less urgent.

        `by_itself`: synchronise automatically.
        """
        if not self.window.isVisible():
            db = self._ws.db
            show_on_screen(self.window, WINDOW_SCREEN.read(db), lambda key: WINDOW.of(key).read(db))
        self.window.go(self.window.here)
        if self._ended_badly:
            self.capture_view.dialogue.ended_badly()
        if by_itself:
            self.outbox.start()
            # Loading Qt's network takes as long as painting the first screen.
            FirstPaint(self.window).painted.connect(self.outbox.network.watch)
        else:
            self.outbox.refresh()

    def close(self) -> None:
        """Close the desk. All typed text and all added photos are on the disk when this returns."""
        self._closes = True
        self.outbox.pause()
        finish_taking_in(self.capture.photos, self._say_taking_in)
        self.capture.put_away()
        if self.window.isVisible():
            self._keep_shape()
        self.bridge.close()
        self._qt_words.leave()

    def _keep_shape(self) -> None:
        """Store the shape of the window, and what its next first frame needs."""
        ws, (screen, shape) = self._ws, shape_of(self.window)
        kept = [WINDOW.of(screen).to(shape), WINDOW_SCREEN.to(screen)]
        look = Appearance(self._words.language, self.theme.choice.value, screen, shape)

        def work() -> None:
            settings.write(ws.db, kept)
            with contextlib.suppress(OSError):  # then the next start shows its window later
                write_appearance(ws.home, look)

        self.bridge.write(work)

    @property
    def capture_view(self) -> CaptureView:
        """The capture screen."""
        view = self.window.built("capture").view
        assert isinstance(view, CaptureView)
        return view

    def build_screens(self) -> None:
        """Build the screens in the officer's language and theme, from the existing models."""
        language = self.settings.value("language")
        words = Words(language, translation(language))
        self._qt_words.use(language)
        self._words = words
        self.receipts.language = language
        self._app.setLayoutDirection(words.direction)
        say = words.say
        badge = say("Officer {badge}", badge=self.session.badge)
        screens = (
            Screen(Destination("capture", say("Record"), "F2", "record"), self._capture),
            Screen(Destination("records", say("Interceptions"), "F3", "list"), self._records),
            Screen(Destination("receipts", say("Receipts"), "F5", "receipt"), self._receipts),
            Screen(Destination("outbox", say("Outbox"), "F7", "outbox"), self._outbox),
            Screen(Destination("settings", badge, "F10", "officer", last=True), self._settings),
        )
        destinations = [screen.destination for screen in screens]
        self.window.fill(screens, self._frame(words, destinations))
        self._say_hub()

    def _capture(self) -> Built:
        view = CaptureView(self.capture, self._words, self._ws.now().offset_minutes)
        NewerPack(self._ws, self.bridge, self.capture, self._words, view.dialogue)
        view.receipt_wanted.connect(self._to_receipt)
        view.drafts_wanted.connect(self._to_drafts)
        view.pack_wanted.connect(self._to_packs)
        return Built(view, view.actions_here, view.enter)

    def _records(self) -> Built:
        # 85 ms when first shown; the desk opens with the capture screen alone.
        from gui.records.view import RecordsView

        if not self.records.table.rowCount():
            self.records.table.first_page()
        view = RecordsView(self.records, self._reader, self._words)
        view.receipt_wanted.connect(self._to_receipt)
        return Built(view, view.actions_here, view.enter)

    def _receipts(self) -> Built:
        # 70 ms when first shown; the desk opens with the capture screen alone.
        from gui.receipts.view import ReceiptsView

        view = ReceiptsView(self.receipts, self._words)
        return Built(view, view.actions_here, view.enter)

    def _outbox(self) -> Built:
        # 22 ms when first shown; the desk opens with the capture screen alone.
        from gui.outbox.view import OutboxView

        view = OutboxView(self.outbox, self.stick, self._words)
        view.record_wanted.connect(self._to_record)
        return Built(view, view.actions_here, view.enter)

    def _settings(self) -> Built:
        # 29 ms when first shown; the desk opens with the capture screen alone.
        from gui.settings.view import SettingsView

        view = SettingsView(
            self.settings, self.session, self.packs, self.capture.photos, self._words
        )
        return Built(view, view.actions_here)

    def _frame(self, words: Words, destinations: list[Destination]) -> Frame:
        station, palette = self._ws.station, self.theme.palette
        posts = [c.post(station.post) for c in self._ws.checklists()]
        post = next((in_language(p.name, words.language) for p in posts if p), station.name)

        def icon_of(name: str, here: bool) -> QPixmap:
            colour = palette.rail_chosen if here else palette.rail_text
            mirror = words.direction is Qt.LayoutDirection.RightToLeft and name in POINTING
            return icon(RESOURCES / "icons", name, colour, mirror=mirror)

        practice = words.say("PRACTICE: nothing here is real")
        return Frame(
            words,
            self.theme.sheet,
            Rail("Tidewaiter", post, destinations, icon_of),
            Footer(words),
            PracticeBand(practice, palette) if station.practice else None,
            lambda page: CommandPalette(page, words),
            lambda tables: KeyList(tables, words),
        )

    def _set(self, name: str) -> None:
        if name == "theme":
            self.theme.use(self.settings.value("theme"))
        else:
            self.build_screens()

    def _say_hub(self) -> None:
        if self.outbox.summary is not None and not self._closes:
            self.window.say(
                *hub_sentence(
                    self.outbox.summary,
                    self._words,
                    self.outbox.schedule,
                    forked=bool(self.outbox.forks),
                )
            )

    def _say_taking_in(self, count: int) -> None:
        words = self._words.count("Adding a photo …", "Adding {count} photos …", count)
        self.window.say(words, Mood.WARN)

    def _to_receipt(self, record: RecordId) -> None:
        self.receipts.choose(record)
        self.window.go("receipts")

    def _to_drafts(self) -> None:
        self.records.filter(DRAFT)
        self.window.go("records")

    def _to_record(self, record: str) -> None:
        self.records.choose(RecordId.parse(record))
        self.window.go("records")

    def _to_find(self, one: OfFind) -> None:
        if one.is_draft:
            self._to_draft(one.record)
        else:
            self._to_record(str(one.record))

    def _to_another(self, record: RecordId) -> None:
        self.window.go("capture")
        self.capture.find.another_wanted.emit(record)

    def _to_packs(self) -> None:
        self.window.go("settings")
        self.settings.packs_wanted.emit()

    def _hear(self, changes: Changes) -> None:
        if changes.packs and not self._closes:
            self.capture_view.show_drafts()

    def _to_draft(self, record: RecordId) -> None:
        self.capture.open(record)
        self.window.go("capture")
