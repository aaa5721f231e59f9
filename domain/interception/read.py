"""Reads a document as an interception, field by field, and collects the faults with their paths.

A document is JSON: the shape of the blocks, each value as text or as JSON's own number, boolean or
list. A draft is stored as a document, so that typed text is never lost, even when it is not a valid
value yet.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from domain.amount import LESS_THAN_ZERO, read_decimal
from domain.document import DocumentPart
from domain.errors import Malformed
from domain.fault import Fault, FaultKind, Shape
from domain.fields import AddedFields, Field, fields_of, unknown_field
from domain.ids import Digest, Name
from domain.instant import Instant
from domain.interception.base import Block, FieldKind
from domain.interception.record import Interception
from domain.words import mark

SHORT_TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 20_000
ITEMS_LIMIT = 1_000
_MONTH = re.compile(
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})|(?P<before>[0-9]{2})/(?P<behind>[0-9]{4})"
)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, characters that turn the direction, half characters."""

OBJECT_EXPECTED = FaultKind("object_expected", mark("expected an object, found {found}"))
LIST_EXPECTED = FaultKind("list_expected", mark("expected a list, found {found}"))
TEXT_EXPECTED = FaultKind("text_expected", mark("expected text, found {found}"))
FIELD_UNKNOWN = FaultKind("field_unknown", mark("there is no field of this name"))
TOO_MANY_ITEMS = FaultKind("too_many_items", mark("more than {limit} of them"))
TEXT_TOO_LONG = FaultKind("text_too_long", mark("longer than {limit} characters"))
NOT_ONE_OF = FaultKind("not_one_of", mark("not one of {list}"))
NOT_TRUE_OR_FALSE = FaultKind("not_true_or_false", mark("neither true nor false"))
TOO_MANY_DIGITS = FaultKind(
    "too_many_digits", mark("has more than {limit} digits"), shape=Shape.PREDICATE
)
NOT_A_WHOLE_NUMBER = FaultKind(
    "not_a_whole_number", mark("not a whole number"), mark("Write it like 40.")
)
NOT_DEGREES = FaultKind(
    "not_degrees", mark("not a number of degrees"), mark("Write it like -12.5.")
)
HIDDEN_CHARACTER = FaultKind(
    "hidden_character",
    mark("contains the hidden character U+{code}"),
    mark("Delete it and type the text again."),
    shape=Shape.PREDICATE,
)
MONTH_FOR_DAY = FaultKind(
    "month_for_day",
    mark("a month where a day belongs"),
    mark("Write the day, like 2026-09-30; leave it empty when it is not known."),
)
NOT_A_DATE = FaultKind("not_a_date", mark("not a date"), mark("Write it like 2026-09-30."))
NOT_A_DATE_OR_MONTH = FaultKind(
    "not_a_date_or_month",
    mark("not a date"),
    mark("Write it like 2026-09-30, or 2026-09 for a month."),
)


MONEY_EXPECTED = FaultKind(
    "money_expected", mark("not an amount of money"), mark("Write it like 1250.00 EUR.")
)
_MONEY = re.compile(r"(?P<amount>[\d., \u00a0\u202f]*\d)\s*(?P<code>[A-Za-z]{3})")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """The interception that was read, and the faults of the fields that could not be read."""

    interception: Interception
    faults: tuple[Fault, ...]


BlocksRead: TypeAlias = dict[str, tuple[object, Block, tuple[Fault, ...]]]
"""By path: the object that was read, its block, and the faults in it."""


def read(
    document: DocumentPart, added: AddedFields | None = None, before: BlocksRead | None = None
) -> DocumentReading:
    """The interception in `document`; a field with a fault is left empty.

    `added` are the fields that the pack of the record adds. Without them (the pack is not at hand)
    the values of such fields are read as text.

    `before` keeps what was read with the same `added`: an object that stands where it stood at an
    earlier reading is not read again, and its block is the same object. Whoever passes it changes
    no object that was read.
    """
    reader = _Reader(added, {} if before is None else before)
    value = reader.block(Interception, document, "")
    assert isinstance(value, Interception)
    return DocumentReading(value, tuple(reader.faults))


class _Reader:
    """Reads blocks and collects the faults."""

    def __init__(self, added: AddedFields | None, before: BlocksRead) -> None:
        self._added, self._before = added, before
        self.faults: list[Fault] = []

    def block(self, block: type[Block], raw: object, path: str) -> Block:
        """The block in `raw`; empty when `raw` holds no fields."""
        held = self._before.get(path)
        if held is None or held[0] is not raw:
            others, self.faults = self.faults, []
            made = block(**self._fields(fields_of(block), raw, path))
            held = self._before[path] = raw, made, tuple(self.faults)
            self.faults = others
        self.faults += held[2]
        return held[1]

    def _fields(
        self, known: Mapping[str, Field], raw: object, path: str, *, unknown_too: bool = False
    ) -> dict[str, object]:
        """The values in `raw` by the names of their fields; the empty ones are left out."""
        if not isinstance(raw, Mapping):
            self.faults.append(Fault(path, OBJECT_EXPECTED, found=_shown(raw)))
            return {}
        values: dict[str, object] = {}
        for name, item in raw.items():
            here = f"{path}.{name}" if path else str(name)
            field = known.get(name)
            if field is None and unknown_too:
                field = unknown_field(str(name), many=isinstance(item, list | tuple))
            if field is None:
                self.faults.append(Fault(here, FIELD_UNKNOWN))
            elif item is not None and item != "":
                value = self._value(field, item, here)
                if value is not None:
                    values[field.name] = value
        return values

    def _value(self, field: Field, item: object, path: str) -> object:
        if field.kind is FieldKind.ADDED:
            table, unknown_too = self._added or {}, self._added is None
            read_now = self._fields(table, item, path, unknown_too=unknown_too)
            return {code: _as_written(value) for code, value in read_now.items()}
        if not field.many:
            return self._item(field, item, path)
        if not isinstance(item, (list, tuple)):
            self.faults.append(Fault(path, LIST_EXPECTED, found=_shown(item)))
            return None
        if len(item) > ITEMS_LIMIT:
            self.faults.append(Fault(path, TOO_MANY_ITEMS, limit=ITEMS_LIMIT))
            return None
        held = (self._item(field, each, f"{path}.{index}") for index, each in enumerate(item))
        return tuple(value for value in held if value is not None)

    def _item(self, field: Field, raw: object, path: str) -> object:
        if field.block is not None:
            return self.block(field.block, raw, path)
        try:
            return _leaf(field, raw)
        except Malformed as error:
            self.faults.append(Fault(path, error.fault, **error.values))
            return None


def _as_written(value: object) -> str | tuple[str, ...]:
    """The one written form of a value of an added field."""
    if isinstance(value, tuple):
        return tuple(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _leaf(field: Field, raw: object) -> object:
    held = field.value_type
    if held is bool:
        return _yes_or_no(raw)
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise Malformed(TEXT_EXPECTED, found=_shown(raw))
    text = raw.strip() if isinstance(raw, str) else str(raw)
    if field.kind is FieldKind.MONEY:
        return read_money(text)
    if held is str:
        return read_text(text, LONG_TEXT_LIMIT if field.long else SHORT_TEXT_LIMIT)
    if held in (int, Decimal) and re.fullmatch(r"[-+]?\d+", text):
        text = text[:SHORT_TEXT_LIMIT]  # as many digits as it has, it has too many
    if len(text) > SHORT_TEXT_LIMIT:
        raise Malformed(TEXT_TOO_LONG, limit=SHORT_TEXT_LIMIT)
    if field.kind is FieldKind.DAY_OR_MONTH:
        return read_last_day(text)
    if held in _READERS:
        return _READERS[held](text)
    if issubclass(held, StrEnum):
        if text not in list(held):
            raise Malformed(NOT_ONE_OF, list=", ".join(held))
        return held(text)
    if issubclass(held, (Instant, Name, Digest)):
        return held.parse(text)
    raise TypeError(f"no reader for {held}")


def _yes_or_no(raw: object) -> bool:
    if str(raw).lower() not in ("true", "false"):
        raise Malformed(NOT_TRUE_OR_FALSE)
    return str(raw).lower() == "true"


def _whole(text: str) -> int:
    if re.fullmatch(r"-\d+", text):
        raise Malformed(LESS_THAN_ZERO)
    if re.fullmatch(r"\d{13,}", text):
        raise Malformed(TOO_MANY_DIGITS, limit=12)
    if not re.fullmatch(r"\d{1,12}", text):
        raise Malformed(NOT_A_WHOLE_NUMBER)
    return int(text)


def _degrees(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,9})?", text):
        raise Malformed(NOT_DEGREES)
    return float(text)


def read_text(text: str, limit: int) -> str | None:
    """`text`, or None when it is empty.

    Raises `Malformed` for a text that is too long or has a hidden character.
    """
    if len(text) > limit:
        raise Malformed(TEXT_TOO_LONG, limit=limit)
    hidden = HIDDEN.search(text)
    if hidden:
        raise Malformed(HIDDEN_CHARACTER, code=f"{ord(hidden.group()):04X}")
    return text or None


def read_money(text: str) -> str:
    """The amount and its currency, written `1250.00 EUR`. Raises `Malformed`."""
    found = _MONEY.fullmatch(text)
    if found is None:
        raise Malformed(MONEY_EXPECTED)
    return f"{read_decimal(found['amount'].replace(' ', '')):f} {found['code'].upper()}"


def read_date(text: str) -> date:
    """The day in `text`, written `2026-09-30`.

    Raises `Malformed` for anything else, also for a month without a day: the day of an event is
    never invented.
    """
    if _MONTH.fullmatch(text):
        raise Malformed(MONTH_FOR_DAY)
    try:
        return _day(text)
    except ValueError as error:
        raise Malformed(NOT_A_DATE) from error


def read_last_day(text: str) -> date:
    """The day in `text`; for a month (`2026-09`, `09/2026`) its last day.

    The rule of the GS1 General Specifications for a date of expiry without a day. Raises
    `Malformed`.
    """
    month = _MONTH.fullmatch(text)
    try:
        if month is None:
            return _day(text)
        year = int(month["year"] or month["behind"])
        in_year = int(month["month"] or month["before"])
        return date(year, in_year, calendar.monthrange(year, in_year)[1])
    except ValueError as error:
        raise Malformed(NOT_A_DATE_OR_MONTH) from error


def agree(text: str, day: str) -> bool:
    """Whether `text` is the day in `day`, or a month that it is in."""
    try:
        month, last = _MONTH.fullmatch(text), read_last_day(text)
        found = read_last_day(day)
    except Malformed:
        return False
    in_month = month is not None and (found.year, found.month) == (last.year, last.month)
    return in_month or found == last


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


_READERS: dict[type, Callable[[str], object]] = {
    int: _whole,
    Decimal: read_decimal,
    float: _degrees,
    date: read_date,
}


def _shown(raw: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    return names.get(type(raw), repr(raw)[:40])
