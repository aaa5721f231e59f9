"""The messages of the capture screen, with the buttons of each."""

from __future__ import annotations

from PySide6.QtCore import QObject

from domain.errors import TidewaiterError
from gui.capture.model import CaptureModel
from gui.parts.message import Messages
from gui.parts.mood import Mood
from gui.photos.model import PhotoQuestion
from gui.words import Words
from storage.drafts import Draft

SAVING, OFFICER = "saving", "officer"
"""Subject of the message about a failed save, so that it can be removed after a successful one."""


class CaptureMessages(QObject):
    """Shows messages in the message area of the screen; exists as long as the screen."""

    def __init__(
        self, model: CaptureModel, words: Words, messages: Messages, screen: QObject
    ) -> None:
        super().__init__(screen)
        self._model, self._words, self._messages = model, words, messages
        self.area = messages
        model.refused.connect(self.refused)
        model.save_refused.connect(self._save_refused)
        model.saved.connect(self._saved)
        model.examined.connect(self._examined)
        model.discarded.connect(self._discarded)
        model.photos.refused.connect(self.refused)
        model.photos.asks.connect(self._ask)

    def ended_badly(self) -> None:
        """Say that the desk ended without being asked to when it was open last."""
        say, at = self._words.say, self._model.saved_at
        text = (
            say(
                "The desk ended unexpectedly. Your draft is here, as it was saved {when}.",
                when=self._words.moment(at),
            )
            if at is not None
            else say("The desk ended unexpectedly. Everything that was saved is here.")
        )
        self._messages.inform(text, Mood.WARN)

    def refused(self, error: TidewaiterError) -> None:
        """Show why an action of the officer failed."""
        self._show_error(error)

    def _save_refused(self, error: TidewaiterError) -> None:
        self._show_error(error, SAVING)

    def _show_error(self, error: TidewaiterError, about: str = "") -> None:
        self._messages.inform(self._words.error(error), Mood.BAD, about)

    def _saved(self, _at: object) -> None:
        self._messages.drop(SAVING)

    def _examined(self) -> None:
        if not self._model.recorded_by:
            self._messages.drop(OFFICER)

    def which_officer(self) -> None:
        """Ask which officer records a draft that contains another officer's badge number."""
        model, say, named = self._model, self._words.say, self._model.recorded_by
        text = say(
            "The draft names officer {named}, and you are {officer}. Who records it?",
            named=named,
            officer=model.session.badge,
        )
        ways = [
            (say("Take the draft over"), model.take_over),
            (say("I am {named}", named=named), lambda: model.session.sign_in(named)),
        ]
        self._messages.tell(text, Mood.WARN, ways, OFFICER, instead=True)
        self._messages.focus(OFFICER)

    def _discarded(self, draft: Draft) -> None:
        say, model = self._words.say, self._model

        def undo() -> None:
            model.drafts.put_back(draft, lambda: model.open(draft.record), self.refused)

        ways = [(say("Undo"), undo), (say("Understood"), lambda: None)]
        self._messages.tell(say("The draft is deleted."), Mood.OK, ways)

    def _ask(self, question: PhotoQuestion) -> None:
        photos, say = self._model.photos, self._words.say
        self._messages.tell(
            self._words.error(question.error),
            Mood.WARN,
            [
                (say("Keep as evidence"), lambda: photos.keep(question)),
                (say("Leave out"), lambda: photos.leave_out(question)),
            ],
        )
