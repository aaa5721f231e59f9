"""Translates and formats everything that the officer reads."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt, QTime

from domain.errors import TidewaiterError
from domain.figures import figure
from domain.remark import Remark
from domain.words import Plural, Say, filled, joined, sentence

if TYPE_CHECKING:
    from domain.amount import Amount
    from domain.instant import Instant
    from domain.pack.checklist import Checklist

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
"""Characters around a text whose direction is its own (Unicode Standard Annex 9)."""
_LEFTWARDS = ("R", "AL", "AN")
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")


class Words:
    """One language.

    Each view receives one; after a change of language the views are built again.
    """

    def __init__(self, language: str, translate: Say) -> None:
        self.language = language
        self._translate = translate
        self._locale = QLocale(language if language != "en" else "en_GB")

    @property
    def direction(self) -> Qt.LayoutDirection:
        """The layout direction of the language."""
        leftwards = self.language.partition("-")[0] in RIGHT_TO_LEFT
        return Qt.LayoutDirection.RightToLeft if leftwards else Qt.LayoutDirection.LeftToRight

    def say(self, template: str, **values: object) -> str:
        """`template` (English, with named placeholders) translated and filled."""
        if not template:
            return ""
        if not values:
            words = self._translate(template)
            return words.format() if "{" in words else words
        held = {name: self._isolated(value) for name, value in values.items()}
        return filled(template, held, self._translate)

    def template(self, text: str) -> str:
        """The translated text with its placeholders still in it."""
        return self._translate(text)

    def _isolated(self, value: object) -> object:
        """A text for the inside of another: its direction does not change the order around it.

        A remark is translated first.
        """
        if isinstance(value, Remark):
            value = self.say(value.what, **dict(value.values))
        return self.isolated(value) if isinstance(value, str) else value

    def isolated(self, value: str) -> str:
        """A text beside another: neither changes the order of the other."""
        if not value:
            return value
        foreign = self.direction is Qt.LayoutDirection.RightToLeft or (
            not value.isascii() and any(unicodedata.bidirectional(c) in _LEFTWARDS for c in value)
        )
        return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" if foreign else value

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """The text for `number`, in the right plural form of the language, with its values."""
        words = self._translate(Plural(one, many, "count"), number)
        return words.format(count=self.number(number), **values)

    def number(self, value: int | Decimal) -> str:
        """The number in the digits of the language."""
        return figure(value, self.language)

    def amount(self, amount: Amount, checklist: Checklist) -> str:
        """`560 capsules`: the number, and the unit's words from the pack."""
        label = checklist.unit_words(amount.unit, amount.value, self.language)
        return f"{self.number(amount.value)} {label}"

    def label(self, checklist: Checklist, list_name: str, code: str | None) -> str:
        """The label of a code in a list."""
        return checklist.label(list_name, code, self.language) if code else ""

    def time(self, at: Instant) -> str:
        """`03:12:08`, in the local time of the place of the event."""
        local = at.local
        return QTime(local.hour, local.minute, local.second).toString("HH:mm:ss")

    def minute(self, at: Instant) -> str:
        """`03:12`, in the local time of the place of the event."""
        return self.time(at)[:5]

    def day(self, at: Instant) -> str:
        """`3 May 2026`."""
        local = at.local
        day = self._locale.toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
        # As in numbers and times: digits of two scripts in one line are hard to read.
        return "".join(str(int(c)) if c.isdecimal() else c for c in day)

    def moment(self, at: Instant | None) -> str:
        """`3 May 2026, 03:12`; empty for None."""
        return f"{self.day(at)}, {self.minute(at)}" if at else ""

    def error(self, error: TidewaiterError) -> str:
        """The sentence for an error: what happened, to what, and what to do."""
        what = self.say(error.what, **error.values)
        hint = self.say(error.hint, **error.values)
        way_out = self.say(error.way_out.desk, **error.values)
        text = sentence(joined(joined(what, hint), way_out), self.template(error.what))
        return f"{error.about}: {text}" if error.about else text
