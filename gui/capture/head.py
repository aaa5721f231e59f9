"""The head of the capture screen: the number of the draft, and whether it is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from domain.instant import Instant
from gui.capture.model import CaptureModel
from gui.capture.pace import pace
from gui.packs import title_of
from gui.parts.announce import announce
from gui.parts.head import ScreenHead
from gui.parts.mood import Mood
from gui.words import Words

MOST_OF_TITLE = 48
"""Characters of the checklist's title in the head: a longer one would widen the window."""


class CaptureHead(ScreenHead):
    """Updates itself when the model changes."""

    def __init__(self, model: CaptureModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        self._told_saved = False
        model.saved.connect(self._saved)
        model.unsaved.connect(self._unsaved)
        self._clock = QTimer(self, interval=1000, timerType=Qt.TimerType.CoarseTimer)
        self._clock.timeout.connect(self._tell_pace)

    def begin(self) -> None:
        """Show another draft, or none."""
        say, model = self._words.say, self._model
        self._told_saved = True
        if model.sheet.record is None:
            self.put(say("Record"))
        else:
            self.put(say("Amendment") if model.amends else say("New interception"))
            if model.saved_at is not None:
                self._saved(model.saved_at)
        checklist = model.sheet.checklist
        several = model.sheet.record is not None and bool(model.packs.others)
        title = title_of(checklist, self._words.language) if several else ""
        short = title if len(title) <= MOST_OF_TITLE else f"{title[: MOST_OF_TITLE - 1].rstrip()}…"
        self.chip("checklist", short, Mood.NONE)
        unsigned = model.sheet.record is not None and checklist is not None and checklist.unsigned
        self.chip("pack", say("Pack not signed") if unsigned else "", Mood.WARN)
        self._told_saved = False
        self._tell_pace()
        self._run_clock()

    def scanned(self, words: str) -> None:
        """Show for some seconds what was scanned."""
        self.chip("scanned", words, Mood.ACCENT)
        announce(self, words)

    def showEvent(self, event: QShowEvent) -> None:
        """Count the seconds while the head is visible."""
        super().showEvent(event)
        self._tell_pace()
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop the timer while the head is hidden."""
        super().hideEvent(event)
        self._clock.stop()

    def _run_clock(self) -> None:
        if self._model.opened_at is not None and self.isVisible():
            self._clock.start()
        else:
            self._clock.stop()

    def _tell_pace(self) -> None:
        model = self._model
        self.aside(
            pace(model.finals[model.session.badge], self._seconds(), model.amends, self._words)
        )

    def _seconds(self) -> int | None:
        return self._model.seconds_open if self._model.opened_at is not None else None

    def _saved(self, at: Instant) -> None:
        text = self._words.say("Saved {time}", time=self._words.time(at))
        self.chip("saved", text, Mood.OK)
        if not self._told_saved:
            # Once for each draft and after a failure; saving after each key is not spoken.
            self._told_saved = True
            announce(self, text)

    def _unsaved(self, failed: bool) -> None:
        if failed:
            self._told_saved = False
            self.chip("saved", self._words.say("Not saved"), Mood.BAD)
            announce(self, self._words.say("Not saved"), urgent=True)
        else:
            self.chip("saved", self._words.say("Saving …"), Mood.NONE)
