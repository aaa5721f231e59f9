"""Rules as data: what they name exists, and their conditions fit the fields they are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from domain.fields import ADDED, FIELDS, Field
from domain.interception.base import FieldKind
from domain.pack.added import table_of
from domain.pack.checklist import Terms
from domain.pack.checks.categories import NOT_OF_THESE_GOODS, of_medicines_or_drugs
from domain.pack.conditions import NUMERIC
from domain.pack.finding import PackFinding, PackFindings, fault, perhaps, unknown
from domain.pack.goods_contradictions import NO_ENGLISH, NOT_A_ROLE, need_fault
from domain.pack.law import day_in
from domain.pack.model import CODE_LISTS, FIRST_FORMAT, Pack
from domain.pack.profile import Group, Profile
from domain.pack.rule import (
    PHOTO,
    TEXT,
    FieldCondition,
    Rule,
    field_meant,
    list_of,
    number_in,
)
from domain.words import mark

DAYS = (FieldKind.DAY, FieldKind.DAY_OR_MONTH, FieldKind.MOMENT)
TEXTS = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.CODE, FieldKind.YES_NO)
EQUAL = (*TEXTS, FieldKind.WHOLE, FieldKind.DECIMAL, FieldKind.KILOGRAMS)
"""The kinds of fields that can be compared with one value."""
ACTS = ("need", "warn", "forbid")
NO_SUCH_FIELD = mark("neither a record nor a goods line has a field '{path}'{perhaps}")
NOT_ON_THE_LIST = mark("'{code}' is not on the list {list}{perhaps}")
NOT_COMPARED = mark("'{name}' does not fit '{path}', which is a field of the kind {kind}")


def rules(pack: Pack, terms: Terms) -> PackFindings:
    """Faults of all rules, of the pack and of its profiles."""
    if pack.format == FIRST_FORMAT:
        return
    known = _Known(pack, terms)
    for number, rule in enumerate(pack.rules):
        yield from known.rule(f"$.rules[{number}]", rule)
    for index, profile in enumerate(pack.profiles):
        for number, rule in enumerate(profile.rules):
            here = f"$.profiles[{index}].rules[{number}]"
            yield from known.rule(here, rule)
            yield from known.belongs(here, rule, profile)


@dataclass(frozen=True, slots=True)
class _At:
    """A condition: where it stands, and the field it is about."""

    here: str
    field: Field
    path: str


class _Known:
    """The fields and codes that rules of one pack may name."""

    def __init__(self, pack: Pack, terms: Terms) -> None:
        self._pack, self._terms = pack, terms
        self._own = [each.code for each in pack.fields]
        own = {ADDED + code: field for code, field in table_of(pack.fields).items()}
        every: Mapping[str, Field] = {**FIELDS, **own}
        self._table = {path: field for path, field in every.items() if field.block is None}
        self._theirs: dict[str, set[str]] = {}

    def rule(self, here: str, rule: Rule) -> PackFindings:
        """Faults of one rule."""
        given = [name for name in ACTS if getattr(rule, name)]
        if len(given) != 1:
            yield fault(here, mark("names one thing, in need, warn or forbid"))
        for name in given:
            yield from self._named(f"{here}.{name}", getattr(rule, name))
            yield from need_fault(f"{here}.{name}", getattr(rule, name))
        if rule.named == TEXT:
            yield from _only_words(here, rule)
        if rule.say and not rule.say.get("en"):
            yield fault(f"{here}.say", NO_ENGLISH)
        for path, condition in rule.when.items():
            there = f"{here}.when.{path}"
            full = field_meant(path, self._own)
            if full is None:
                yield self._no_field(there, path)
            elif full in self._table:  # a field of no known kind has its own fault
                yield from self._condition(_At(there, self._table[full], full), condition)

    def belongs(self, here: str, rule: Rule, profile: Profile) -> PackFindings:
        """A fault for a field that goods of the profile do not have."""
        theirs = self._fields_of(profile)
        for name in ACTS:
            full = field_meant(getattr(rule, name), self._own) or ""
            if full.startswith(ADDED) and full.removeprefix(ADDED) not in theirs:
                what = mark("goods of this profile do not have '{path}': add it to fields")
                yield fault(f"{here}.{name}", what, path=full.removeprefix("goods."))
            elif of_medicines_or_drugs(full) and profile.like == Group.EQUIPMENT:
                path = full.removeprefix("goods.")
                yield fault(f"{here}.{name}", NOT_OF_THESE_GOODS, path=path, group=profile.code)

    def _fields_of(self, profile: Profile) -> Collection[str]:
        """The added fields that goods of the profile have, or some of them."""
        if profile.code not in self._theirs:
            every = self._pack.categories
            goods = (each for each in every if each.profile_code == profile.code)
            own = {*profile.fields}.union(*(each.fields for each in goods))
            self._theirs[profile.code] = own
        return self._theirs[profile.code]

    def _named(self, here: str, named: str) -> PackFindings:
        if named.startswith(PHOTO):
            roles = [role.code for role in self._pack.photo_roles]
            yield from unknown(here, (named.removeprefix(PHOTO),), roles, NOT_A_ROLE)
        elif named != TEXT and field_meant(named, self._own) is None:
            yield self._no_field(here, named)

    def _no_field(self, here: str, path: str) -> PackFinding:
        near = perhaps(path, [each.removeprefix("goods.") for each in self._table])
        return fault(here, NO_SUCH_FIELD, path=path, perhaps=near)

    def _condition(self, at: _At, condition: FieldCondition) -> PackFindings:
        if condition == FieldCondition():
            what = mark("needs a condition: is, one_of, filled, over or before")
            yield fault(at.here, what)
        if condition.equals:
            yield from self._values(at, "is", (condition.equals,))
        yield from self._values(at, "one_of", condition.one_of)
        if condition.over:
            yield from self._over(at, condition.over)
        if condition.before:
            yield from self._before(at, condition.before)

    def _values(self, at: _At, name: str, values: Collection[str]) -> PackFindings:
        field = at.field
        for value in values:
            here = f"{at.here}.{name}"
            if field.kind not in EQUAL:
                yield _not_compared(at, name)
                return
            if field.kind is FieldKind.CODE:
                codes = self._codes(field.list_name)
                if codes and value not in codes:  # a list that is none is told at its field
                    near = perhaps(value, codes)
                    yield fault(
                        here, NOT_ON_THE_LIST, code=value, list=field.list_name, perhaps=near
                    )
            elif field.kind is FieldKind.YES_NO:
                if value not in ("true", "false"):
                    yield fault(here, mark("'{text}' is neither true nor false"), text=value)
            elif field.kind in NUMERIC:
                yield from _number(here, value)

    def _codes(self, name: str) -> tuple[str, ...]:
        listed = (
            getattr(self._pack, name)
            if name in CODE_LISTS
            else self._pack.lists.get(name) or self._terms.get(name, ())
        )
        return tuple(each.code for each in listed)

    def _over(self, at: _At, bound: str) -> PackFindings:
        here, kind = f"{at.here}.over", at.field.kind
        if kind is FieldKind.MONEY:
            amount, _, currency = bound.partition(" ")
            if number_in(amount) is None or currency not in self._codes("currencies"):
                what = mark("'{text}' is not an amount with its currency, like 10000 EUR")
                yield fault(here, what, text=bound)
        elif kind in NUMERIC:
            yield from _number(here, bound)
        else:
            yield _not_compared(at, "over")

    def _before(self, at: _At, bound: str) -> PackFindings:
        here = f"{at.here}.before"
        if at.field.kind not in DAYS:
            yield _not_compared(at, "before")
            return
        if day_in(bound) is not None:
            return
        full = field_meant(bound, self._own)
        if full is None or full not in self._table or self._table[full].kind not in DAYS:
            what = mark(
                "'{text}' is neither a day like 2026-11-26 nor a field with a day or a time"
            )
            yield fault(here, what, text=bound)
        elif list_of(full) not in ("", list_of(at.path)):
            what = mark("'{path}' is a field of another list: there may be several of it")
            yield fault(here, what, path=bound)


def _only_words(here: str, rule: Rule) -> PackFindings:
    if rule.need:
        what = mark("'text' has nothing to fill: write forbid to stop the record, or warn")
        yield fault(f"{here}.need", what)
    if not rule.say:
        yield fault(f"{here}.say", mark("the words of a rule about text are missing"))
    if not rule.when:
        yield fault(f"{here}.when", mark("a rule about text needs conditions"))


def _number(here: str, text: str) -> PackFindings:
    if number_in(text) is None:
        yield fault(here, mark("'{text}' is not a number"), text=text)


def _not_compared(at: _At, name: str) -> PackFinding:
    kind = str(at.field.kind)
    return fault(
        f"{at.here}.{name}", NOT_COMPARED, name=name, path=at.path.removeprefix("goods."), kind=kind
    )
