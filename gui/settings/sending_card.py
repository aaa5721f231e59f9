"""The card that says how much may be sent, and when photos go.

A field whose value headquarters gives cannot be changed here, and says where the value comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout

from domain.document import JsonValue
from domain.given_settings import (
    CHECKED,
    HOURS,
    KILOBITS,
    METERED,
    GivenSetting,
    Value,
    as_time,
    hours_of,
    in_words,
)
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
from storage.in_force import InForce
from storage.settings import PHOTOS_FROM, PHOTOS_METERED, PHOTOS_UNTIL, SYNC_KILOBITS, Setting

T = TypeVar("T")
V = TypeVar("V", bound=Value)
YES_NO = {"yes": mark("photos too"), "no": mark("records only")}


class SendingCard(Card):
    """A value that cannot be used is not stored, and said below its field."""

    def __init__(self, model: SettingsModel, words: Words) -> None:
        super().__init__(words.say("Sending"))
        self._model, self._words = model, words
        self._shows: list[Callable[[], None]] = []
        """Each shows the present value of a field."""
        say = words.say
        self.body.addWidget(
            label(say("Records always go at once. Photos go when you allow it here."), wrap=True)
        )
        row = QHBoxLayout()
        row.setSpacing(GAP_3)
        for part, setting, title, hint in (
            (0, PHOTOS_FROM, mark("Photos from"), mark("a time like 22:00; empty: at any time")),
            (1, PHOTOS_UNTIL, mark("Photos until"), mark("a time like 06:00")),
        ):
            box = self._line(setting, title, hint, _time)
            self._follow(box, HOURS, self._hours(part, setting))
            row.addWidget(box, 1)
        hint = mark("thousand bits a second, 8 or more; empty: as much as the line takes")
        box = self._line(SYNC_KILOBITS, mark("Send at most"), hint, _kilobits)
        self._follow(box, KILOBITS, lambda found: str(found.value or ""))
        row.addWidget(box, 1)
        self.body.addLayout(row)
        metered = ChipRow([Option(c, say(w)) for c, w in reversed(YES_NO.items())], many=False)
        metered.typed.connect(lambda code: model.store(PHOTOS_METERED.to(code == "yes")))
        box = FieldBox(say("Over a line that costs by the byte"), metered)
        self._follow(box, METERED, lambda found: in_words(found.value))
        self.body.addWidget(box)
        self._more = label("", "hint", wrap=True)
        self.body.addWidget(self._more)
        self._show()
        model.given.connect(self._show)

    def _line(
        self, setting: Setting[T], title: str, hint: str, read: Callable[[str], T | None]
    ) -> FieldBox:
        say = self._words.say
        entry = LineEntry()
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

    def _hours(self, part: int, own: Setting[str]) -> Callable[[InForce[str]], str]:
        """What the field for the start (0) or the end (1) of the hours shows."""
        return lambda found: (
            hours_of(found.value)[part] if found.given_at else self._model.stored(own)
        )

    def _follow(
        self, box: FieldBox, setting: GivenSetting[V], shown: Callable[[InForce[V]], str]
    ) -> None:
        """Let the field show the value that counts, and rest while headquarters gives it."""

        def show() -> None:
            found = self._model.in_force(setting)
            box.entry.put(shown(found))
            box.entry.setEnabled(found.given_at is None)
            box.say(self._origin(found))

        self._shows.append(show)

    def _origin(self, found: InForce[V]) -> str:
        if found.given_at is None:
            return ""
        return self._words.say(
            "Set by headquarters on {day}. When it is taken back, the value of this computer"
            " counts again: {own}.",
            day=self._words.day(found.given_at),
            own=self._in_words(found.own),
        )

    def _in_words(self, value: Value) -> str:
        text = in_words(value)
        if isinstance(value, bool):
            return self._words.say(YES_NO[text])
        return {"0": self._words.say("no limit"), "always": self._words.say("at any time")}.get(
            text, text
        )

    def _show(self) -> None:
        say, more = self._words.say, []
        for show in self._shows:
            show()
        checked = self._model.in_force(CHECKED)
        if checked.given_at:
            more.append(
                say(
                    "Set by headquarters: the hub is asked again about {count} photos each day.",
                    count=self._words.number(checked.value),
                )
            )
        if unread := len(self._model.not_read()):
            more.append(
                self._words.count(
                    "Headquarters gave {count} setting that only a newer program knows.",
                    "Headquarters gave {count} settings that only a newer program knows.",
                    unread,
                )
            )
        self._more.setText(" ".join(more))
        self._more.setVisible(bool(more))


def _time(text: str) -> str | None:
    """The time as HH:MM; None when it is none."""
    return as_time(text) if text else ""


def _kilobits(text: str) -> int | None:
    """The number; None when it is none."""
    return KILOBITS.parse(text) if text else 0
