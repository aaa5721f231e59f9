"""Asks what a photo shows: a small card below the strip while one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from gui.parts.card import Card
from gui.parts.option import Option
from gui.parts.pick import PickEntry
from gui.words import Words


class RoleLine(Card):
    """`chosen` carries the photo's place and the code of its role."""

    chosen = Signal(int, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words.say("What does this photo show?"))
        self._place = 0
        self._pick = PickEntry(())
        self._pick.name(words.say("What does this photo show?"))
        self._pick.typed.connect(self._choose)
        self.body.addWidget(self._pick)
        self.setVisible(False)

    def ask(self, place: int, options: Sequence[Option], role: str) -> None:
        """Ask for the role of the photo at `place`."""
        self._place = place
        self._options = {option.code for option in options}
        self._pick.offer(options)
        self._pick.put(role)
        self.setVisible(True)
        self._pick.target().setFocus()

    def _choose(self, code: str) -> None:
        if code in self._options:
            self.setVisible(False)
            self.chosen.emit(self._place, code)
