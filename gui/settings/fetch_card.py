"""The card that gives a restored workstation back what it lacks."""

from __future__ import annotations

from acts.station.fetch_back import Lacking
from gui.parts.button import push_button
from gui.parts.chosen_file import ChooseFile, choose_folder
from gui.parts.mood import Mood
from gui.parts.secret_field import SecretField
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
        self._folder_of = folder_of
        say = words.say
        text = say("Photos come back from the hub; names, papers and photos from a later copy.")
        self.body.addWidget(label(text, wrap=True))
        self._secret = SecretField(say("Passphrase or recovery key of the copy"), words)
        self.body.addWidget(self._secret)
        hub = push_button(say("Fetch photos from the hub"))
        hub.clicked.connect(model.fetch_from_hub)
        copy = push_button(say("Fetch from a copy …"))
        copy.clicked.connect(self._choose)
        self.buttons(hub, copy)
        self.body.addLayout(self.foot)
        model.fetched.connect(self._fetched)

    def _choose(self) -> None:
        secret = self._secret.take()
        if not secret:
            return
        folder = self._folder_of(self, self.words.say("The copy of the workstation's folder"))
        if folder is not None:
            self.model.fetch_from_copy(folder, secret)

    def _fetched(self, came: Lacking, left: Lacking) -> None:
        say = self.words.say
        self._secret.forget()
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
