"""A new passphrase: typed twice, with its strength below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from domain.document import JsonValue
from domain.passphrase import Strength, strength
from domain.words import mark
from gui.look.tokens import GAP_2, GAP_3
from gui.parts.button import push_button
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.words import Words

HOW = {
    Strength.SHORT: (mark("{least} characters or more"), Mood.NONE),
    Strength.WEAK: (
        mark("weak: take five words or more that you did not choose yourself"),
        Mood.WARN,
    ),
    Strength.FAIR: (mark("fair: one more word makes it strong"), Mood.NONE),
    Strength.STRONG: (mark("✓ strong"), Mood.OK),
}


class NewSecret(QWidget):
    """`entered` is sent when Enter is pressed in the second field."""

    entered = Signal()

    def __init__(self, words: Words, least: int) -> None:
        super().__init__()
        self._words, self._least = words, least
        self._typed = {"first": "", "again": ""}
        say = words.say
        first, again = self._entry("first"), self._entry("again")
        hint = say("five words or more that you did not choose yourself")
        self._first = FieldBox(say("New passphrase"), first, hint=hint)
        self._again = FieldBox(say("The passphrase again"), again)
        first.typed.connect(self._show_strength)
        first.entered.connect(again.target().setFocus)
        again.left.connect(self._compare)
        again.entered.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        row.addWidget(self._first, 1)
        row.addWidget(self._again, 1)
        column.addLayout(row)
        self._eye = push_button(say("Show what is typed"), "link")
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_letters)
        foot = QHBoxLayout()
        foot.addWidget(self._eye)
        foot.addStretch(1)
        column.addLayout(foot)
        self._show_letters(shown=False)

    def _entry(self, name: str) -> LineEntry:
        entry = LineEntry()

        def keep(text: JsonValue) -> None:
            self._typed[name] = str(text or "")

        entry.typed.connect(keep)
        return entry

    def _lines(self) -> list[QLineEdit]:
        found = [box.entry.target() for box in (self._first, self._again)]
        return [line for line in found if isinstance(line, QLineEdit)]

    def _show_letters(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        for line in self._lines():
            line.setEchoMode(modes.Normal if shown else modes.Password)

    def _show_strength(self) -> None:
        text = self._typed["first"]
        what, mood = HOW[strength(text, self._least)]
        self._first.say(self._words.say(what, least=self._least) if text else "", mood)

    def _compare(self) -> bool:
        first, again = self._typed["first"], self._typed["again"]
        differ = bool(again) and first != again
        self._again.say(
            self._words.say("the two passphrases differ") if differ else "",
            Mood.BAD if differ else Mood.NONE,
        )
        return bool(again) and not differ

    def take(self) -> str:
        """The passphrase; empty, with the fault below its field, when it cannot be used."""
        text, say = self._typed["first"], self._words.say
        if strength(text, self._least) is Strength.SHORT:
            what = say("the passphrase is shorter than {least} characters", least=self._least)
            self._first.say(what, Mood.BAD)
            self._first.entry.target().setFocus()
            return ""
        if not self._typed["again"]:
            self._again.say(say("Type the same passphrase here once more."), Mood.BAD)
        elif self._compare():
            return text
        self._again.entry.target().setFocus()
        return ""

    def take_focus(self) -> None:
        """Set the focus to the first field."""
        self._first.entry.target().setFocus()

    def forget(self) -> None:
        """Empty both fields."""
        self._typed = {"first": "", "again": ""}
        for box in (self._first, self._again):
            box.entry.put("")
            box.say()
        self._eye.setChecked(False)
