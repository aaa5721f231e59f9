"""The first step: what this computer becomes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from domain.words import mark
from gui.first_run.step import Step
from gui.parts.card import Card
from gui.parts.line_button import LineButton
from gui.parts.text import breakable, label
from gui.words import Words

WAYS = (
    (
        "join",
        mark("Join with what headquarters gave"),
        mark("An enrolment file, the text of a QR code, or a code with the hub's address."),
    ),
    (
        "new",
        mark("New workstation"),
        mark("Headquarters has said which post and number this is; the hub can follow later."),
    ),
    (
        "practice",
        mark("Practice"),
        mark("Everything works and nothing is real. It stands in a folder of its own."),
    ),
    (
        "restore",
        mark("Restore"),
        mark("A backup copy of a workstation's folder is put here."),
    ),
    (
        "elsewhere",
        mark("Open another folder"),
        mark("The workstation is in another folder, on this computer or on a disk."),
    ),
)


class StartStep(Step):
    """`chosen` carries the name of the way."""

    chosen = Signal(str)

    def __init__(self, folder: str, words: Words) -> None:
        say = words.say
        super().__init__("Tidewaiter", words, back=say("Close"))
        self.column.addWidget(label(say("There is no workstation here yet."), wrap=True))
        card = Card(say("What is wanted?"), rows=True)
        self.column.addWidget(card)
        for number, (name, title, detail) in enumerate(WAYS, start=1):
            button = LineButton(str(number), f"{say(title)}\n{say(detail)}")
            button.setAccessibleName(say(title))
            button.setAccessibleDescription(say(detail))
            choose = self._chooser(name)
            button.clicked.connect(choose)
            card.body.addWidget(button)
            QShortcut(QKeySequence(str(number)), self).activated.connect(choose)
        self.column.addWidget(
            label(say("Folder: {folder}", folder=breakable(folder)), "label", wrap=True)
        )
        self.end()

    def _chooser(self, name: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)
