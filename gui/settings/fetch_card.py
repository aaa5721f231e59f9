"""The card that gives a restored workstation back what it lacks."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from acts.station.fetch_back import Lacking
from domain.document import JsonValue
from gui.parts.button import push_button
from gui.parts.chosen_file import ChooseFile, choose_folder
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.settings.care import CareModel
from gui.settings.work_card import WorkCard
from gui.words import Words


class FetchCard(WorkCard):
    """Photos come from the hub; names, papers and photos from a copy of the folder."""

    def __init__(
        self, model: CareModel, words: Words, folder_of: ChooseFile = choose_folder
    ) -> None:
        super().__init__(words.say("After a restore"), model, words, ("fetch",))
        self._folder_of, self._secret = folder_of, ""
        say = words.say
        text = say("Photos come back from the hub; names, papers and photos from a later copy.")
        self.body.addWidget(label(text, wrap=True))
        secret = LineEntry()
        line = secret.target()
        assert isinstance(line, QLineEdit)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        secret.typed.connect(self._keep)
        self._box = FieldBox(say("Passphrase or recovery key of the copy"), secret)
        self.body.addWidget(self._box)
        hub = push_button(say("Fetch photos from the hub"))
        hub.clicked.connect(model.fetch_from_hub)
        copy = push_button(say("Fetch from a copy …"))
        copy.clicked.connect(self._choose)
        self.buttons(hub, copy)
        self.body.addLayout(self.foot)
        model.fetched.connect(self._fetched)

    def _keep(self, text: JsonValue) -> None:
        self._secret = str(text or "")

    def _choose(self) -> None:
        what = "" if self._secret else self.words.say("is missing")
        self._box.say(what, Mood.BAD if what else Mood.NONE)
        if what:
            self._box.entry.target().setFocus()
            return
        folder = self._folder_of(self, self.words.say("The copy of the workstation's folder"))
        if folder is not None:
            self.model.fetch_from_copy(folder, self._secret)

    def _fetched(self, came: Lacking, left: Lacking) -> None:
        say = self.words.say
        self._secret = ""
        self._box.entry.put("")
        more = say("Still missing: {what}", what=self._counts(left))
        self.show_result(
            (Mood.OK, say("Came back: {what}", what=self._counts(came))),
            (Mood.WARN, more) if left else (Mood.OK, say("Nothing is missing.")),
        )

    def _counts(self, found: Lacking) -> str:
        count = self.words.count
        return ", ".join(
            (
                count("names of {count} record", "names of {count} records", len(found.names)),
                count("{count} paper", "{count} papers", len(found.papers)),
                count("1 photo", "{count} photos", len(found.photos)),
            )
        )
