"""What a pack needs and forbids at once: such a record could never become final."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.fields import ADDED, FIELDS, Field
from domain.pack.added import table_of
from domain.pack.conditions import Conditions, FieldTable, exclude, implies
from domain.pack.finding import PackFinding, PackFindings, doubt, fault
from domain.pack.model import FIRST_FORMAT, Category, Pack
from domain.pack.profile import Profile
from domain.pack.rule import PHOTO, FieldCondition, Rule, field_meant, list_of
from domain.words import mark

NEVER_FINAL = mark("{other} needs '{path}' under the same conditions: no such record can be final")
PERHAPS_NEVER_FINAL = mark(
    "{other} needs '{path}', perhaps in the same record: then it cannot become final"
)


@dataclass(frozen=True, slots=True)
class _Demand:
    """Something of the pack that needs or forbids a field or photo, and when."""

    here: str
    named: str
    """The path in the table of fields, or `photo:` with a role."""
    categories: frozenset[str]
    """The goods that it counts for."""
    when: Conditions = ()
    """The other conditions."""


def opposed(pack: Pack) -> PackFindings:
    """A fault for what is surely needed and forbidden at once, a remark where that may be so."""
    if pack.format == FIRST_FORMAT or not pack.has_rules:
        return
    own = table_of(pack.fields)

    def table(path: str) -> Field | None:
        return FIELDS.get(path) or own.get(path.removeprefix(ADDED))

    needs: dict[str, list[_Demand]] = {}
    for need in (*_by_rules(pack, "need"), *_required(pack)):
        needs.setdefault(need.named, []).append(need)
    for ban in _by_rules(pack, "forbid"):
        found = _found(ban, needs.get(ban.named, []), table)
        if found is not None:
            yield found


def _found(ban: _Demand, needs: list[_Demand], table: FieldTable) -> PackFinding | None:
    about = "" if ban.named.startswith(PHOTO) else list_of(ban.named)
    path = ban.named.removeprefix("goods.")
    perhaps: PackFinding | None = None
    for need in needs:
        same_goods = not need.categories.isdisjoint(ban.categories)
        if exclude(need.when, ban.when, about, table) or (about == "goods" and not same_goods):
            continue
        values = {"other": need.here, "path": path}
        alike = implies(need.when, ban.when, table) or implies(ban.when, need.when, table)
        if same_goods and alike:
            return fault(ban.here, NEVER_FINAL, **values)
        perhaps = perhaps or doubt(ban.here, PERHAPS_NEVER_FINAL, **values)
    return perhaps


def _by_rules(pack: Pack, act: str) -> Iterator[_Demand]:
    own = [field.code for field in pack.fields]
    every = frozenset(each.code for each in pack.categories)
    for number, rule in enumerate(pack.rules):
        yield from _of_rule(_Demand(f"$.rules[{number}].{act}", "", every), rule, act, own)
    for index, profile in enumerate(pack.profiles):
        theirs = _of_profile(pack, profile)
        for number, rule in enumerate(profile.rules if theirs else ()):
            here = f"$.profiles[{index}].rules[{number}].{act}"
            yield from _of_rule(_Demand(here, "", theirs), rule, act, own)


def _of_rule(demand: _Demand, rule: Rule, act: str, own: list[str]) -> Iterator[_Demand]:
    """The demand of the rule, when the rule is of that kind and can count."""
    meant = getattr(rule, act)
    named = meant if meant.startswith(PHOTO) else field_meant(meant, own)
    if not meant or named is None:
        return
    categories = demand.categories
    when: list[tuple[str, FieldCondition]] = []
    for name, condition in rule.when.items():
        path = field_meant(name, own)
        if path is None:
            return  # a field that does not exist has its own fault
        codes = condition.one_of or (condition.equals,)
        if path == "goods.category" and condition in (
            FieldCondition(one_of=codes), FieldCondition(equals=codes[0])
        ):  # fmt: skip
            categories = categories.intersection(codes)
        elif path != named:
            when.append((path, condition))
        elif condition != FieldCondition(filled=act == "forbid"):
            return  # it needs what is there, or forbids some values alone
    if categories:
        yield replace(demand, named=named, categories=categories, when=tuple(when))


def _required(pack: Pack) -> Iterator[_Demand]:
    """What the pack, its profiles and its categories require without a rule."""
    own = [field.code for field in pack.fields]
    every = frozenset(each.code for each in pack.categories)
    limited = {role.code for role in pack.photo_roles if role.only_for}
    for number, path in enumerate(pack.required):
        yield _Demand(f"$.required[{number}]", path, every)
    for number, role in enumerate(pack.photos):
        if role not in limited:
            yield _Demand(f"$.photos[{number}]", PHOTO + role, every)
    parts: list[tuple[str, Profile | Category, frozenset[str]]] = [
        (f"$.profiles[{number}]", profile, _of_profile(pack, profile))
        for number, profile in enumerate(pack.profiles)
    ]
    parts += [
        (f"$.categories[{number}]", category, frozenset((category.code,)))
        for number, category in enumerate(pack.categories)
    ]
    for here, part, theirs in parts:
        for number, path in enumerate(part.required if theirs else ()):
            named = field_meant(path, own)
            if named is not None:
                yield _Demand(f"{here}.required[{number}]", named, theirs)
        for number, role in enumerate(part.photos if theirs else ()):
            yield _Demand(f"{here}.photos[{number}]", PHOTO + role, theirs)


def _of_profile(pack: Pack, profile: Profile) -> frozenset[str]:
    """The categories with that profile."""
    return frozenset(each.code for each in pack.categories if each.profile_code == profile.code)
