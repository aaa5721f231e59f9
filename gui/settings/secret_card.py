"""The card of what opens the workstation: its passphrase and its recovery key."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gui.parts.button import push_button
from gui.parts.layouts import empty
from gui.parts.mood import Mood
from gui.parts.new_secret import NewSecret
from gui.parts.secret_field import SecretField
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
        self._present = SecretField(say("Present passphrase or recovery key"), words)
        self._new = NewSecret(words, PASSPHRASE_LEAST)
        self._present.entry.entered.connect(self._new.take_focus)
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

    def _change(self) -> None:
        present = self._present.take()
        new = self._new.take() if present else ""
        if new:
            self.model.change_passphrase(present, new)

    def _make_recovery_key(self) -> None:
        present = self._present.take()
        if present:
            self.model.make_recovery_key(present)

    def _keyed(self, recovery: str) -> None:
        say = self.words.say
        self._present.forget()
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
