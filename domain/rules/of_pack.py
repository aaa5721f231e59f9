"""The rules of the pack: what a record needs, should have or must not have, in the pack's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.fault import Fault, FaultKind, Shape
from domain.fields import Walked, items_of
from domain.instant import Instant
from domain.interception.record import Interception
from domain.pack.checklist import Checklist, ListedCodes
from domain.pack.law import day_in
from domain.pack.rule import TEXT, FieldCondition, Rule, field_meant, list_of, number_in
from domain.rules.codes import FIELD_MISSING, FIELD_SAYS_NOTHING, missing, value_at
from domain.rules.legal import PHOTO_MISSING
from domain.rules.situation import Situation
from domain.words import mark

GOODS = "goods"
PHOTOS = "photos"

RULE_NEEDS = FaultKind("rule_needs", mark("{words}"))
RULE_ADVISES = replace(RULE_NEEDS, code="rule_advises", warns=True)
RULE_FORBIDS = replace(RULE_NEEDS, code="rule_forbids")
RULE_STOPS = FaultKind("rule_stops", mark("{words}"), shape=Shape.SENTENCE)
RULE_WARNS = replace(RULE_STOPS, code="rule_warns", warns=True)
FIELD_ADVISED = replace(FIELD_MISSING, code="field_advised", warns=True)
FIELD_SAYS_LITTLE = replace(FIELD_SAYS_NOTHING, code="field_says_little", warns=True)
FIELD_FORBIDDEN = FaultKind(
    "field_forbidden", mark("must be empty here"), mark("Empty it."), shape=Shape.PREDICATE
)
PHOTO_ADVISED = replace(PHOTO_MISSING, code="photo_advised", warns=True)
PHOTO_FORBIDDEN = FaultKind(
    "photo_forbidden",
    mark("a photo of {role} must not be in this record"),
    mark("Take it out."),
    shape=Shape.SENTENCE,
)
_ONLY_ADVISED = {FIELD_MISSING: FIELD_ADVISED, FIELD_SAYS_NOTHING: FIELD_SAYS_LITTLE}


def faults(situation: Situation) -> Iterator[Fault]:
    """A fault or a remark for each rule that counts and is not kept."""
    for rule, path in counting(situation.interception, situation.checklist, situation.filled):
        words = ListedCodes((("", rule.say),))
        say = {"words": words} if rule.say else {}
        if rule.named == TEXT:
            yield Fault(path, RULE_WARNS if rule.warn else RULE_STOPS, words=words)
        elif rule.role:
            yield from _photo(situation, rule, say)
        elif rule.forbid:
            if value_at(situation.interception, path) not in (None, (), ""):
                yield Fault(path, RULE_FORBIDS if say else FIELD_FORBIDDEN, **say)
        else:
            for fault in missing(situation.interception, path):
                plain = _ONLY_ADVISED[fault.kind] if rule.warn else fault.kind
                ours = RULE_ADVISES if rule.warn else RULE_NEEDS
                yield Fault(path, ours if say else plain, **say)


def _photo(situation: Situation, rule: Rule, say: Mapping[str, object]) -> Iterator[Fault]:
    photos = situation.interception.photos
    there = [index for index, photo in enumerate(photos) if photo.role == rule.role]
    role = {"role": situation.listed("photo_roles", rule.role)}
    if rule.forbid:
        for index in there:
            kind = RULE_STOPS if say else PHOTO_FORBIDDEN
            yield Fault(f"{PHOTOS}.{index}", kind, **(say or role))
    elif not there:
        ours, plain = (RULE_WARNS, PHOTO_ADVISED) if rule.warn else (RULE_STOPS, PHOTO_MISSING)
        yield Fault(PHOTOS, ours if say else plain, **(say or role))


def counting(
    interception: Interception, checklist: Checklist, filled: Sequence[Walked]
) -> Iterator[tuple[Rule, str]]:
    """The rules whose conditions hold, each with the path of what it is about: the field, of a
    rule that is only words its first condition, of a photo the list of photos.

    `filled` are the fields of the interception that are not empty.
    """
    pack = checklist.pack
    if not pack.has_rules:
        return
    view = _View(interception, checklist, filled)
    for rule in pack.rules:
        yield from view.counting(rule, range(len(interception.goods)))
    for profile in pack.profiles:
        lines = [
            index
            for index, line in enumerate(interception.goods)
            if (category := checklist.category(line.category)) is not None
            and category.profile_code == profile.code
        ]
        for rule in profile.rules if lines else ():
            yield from view.counting(rule, lines)


def asked_for(
    interception: Interception, checklist: Checklist, filled: Sequence[Walked]
) -> Iterator[str]:
    """The paths of the fields that rules ask for now, filled or not."""
    for rule, path in counting(interception, checklist, filled):
        if not (rule.forbid or rule.role or rule.named == TEXT):
            yield path


_Conditions = list[tuple[str, FieldCondition]]
"""Fields by their paths without numbers, and what must be so of each."""


class _View:
    """The values of a record by path, for the conditions of rules."""

    def __init__(
        self, interception: Interception, checklist: Checklist, filled: Sequence[Walked]
    ) -> None:
        self._interception, self._added = interception, checklist.added
        self._values = {path: value for path, _, value in filled}
        for index, line in enumerate(interception.goods):
            if line.counted is not None:
                self._values.setdefault(f"{GOODS}.{index}.quantity", line.counted)

    def counting(self, rule: Rule, lines: Sequence[int]) -> Iterator[tuple[Rule, str]]:
        """The rule with each path it counts for; of goods, it counts for `lines` only.

        Conditions of one line (person, photo) hold together in one and the same line; those of
        another list than that of the named field must hold in one of its items.
        """
        groups: dict[str, _Conditions] = {}
        for path, condition in rule.when.items():
            full = field_meant(path, self._added)
            if full is None:
                return  # the check of the pack refuses such a rule
            groups.setdefault(list_of(full), []).append((full, condition))
        named = PHOTOS if rule.role else field_meant(rule.named, self._added)
        if rule.named == TEXT:
            named = next((conditions[0][0] for conditions in groups.values()), None)
        if named is None:
            return
        own = "" if rule.role else list_of(named)
        here = groups.pop(own, [])
        for name, conditions in groups.items():
            if not any(self._hold(conditions, item) for item in self._items(name, lines)):
                return
        for item in self._items(own, lines):
            if self._hold(here, item):
                yield rule, item + named.removeprefix(f"{own}.") if own else named

    def _items(self, name: str, lines: Sequence[int]) -> list[str]:
        """The beginnings of the paths of all items of a list; one empty text for the record."""
        if not name:
            return [""]
        held = value_at(self._interception, name)
        numbers = lines if name == GOODS else range(len(held) if isinstance(held, tuple) else 0)
        return [f"{name}.{number}." for number in numbers]

    def _hold(self, conditions: _Conditions, item: str) -> bool:
        return all(
            self._holds(condition, self._value(path, item), item) for path, condition in conditions
        )

    def _value(self, path: str, item: str) -> object:
        name = list_of(path)
        return self._values.get(item + path.removeprefix(f"{name}.") if name else path)

    def _holds(self, condition: FieldCondition, value: object, item: str) -> bool:
        there = value not in (None, (), "")
        if condition.filled is not None and there != condition.filled:
            return False
        for wanted in ((condition.equals,) if condition.equals else (), condition.one_of):
            if wanted and not any(_is(one, text) for one in items_of(value) for text in wanted):
                return False
        if condition.over and not _is_over(value, condition.over):
            return False
        return not condition.before or self._is_before(value, condition.before, item)

    def _is_before(self, value: object, bound: str, item: str) -> bool:
        full = field_meant(bound, self._added)
        other = day_in(bound) if full is None else self._value(full, item)
        if isinstance(value, Instant) and isinstance(other, Instant):
            return value.minute < other.minute
        one, two = _day(value), _day(other)
        return one is not None and two is not None and one < two


def _is(value: object, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted == ("true" if value else "false")
    if isinstance(value, int | Decimal):
        return value == number_in(wanted)
    return str(value) == wanted


def _is_over(value: object, bound: str) -> bool:
    amount, _, currency = bound.partition(" ")
    if isinstance(value, str):
        of, _, in_currency = value.partition(" ")
        if in_currency != currency:
            return False
        value = number_in(of)
    least = number_in(amount)
    number = value if isinstance(value, int | float | Decimal) else None
    return number is not None and least is not None and number > least


def _day(value: object) -> date | None:
    return value.local_date if isinstance(value, Instant) else (
        value if isinstance(value, date) else None
    )  # fmt: skip
