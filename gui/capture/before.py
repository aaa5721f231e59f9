"""The card "Before it is final": a list of missing fields; a press on a line opens its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from domain.fault import Fault
from domain.words import mark
from gui.parts.card import Card
from gui.parts.layouts import empty
from gui.parts.line_button import LineButton, SignedLine
from gui.parts.mood import Mood
from gui.words import Words

DONE = (
    ("legal.grounds", mark("Grounds written")),
    ("photos", mark("Photos complete")),
    ("goods", mark("Goods counted")),
)
MOST = 14


class BeforeCard(Card):
    """`wanted` carries the path of the pressed fault."""

    wanted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Before it is final"), rows=True)
        self._words = words
        self._at: object = None

    def show_faults(
        self, faults: Sequence[Fault], words_of: Callable[[Fault], str], *, loud: bool
    ) -> None:
        """`words_of` returns a fault's words with its field; `loud` after the officer tried to
        finalise.
        """
        now = (loud, tuple((fault.path, fault.warns, words_of(fault)) for fault in faults))
        if now == self._at:
            return
        self._at = now
        empty(self.body)
        blocking = [fault for fault in faults if not fault.warns]
        count = len(blocking)
        if count:
            text = self._words.count("1 to do", "{count} to do", count)
            self.set_chip(text, Mood.BAD if loud else Mood.NONE)
        else:
            self.set_chip(self._words.say("ready"), Mood.OK)
        warned = [fault for fault in faults if fault.warns]
        for fault in (*blocking, *warned)[:MOST]:
            self._line(fault, words_of(fault), loud=loud)
        if len(faults) > MOST:
            rest = len(faults) - MOST
            more = self._words.count("and {count} more", "and {count} more", rest)
            self.body.addWidget(SignedLine("", more))
        self._ticks(faults)

    def _line(self, fault: Fault, text: str, *, loud: bool) -> None:
        sign = "▲" if fault.warns else ("●" if loud else "○")
        mood = Mood.WARN if fault.warns else (Mood.BAD if loud else Mood.NONE)
        button = LineButton(sign, text, mood)
        button.clicked.connect(lambda: self.wanted.emit(fault.path))
        self.body.addWidget(button)

    def _ticks(self, faults: Sequence[Fault]) -> None:
        for path, done in DONE:
            if not any(f.path == path or f.path.startswith(f"{path}.") for f in faults):
                self.body.addWidget(SignedLine("✓", self._words.say(done), Mood.OK))

    def first(self) -> None:
        """Set the focus to the first line."""
        item = self.body.itemAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.setFocus()
