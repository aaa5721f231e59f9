"""The card of what opens the workstation: its passphrase and its recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from domain.document import JsonValue
from gui.parts.button import push_button
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.layouts import empty
from gui.parts.mood import Mood
from gui.parts.new_secret import NewSecret
from gui.recovery import RecoveryPaper
from gui.settings.care import CareModel
from gui.settings.work_card import WorkCard
from gui.words import Words
from storage.keys import PASSPHRASE_LEAST


class SecretCard(WorkCard):
    """Each change asks for what opens the workstation now."""

    def __init__(self, model: CareModel, words: Words) -> None:
        works = ("passphrase", "recovery")
        super().__init__(words.say("What opens the workstation"), model, words, works)
        say = words.say
        self._typed = ""
        present = LineEntry()
        line = present.target()
        assert isinstance(line, QLineEdit)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        present.typed.connect(self._keep)
        self._present = FieldBox(say("Present passphrase or recovery key"), present)
        self._new = NewSecret(words, PASSPHRASE_LEAST)
        present.entered.connect(self._new.take_focus)
        self._new.entered.connect(self._change)
        self.body.addWidget(self._present)
        self.body.addWidget(self._new)
        change = push_button(say("Change the passphrase"))
        change.clicked.connect(self._change)
        recovery = push_button(say("Make a new recovery key"))
        recovery.clicked.connect(self._make_recovery_key)
        self.buttons(change, recovery)
        self._paper = QVBoxLayout()
        self.body.addLayout(self._paper)
        self.body.addLayout(self.foot)
        model.keyed.connect(self._keyed)

    def _keep(self, text: JsonValue) -> None:
        self._typed = str(text or "")

    def _lacks_present(self) -> bool:
        what = "" if self._typed else self.words.say("is missing")
        self._present.say(what, Mood.BAD if what else Mood.NONE)
        if what:
            self._present.entry.target().setFocus()
        return bool(what)

    def _change(self) -> None:
        if self._lacks_present():
            return
        new = self._new.take()
        if new:
            self.model.change_passphrase(self._typed, new)

    def _make_recovery_key(self) -> None:
        if not self._lacks_present():
            self.model.make_recovery_key(self._typed)

    def _keyed(self, recovery: str) -> None:
        say = self.words.say
        self._typed = ""
        self._present.entry.put("")
        self._new.forget()
        if not recovery:
            self.show_result(
                (Mood.OK, say("The new passphrase opens the workstation from now on."))
            )
            return
        self.show_result((Mood.OK, say("The new recovery key is valid; the earlier one is not.")))
        empty(self._paper)
        paper = RecoveryPaper(recovery, self.model.about, self.words, self.model.bridge)
        on = push_button(say("I have it"), "main")
        on.clicked.connect(lambda: paper.check() if paper.asks else paper.ask())
        paper.known.connect(self._known)
        self._paper.addWidget(paper)
        self._paper.addWidget(on)
        on.setFocus()

    def _known(self) -> None:
        empty(self._paper)
        self.show_result((Mood.OK, self.words.say("The recovery key is on paper.")))
        self._present.entry.target().setFocus()
