"""The head of the capture screen: what is written, and whether it is on the disk."""

from __future__ import annotations

from domain.instant import Instant
from gui.capture.model import CaptureModel
from gui.parts.head import Head
from gui.words import Words


class CaptureHead(Head):
    """Follows the model by itself."""

    def __init__(self, model: CaptureModel, words: Words) -> None:
        super().__init__()
        self._model, self._words = model, words
        model.saved.connect(self._saved)
        model.unsaved.connect(self._unsaved)

    def begin(self) -> None:
        """Another draft, or none, is on the screen."""
        say, model = self._words.say, self._model
        if model.sheet.record is None:
            self.put(say("Record"))
        else:
            self.put(say("Amendment") if model.amends else say("New interception"))
            if model.saved_at is not None:
                self._saved(model.saved_at)
        self.aside(model.sheet.checklist.pack.id if model.sheet.checklist else "")

    def scanned(self, words: str) -> None:
        """Say for a while what was scanned."""
        self.chip("scanned", words, "accent")

    def _saved(self, at: Instant) -> None:
        self.chip("saved", self._words.say("Saved {time}", time=self._words.time(at)), "ok")

    def _unsaved(self, failed: bool) -> None:
        if failed:
            self.chip("saved", self._words.say("Not saved"), "bad")
        else:
            self.chip("saved", self._words.say("Saving …"), "")
