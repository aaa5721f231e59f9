"""The card that says how much may be sent, and when photos go."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout

from domain.document import JsonValue
from domain.words import mark
from gui.look.tokens import GAP_3
from gui.parts.card import Card
from gui.parts.chips import ChipRow
from gui.parts.entry import LineEntry
from gui.parts.field import FieldBox
from gui.parts.mood import Mood
from gui.parts.option import Option
from gui.parts.text import label
from gui.settings.model import SettingsModel
from gui.words import Words
from storage.settings import PHOTOS_FROM, PHOTOS_METERED, PHOTOS_UNTIL, SYNC_KILOBITS, Setting

T = TypeVar("T")
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
MOST_KILOBITS = 10_000_000


class SendingCard(Card):
    """A value that cannot be used is not stored, and said below its field."""

    def __init__(self, model: SettingsModel, words: Words) -> None:
        super().__init__(words.say("Sending"))
        self._model, self._words = model, words
        say = words.say
        self.body.addWidget(
            label(say("Records always go at once. Photos go when you allow it here."), wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        for setting, title, hint in (
            (PHOTOS_FROM, mark("Photos from"), mark("a time like 22:00; empty: at any time")),
            (PHOTOS_UNTIL, mark("Photos until"), mark("a time like 06:00")),
        ):
            row.addWidget(self._line(setting, title, hint, _time), 1)
        hint = mark("thousand bits a second; empty: as much as the line takes")
        row.addWidget(self._line(SYNC_KILOBITS, mark("Send at most"), hint, _kilobits), 1)
        self.body.addLayout(row)
        options = [Option("no", say("records only")), Option("yes", say("photos too"))]
        metered = ChipRow(options, many=False)
        metered.put("yes" if model.stored(PHOTOS_METERED) else "no")
        metered.typed.connect(lambda code: model.store(PHOTOS_METERED.to(code == "yes")))
        self.body.addWidget(FieldBox(say("Over a line that costs by the byte"), metered))

    def _line(
        self,
        setting: Setting[T],
        title: str,
        hint: str,
        read: Callable[[str], T | None],
    ) -> FieldBox:
        say = self._words.say
        entry = LineEntry()
        entry.put(str(self._model.stored(setting) or ""))
        typed: list[str] = []
        box = FieldBox(say(title), entry, hint=say(hint))

        def keep(text: JsonValue) -> None:
            typed.append(str(text or ""))

        def leave() -> None:
            if not typed:
                return
            value = read(typed[-1].strip())
            if value is None:
                box.say(say("{hint}; this is not stored", hint=say(hint)), Mood.BAD)
                return
            box.say()
            self._model.store(setting.to(value))

        entry.typed.connect(keep)
        for done in (entry.left, entry.entered):
            done.connect(leave)
        return box


def _time(text: str) -> str | None:
    """The time as HH:MM; None when it is none."""
    if not text:
        return ""
    return text.zfill(5) if TIME_OF_DAY.fullmatch(text) else None


def _kilobits(text: str) -> int | None:
    """The number; None when it is none."""
    if not text:
        return 0
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
    return number if 0 <= number <= MOST_KILOBITS else None
