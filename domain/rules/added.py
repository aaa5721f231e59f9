"""Fields that the pack adds: what it says of their values, beyond kind, list and check rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.fault import Fault, FaultKind, Shape
from domain.fields import ADDED, bare, items_of
from domain.interception.base import FieldKind
from domain.interception.goods import GoodsLine
from domain.pack.added import AddedField
from domain.pack.checklist import ListedCodes
from domain.pack.pattern import fits
from domain.rules.situation import RecordPart, Situation
from domain.words import mark

PATTERN_WRONG = FaultKind(
    "pattern_wrong", mark("{text} is not written as the checklist wants it"), mark("{hint}")
)
BELOW_MINIMUM = FaultKind("below_minimum", mark("is less than {least}"), shape=Shape.PREDICATE)
ABOVE_MAXIMUM = FaultKind("above_maximum", mark("is more than {most}"), shape=Shape.PREDICATE)
CURRENCY_UNKNOWN = FaultKind(
    "currency_unknown", mark("{code} is not a currency"), mark("Write it like 1250.00 EUR.")
)
FIELD_OF_OTHER_GOODS = FaultKind(
    "field_of_other_goods",
    mark("does not belong to {category}"),
    mark("Empty it, or choose the other category."),
    shape=Shape.PREDICATE,
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """Faults and remarks of each added field that has a value."""
    if situation.checklist.added:
        yield from situation.in_parts(_in_part)


def _in_part(situation: Situation, part: RecordPart) -> Iterator[Fault]:
    checklist, line = situation.checklist, part.value
    if not isinstance(line, GoodsLine) or not line.added:
        return
    kind = checklist.goods_kind(line.category)
    for path, field, value in part.filled:
        added = checklist.added_field(field.path) if bare(path).startswith(ADDED) else None
        if added is None:
            continue
        if kind is not None and added.code not in kind.fields:
            category = situation.listed("categories", line.category or "")
            yield Fault(path, FIELD_OF_OTHER_GOODS, category=category)
        for item in items_of(value):
            yield from _value(situation, path, added, field.kind, item)


def _value(
    situation: Situation, path: str, added: AddedField, kind: FieldKind, value: object
) -> Iterator[Fault]:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if added.min is not None and value < added.min:
            yield Fault(path, BELOW_MINIMUM, least=added.min)
        if added.max is not None and value > added.max:
            yield Fault(path, ABOVE_MAXIMUM, most=added.max)
    elif added.pattern and isinstance(value, str) and not fits(added.pattern, value):
        yield Fault(path, PATTERN_WRONG, text=value, hint=ListedCodes((("", added.hint),)))
    if kind is FieldKind.MONEY and isinstance(value, str):
        code = value.rpartition(" ")[2]
        if not situation.checklist.has("currencies", code):
            yield Fault(path, CURRENCY_UNKNOWN, code=code)
