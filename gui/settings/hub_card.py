"""The card for enrolling this workstation at a hub."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from domain.errors import TidewaiterError
from gui.look.tokens import GAP_3
from gui.parts.announce import announce
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.chosen_file import ChooseFile, choose_file
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood, set_text_mood
from gui.parts.text import label
from gui.settings.model import SettingsModel
from gui.words import Words


class HubCard(Card):
    """An enrolment file, or address and one-time code; and a line with the result."""

    def __init__(
        self, model: SettingsModel, words: Words, file_of: ChooseFile = choose_file
    ) -> None:
        super().__init__(words.say("Hub"))
        self._model, self._words, self._file_of = model, words, file_of
        self._typed = {"url": "", "code": ""}
        self._where = label("", wrap=True)
        self.body.addWidget(self._where)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        say = words.say
        self._url = self._entry("url", "https://hub.example.org")
        row.addWidget(FieldBox(say("Address of the hub"), self._url), 2)
        self._code = self._entry("code", "")
        hint = say("headquarters gives it; it works once; the text of a QR code works too")
        row.addWidget(FieldBox(say("One-time code"), self._code, hint=hint), 1)
        self.body.addLayout(row)
        self._button = push_button(say("Enrol"))
        self._button.clicked.connect(self._enrol)
        self._take = push_button(say("Take an enrolment file …"))
        self._take.clicked.connect(self._enrol_with_file)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_3)
        buttons.addWidget(self._button)
        buttons.addWidget(self._take)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._message = label("", wrap=True)
        self._message.hide()
        self.body.addWidget(self._message)
        model.enrolled.connect(self._enrolled)
        model.refused.connect(self._refused)
        model.hub_read.connect(self._show)
        self._show()

    def _entry(self, name: str, hint: str) -> LineEntry:
        entry = LineEntry(hint=hint)
        entry.typed.connect(lambda text: self._typed.update({name: text}))
        return entry

    def _show(self) -> None:
        hub, say = self._model.hub, self._words.say
        self._where.setText(
            say("This workstation is enrolled at {hub}.", hub=hub)
            if hub
            else say("No hub is set up: everything waits here, and nothing is lost.")
        )

    def _enrol(self) -> None:
        self._begin()
        self._model.enrol(self._typed["url"], self._typed["code"])

    def _enrol_with_file(self) -> None:
        file = self._file_of(self, self._words.say("The enrolment file from headquarters"))
        if file is not None:
            self._begin()
            self._model.enrol_with(file)

    def _begin(self) -> None:
        self._enable(may=False)
        self._tell(self._words.say("Connecting to the hub …"), Mood.MUTE)

    def _enable(self, *, may: bool) -> None:
        self._button.setEnabled(may)
        self._take.setEnabled(may)

    def _enrolled(self, url: str) -> None:
        self._enable(may=True)
        self._code.put("")
        self._typed["code"] = ""
        self._tell(self._words.say("Enrolled at {hub}.", hub=url), Mood.OK)

    def _refused(self, error: TidewaiterError) -> None:
        self._enable(may=True)
        self._tell(self._words.error(error), Mood.BAD)

    def _tell(self, text: str, mood: Mood) -> None:
        self._message.setText(text)
        set_text_mood(self._message, mood)
        self._message.show()
        announce(self, text, urgent=mood is Mood.BAD)
