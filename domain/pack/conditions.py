"""Which conditions of rules imply each other, and which can never hold together.

Only what is certain is told: a pair of conditions that is neither may still be one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from domain.fields import Field
from domain.interception.base import FieldKind
from domain.pack.law import day_in
from domain.pack.rule import FieldCondition, list_of, number_in

Conditions = tuple[tuple[str, FieldCondition], ...]
"""Fields by their paths in the table of fields, and what must be so of each, all together."""
FieldTable = Callable[[str], Field | None]
NUMERIC = (FieldKind.WHOLE, FieldKind.DECIMAL, FieldKind.KILOGRAMS, FieldKind.DEGREES)


def implies(strong: Conditions, weak: Conditions, table: FieldTable) -> bool:
    """Whether `weak` holds wherever `strong` does."""
    return all(
        any(path == other and _implies(one, two, table(path)) for path, one in strong)
        for other, two in weak
    )


def exclude(these: Conditions, those: Conditions, about: str, table: FieldTable) -> bool:
    """Whether both can never hold for the same field or photo, which is in the list `about`.

    Conditions of another list may hold in two of its items: two lines of one record.
    """
    return any(
        path == other
        and list_of(path) in ("", about)
        and (_exclude(one, two, table(path)) or _exclude(two, one, table(path)))
        for path, one in these
        for other, two in those
    )


def asks_for_a_value(condition: FieldCondition) -> bool:
    """Whether an empty field never fits."""
    one = condition
    return bool(one.equals or one.one_of or one.over or one.before or one.filled)


def _implies(one: FieldCondition, two: FieldCondition, field: Field | None) -> bool:
    numeric = field is not None and field.kind in NUMERIC
    ours = _sets(one, numeric)
    if not all(any(mine <= wanted for mine in ours) for wanted in _sets(two, numeric)):
        return False
    if two.filled is not None and not (
        asks_for_a_value(one) if two.filled else one.filled is False
    ):
        return False
    if two.over and not (
        _is_at_least(one.over, two.over)
        or any(all(_is_over(value, two.over) for value in mine) for mine in ours)
    ):
        return False
    return not two.before or _is_until(one.before, two.before)


def _exclude(one: FieldCondition, two: FieldCondition, field: Field | None) -> bool:
    if one.filled is False and asks_for_a_value(two):
        return True
    if field is None or field.many:  # of several values, one may fit and another one too
        return False
    numeric = field.kind in NUMERIC
    ours, theirs = _sets(one, numeric), _sets(two, numeric)
    if any(mine.isdisjoint(other) for mine in ours for other in theirs):
        return True
    if one.over and two.over and one.over.split(" ")[1:] != two.over.split(" ")[1:]:
        return True  # money of two currencies
    return bool(two.over) and numeric and any(
        not any(_is_over(value, two.over) for value in mine) for mine in ours
    )  # fmt: skip


def _sets(condition: FieldCondition, numeric: bool) -> list[frozenset[object]]:
    """The sets of which the field has a value each."""
    given: Iterable[tuple[str, ...]] = ((condition.equals,), condition.one_of)
    return [
        frozenset(number_in(text) if numeric else text for text in texts)
        for texts in given
        if any(texts)
    ]


def _is_over(value: object, bound: str) -> bool:
    least = number_in(bound)
    return isinstance(value, Decimal) and least is not None and value > least


def _is_at_least(one: str, two: str) -> bool:
    """Whether what is over `one` is over `two`; of money, in the same currency."""
    (higher, _, currency), (lower, _, other) = one.partition(" "), two.partition(" ")
    more, less = number_in(higher), number_in(lower)
    return currency == other and more is not None and less is not None and more >= less


def _is_until(one: str, two: str) -> bool:
    """Whether what is before `one` is before `two`: days, or the same field."""
    earlier, later = day_in(one), day_in(two)
    return one == two or (earlier is not None and later is not None and earlier <= later)
