"""The card "Before it is final": a list of missing fields; a press on a line opens its field.

It stands above the photos and keeps a bounded height, so that it is always in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from domain.fault import Fault
from domain.words import mark
from gui.action import key_words
from gui.parts.announce import announce
from gui.parts.card import Card
from gui.parts.layouts import empty
from gui.parts.line_button import LineButton, SignedLine
from gui.parts.mood import Mood
from gui.parts.scroll import BoundedScroll
from gui.parts.text import label
from gui.words import Words

DONE = (
    ("legal.grounds", mark("Grounds written")),
    ("photos", mark("Photos complete")),
    ("goods", mark("Goods counted")),
)
MOST = 14
KEYS = 9
"""Lines that have a key of their own: Ctrl+1 to Ctrl+9."""
NEXT_KEY, BACK_KEY = "F8", "Shift+F8"
LEAST = 48
"""The least bound of the list in pixels: one line and the beginning of the next."""
REST = 216
"""Pixels of the column that are left for its own title and for the photos."""


class BeforeCard(Card):
    """`wanted` carries the path of the pressed fault."""

    wanted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("Before it is final"), rows=True)
        self._words = words
        self._list = BoundedScroll(LEAST, 0, inset=True)
        self.body.addWidget(self._list)
        self._key = label(key_words(NEXT_KEY, words), "label")
        self.add_to_head(self._key)
        self._at: object = None
        self._loud = False
        self._shown: list[str] = []
        """The path of each line."""
        for number in range(KEYS):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(partial(self._press, number))

    def _press(self, number: int) -> None:
        if number < len(self._shown):
            self.wanted.emit(self._shown[number])

    def show_faults(
        self,
        every: Sequence[Fault],
        words_of: Callable[[Fault], str],
        *,
        loud: bool,
        typing: str = "",
    ) -> None:
        """`words_of` returns a fault's words with its field; `loud` after the officer tried to
        finalise. Faults of the field that is typed in, at the path `typing`, have no line yet, and
        nothing is called done because of it.
        """
        faults = [fault for fault in every if not typing or fault.path != typing]
        now = (
            loud,
            tuple((fault.path, fault.warns, words_of(fault)) for fault in faults),
            tuple(fault.path for fault in every if fault not in faults),
        )
        if now == self._at:
            return
        turned_loud = loud and not self._loud
        self._at, self._loud = now, loud
        empty(self._list.column)
        blocking = [fault for fault in faults if not fault.warns]
        count = sum(not fault.warns for fault in every)
        self._key.setVisible(bool(faults))
        if count:
            text = self._words.count("1 to do", "{count} to do", count)
            self.set_chip(text, Mood.BAD if loud else Mood.NONE)
            if turned_loud:
                announce(self, text, urgent=True)
        else:
            self.set_chip(self._words.say("ready"), Mood.OK)
        warned = [fault for fault in faults if fault.warns]
        self._shown = [fault.path for fault in (*blocking, *warned)[:MOST]]
        for number, fault in enumerate((*blocking, *warned)[:MOST], start=1):
            key = key_words(f"Ctrl+{number}", self._words) if number <= KEYS else ""
            self._line(fault, words_of(fault), key, loud=loud)
        if len(faults) > MOST:
            rest = len(faults) - MOST
            more = self._words.count("and {count} more", "and {count} more", rest)
            self._list.column.addWidget(SignedLine("", more))
        self._ticks(every)
        self._list.fit()

    def _line(self, fault: Fault, text: str, key: str, *, loud: bool) -> None:
        sign = "▲" if fault.warns else ("●" if loud else "○")
        mood = Mood.WARN if fault.warns else (Mood.BAD if loud else Mood.NONE)
        button = LineButton(sign, text, mood, key)
        button.clicked.connect(lambda: self.wanted.emit(fault.path))
        self._list.column.addWidget(button)

    def _ticks(self, faults: Sequence[Fault]) -> None:
        for path, done in DONE:
            if not any(f.path == path or f.path.startswith(f"{path}.") for f in faults):
                self._list.column.addWidget(SignedLine("✓", self._words.say(done), Mood.OK))

    def set_room(self, height: int) -> None:
        """`height` is that of the whole column; the list takes two fifths of it at most."""
        self._list.set_bound(max(LEAST, min(height * 2 // 5, height - REST)))
