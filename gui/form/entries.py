"""Chooses the entry for a field: chips for few choices, type-ahead for many, else a line or an
area.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from domain.amount import read_decimal
from domain.document import DocumentPart, JsonValue, parts_at, text_at, value_at
from domain.errors import Malformed
from domain.fields import Field
from domain.figures import shortest
from domain.instant import Instant
from domain.interception.base import FieldKind
from domain.pack.checklist import Checklist
from domain.rules.nearest import nearest
from domain.words import mark
from gui.form.chip_order import ChipOrder
from gui.form.layout import Ask, By
from gui.form.options import Choices, few
from gui.parts.choices import ChoicesEntry
from gui.parts.entry import AreaEntry, FieldEntry, LineEntry
from gui.parts.option import Option
from gui.parts.pick import WHOLE_LIST, NoMatch, PickEntry
from gui.words import Words

CATEGORIES = "categories"
NUMBER_LETTERS = 32
LETTERS = {
    FieldKind.WHOLE: 14,
    FieldKind.DECIMAL: 22,
    FieldKind.KILOGRAMS: 16,
    FieldKind.DEGREES: 14,
    FieldKind.DAY: 20,
    FieldKind.DAY_OR_MONTH: 24,
    FieldKind.MOMENT: 26,
}
"""Letters that the longest usual value of a kind needs, with some room."""
MONEY_LIKE = "1250.00 EUR"
OTHER = mark("Nothing like that in this checklist: “{other}” (Down).")
OTHER_PACK = mark("Nothing like that in this checklist, but in the pack “{pack}” (F10).")
OTHER_OR_PACK = mark(
    "Nothing like that in this checklist: “{other}” (Down), or the pack “{pack}” (F10)."
)


class Entries:
    """Makes the entries of a form, for one checklist and one language."""

    def __init__(
        self, checklist: Checklist, words: Words, order: ChipOrder, offset_minutes: int
    ) -> None:
        self.checklist = checklist
        self._words = words
        self._order = order
        self._offset = offset_minutes
        self._more = words.say("more")
        self.choices = Choices(checklist, words)
        self.elsewhere: Callable[[str, str], str] = lambda _list_name, _text: ""
        """The name of another adopted pack whose list has something like the text; empty for none.
        The screen sets it.
        """

    def made_ready(self) -> Iterator[None]:
        """Make, in steps, what the first key in the field of the category needs: of thousands, it
        takes longer than a key may.
        """
        yield from self.choices.of(CATEGORIES, self._order.of(CATEGORIES)).made_ready()
        nearest(self.checklist, CATEGORIES, "a")

    def make(self, ask: Ask, field: Field) -> FieldEntry:
        """The entry for a field, no wider than its values."""
        made = self._make(ask, field)
        letters = NUMBER_LETTERS if field.number else LETTERS.get(field.kind, 0)
        if letters and isinstance(made, LineEntry) and not field.many:
            made.limit(letters)
        return made

    def _make(self, ask: Ask, field: Field) -> FieldEntry:
        if field.list_name:
            return self._of_list(ask, field)
        if field.kind is FieldKind.KILOGRAMS:
            return LineEntry(read=kilograms)
        if field.kind is FieldKind.MOMENT:
            return LineEntry(
                hint=self._words.say("year-month-day hour:minute"),
                shown=shown_moment,
                read=lambda text: read_moment(text, self._offset),
            )
        if field.kind is FieldKind.YES_NO:
            no_match = NoMatch(self._no_match)
            return ChoicesEntry(self._yes_no(), many=False, more=self._more, no_match=no_match)
        if field.many:
            return LineEntry(shown=shown_list, read=split_list)
        if field.kind is FieldKind.MONEY:
            return LineEntry(hint=MONEY_LIKE)
        if field.kind in (FieldKind.DAY, FieldKind.DAY_OR_MONTH):
            say = self._words.say
            day = (
                say("year-month") if field.kind is FieldKind.DAY_OR_MONTH else say("year-month-day")
            )
            return LineEntry(hint=day)
        if field.long and ask.by is not By.LINE:
            return AreaEntry(lines=2)
        number = field.kind in (FieldKind.WHOLE, FieldKind.DECIMAL)
        return LineEntry(read=_number if number else str, large=ask.large)

    def fitting(
        self,
        list_name: str,
        document: DocumentPart,
        line: DocumentPart | None,
        chosen: Sequence[str],
    ) -> tuple[Option, ...] | None:
        """The options of a list that are for the goods, the mode of transport and the action, and
        what is chosen already; None where the list has all for all.

        The goods are those of the `line`; without one, all of the record.
        """
        if list_name not in self.checklist.fitting.lists:
            return None
        lines = parts_at(document, "goods") if line is None else (line,)
        goods = [text_at(each, "category") for each in lines]
        mode, act = text_at(document, "consignment.mode"), text_at(document, "legal.action")
        fits = self.checklist.fitting.fits
        return tuple(
            option
            for option in self.choices.of(list_name, self._order.of(list_name))
            if option.code in chosen or fits(list_name, option.code, goods, mode, act=act)
        )

    def photo_roles(self, document: DocumentPart) -> Sequence[Option]:
        """The options for the role of a photo: what fits the record, and what its photos have."""
        given = [text_at(photo, "role") for photo in parts_at(document, "photos")]
        fits = self.fitting("photo_roles", document, None, given)
        return self.choices.of("photo_roles") if fits is None else fits

    def words_of(self, field: Field, value: JsonValue) -> str:
        """A value in words: codes as their labels; other values behind the name of their field."""
        values = value if isinstance(value, list) else [value]
        if field.list_name:
            label = self.choices.label
            return ", ".join(label(field.list_name, str(code)) for code in values)
        if field.kind is FieldKind.MOMENT:
            return shown_moment(value)
        if field.kind is FieldKind.YES_NO:
            labels = {option.code: option.label for option in self._yes_no()}
            shown = labels.get(str(value).lower(), str(value))
        else:
            shown = ", ".join(map(str, values))
        return f"{field.heading(self._words.say, self._words.language)} {shown}"

    def in_one_line(self, fields: Mapping[str, Field], values: DocumentPart) -> str:
        """The values at these paths in words."""
        words = (self.words_of(field, value_at(values, path)) for path, field in fields.items())
        return " · ".join(words)

    def _of_list(self, ask: Ask, field: Field) -> FieldEntry:
        name = field.list_name
        options = self.choices.of(name, self._order.of(name))
        no_match = NoMatch(lambda text: self._no_match(text, name), self.choices.catch_alls(name))
        chips = few(field, self.checklist) and ask.by is By.KIND
        if chips:
            return ChoicesEntry(options, many=field.many, more=self._more, no_match=no_match)
        if not field.many:
            return PickEntry(options, no_match=no_match)
        return ChoicesEntry(
            options,
            many=True,
            hint=self._words.say("more: type to search"),
            more=self._more,
            shown=self._order.shown(self.checklist.pack.id, name, options),
            no_match=no_match,
        )

    def _no_match(self, text: str, list_name: str = "") -> str:
        """One line: nothing matches, and what to do."""
        say, others = self._words.say, self.choices.catch_alls(list_name)
        pack = self.elsewhere(list_name, text) if list_name == CATEGORIES else ""
        if others and pack:
            return say(OTHER_OR_PACK, other=others[0].label, pack=pack)
        if others:
            return say(OTHER, other=others[0].label)
        return say(OTHER_PACK, pack=pack) if pack else say(WHOLE_LIST)

    def _yes_no(self) -> tuple[Option, ...]:
        say = self._words.say
        return (Option("true", say("yes")), Option("false", say("no")))


def _number(text: str) -> str:
    return text.strip()


def kilograms(text: str) -> str:
    """Kilograms as text: `640 g` becomes 0.64. Unreadable text stays as typed."""
    match = re.fullmatch(r"\s*([\d.,]+)\s*(g|kg)\s*", text, re.IGNORECASE)
    if not match:
        return text.strip()
    if match.group(2).lower() == "kg":
        return match.group(1)
    try:
        return shortest(read_decimal(match.group(1)) / 1000)
    except Malformed:
        return text.strip()


def shown_list(value: JsonValue) -> str:
    """The items joined by commas; a value that is not a list stays as it is."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def split_list(text: str) -> list[str]:
    """The items between the commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def shown_moment(value: JsonValue) -> str:
    """`2026-11-23 03:12` in local time; other text stays as typed."""
    try:
        return Instant.parse(str(value)).local.strftime("%Y-%m-%d %H:%M") if value else ""
    except Malformed:
        return str(value)


def read_moment(text: str, offset_minutes: int) -> str:
    """The moment with the local offset in minutes; other text stays as typed."""
    match = re.fullmatch(r"\s*(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})\s*", text)
    if not match:
        return text.strip()
    sign, minutes = ("-", -offset_minutes) if offset_minutes < 0 else ("+", offset_minutes)
    zone = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{match.group(1)}T{int(match.group(2)):02d}:{match.group(3)}{zone}"
