"""The step that takes what headquarters gave: a file, the text of a QR code, or a code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from domain.document import JsonValue
from gui.first_run.step import Step
from gui.look.tokens import GAP_3
from gui.parts.button import push_button
from gui.parts.card import Card
from gui.parts.chosen_file import ChooseFile, choose_file
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.text import label
from gui.words import Words


class JoinStep(Step):
    """`given` carries a file or a text, the hub's address, and its authority's file or None."""

    given = Signal(object, str, object)

    def __init__(self, words: Words, file_of: ChooseFile = choose_file) -> None:
        say = words.say
        super().__init__(say("Join with what headquarters gave"), words, main=say("Ask the hub"))
        self._file_of = file_of
        self._typed = {"code": "", "url": ""}
        self._authority: Path | None = None
        card = Card(say("Enrolment file"))
        card.body.addWidget(
            label(say("It has everything in it; nothing else is typed."), wrap=True)
        )
        take = push_button(say("Take an enrolment file …"))
        take.clicked.connect(self._take_file)
        card.body.addLayout(_row(take))
        self.column.addWidget(card)
        card = Card(say("Code"))
        code = self._entry("code", "")
        code_hint = say("it works once; the text of a QR code works too, and needs no address")
        self._code = FieldBox(say("One-time code"), code, hint=code_hint)
        url = self._entry("url", "https://hub.example.org")
        self._url = FieldBox(say("Address of the hub"), url)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(self._code, 1)
        row.addWidget(self._url, 1)
        card.body.addLayout(row)
        code.entered.connect(url.target().setFocus)
        url.entered.connect(self.forward)
        self._pem = label(
            say("Only when headquarters gave a certificate beside the code:"), "label", wrap=True
        )
        card.body.addWidget(self._pem)
        choose = push_button(say("Certificate of the authority …"))
        choose.clicked.connect(self._take_authority)
        card.body.addLayout(_row(choose))
        self.column.addWidget(card)
        self.forward.connect(self._send)
        self.end()

    def _entry(self, name: str, hint: str) -> LineEntry:
        entry = LineEntry(hint=hint)

        def keep(value: JsonValue) -> None:
            self._typed[name] = str(value or "").strip()

        entry.typed.connect(keep)
        return entry

    def _take_file(self) -> None:
        file = self._file_of(self, self.words.say("The enrolment file from headquarters"))
        if file is not None:
            self.given.emit(file, "", self._authority)

    def _take_authority(self) -> None:
        file = self._file_of(self, self.words.say("The certificate from headquarters"))
        if file is not None:
            self._authority = file
            self._pem.setText(self.words.say("Certificate: {file}", file=file.name))

    def _send(self) -> None:
        if not self._typed["code"]:
            self._code.say(self.words.say("is missing"), Mood.BAD)
            self._code.entry.target().setFocus()
            return
        self._code.say()
        self.given.emit(self._typed["code"], self._typed["url"], self._authority)


def _row(button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
