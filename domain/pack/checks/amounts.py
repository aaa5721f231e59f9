"""Contents and second amounts: that there is something to compute them from, and none twice."""

from __future__ import annotations

from domain.fields import ADDED, FIELDS
from domain.interception.base import FieldKind
from domain.pack.added import table_of
from domain.pack.finding import PackFindings, fault
from domain.pack.kinds_alike import of_each_kind
from domain.pack.measure import MeasureOf
from domain.pack.model import Category, Pack
from domain.pack.profile import SHIPPED, Profile
from domain.words import mark

_NUMBERS = (FieldKind.WHOLE, FieldKind.DECIMAL)
TAKEN_TWICE = mark("{unit} measures the same as the count, and would be added twice")


def amounts(pack: Pack) -> PackFindings:
    """Faults of what a category or its profile asks for beside the count, each told once."""
    found: set[str] = set()
    for finding in _of_categories(pack):
        if finding.position not in found:
            found.add(finding.position)
            yield finding


def _of_categories(pack: Pack) -> PackFindings:
    own = {profile.code: number for number, profile in enumerate(pack.profiles)}

    def check(here: str, category: Category) -> PackFindings:
        there, code = "", category.profile_code
        profile = SHIPPED.get(code) or SHIPPED["equipment"]
        if code in own:
            profile, there = pack.profiles[own[code]], f"$.profiles[{own[code]}]"
        yield from _twice(here if category.contents else there, category, profile, pack)
        if category.measure or profile.measure:
            yield from _measure(here if category.measure else there, category, profile, pack)

    yield from of_each_kind(pack, check)


def _twice(here: str, category: Category, profile: Profile, pack: Pack) -> PackFindings:
    """Contents in the only dimension in which such goods are counted."""
    for unit in category.contents or profile.contents:
        if _dimensions(category, pack) == {_dimension(unit, pack)}:
            yield fault(f"{here}.contents", TAKEN_TWICE, unit=unit)


def _measure(here: str, category: Category, profile: Profile, pack: Pack) -> PackFindings:
    rule = category.measure or profile.measure
    if rule is None:
        return
    if _dimensions(category, pack) == {_dimension(rule.unit, pack)}:
        yield fault(f"{here}.measure.unit", TAKEN_TWICE, unit=rule.unit)
    shown = (*category.required, *category.asked, *profile.required, *profile.asked)
    if (
        rule.of == MeasureOf.CONTENT
        and not (category.contents or profile.contents)
        and "content" not in shown
    ):
        what = mark("follows from the content, and '{category}' has no contents: name their units")
        yield fault(f"{here}.measure.of", what, category=category.code)
    full = "goods." + rule.percent
    if full in FIELDS:
        kind = FIELDS[full].kind
    else:
        added = table_of(pack.fields).get(full.removeprefix(ADDED))
        if added is None:  # no field at all has its own fault
            return
        kind = added.kind
    if kind not in _NUMBERS:
        what = mark("'{path}' is not a number: a per cent is one")
        yield fault(f"{here}.measure.percent", what, path=rule.percent)


def _dimensions(category: Category, pack: Pack) -> set[str]:
    """The dimensions in which such goods are counted."""
    return {_dimension(unit, pack) for unit in category.units} | {*category.dimensions}


def _dimension(code: str, pack: Pack) -> str:
    """The dimension of a unit; the code itself when the pack does not have it."""
    return next((unit.dimension for unit in pack.units if unit.code == code), code)
