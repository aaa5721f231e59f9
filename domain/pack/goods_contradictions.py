"""Contradictions of what a pack says of goods: categories, profiles, added fields, amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.fields import FIELDS
from domain.numbers import kinds as kinds_of_number
from domain.pack.added import AddedKind, AddedPrivacy
from domain.pack.finding import PackFindings, fault, perhaps, unknown
from domain.pack.kinds_alike import of_each_kind
from domain.pack.measure import MeasureOf
from domain.pack.model import (
    FIRST_FORMAT,
    FORMAT,
    NAMED_LISTS,
    Category,
    Dimension,
    NamedPart,
    Pack,
    Post,
    labels_of,
)
from domain.pack.pattern import is_pattern
from domain.pack.profile import SHIPPED, Group, Profile
from domain.words import mark

_YEAR = re.compile(r"\d{4}")
_DAY_OR_LESS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NO_ENGLISH = mark("has no English words (en)")
NOT_A_UNIT = mark("'{code}' is not a unit of this pack{perhaps}")
NOT_A_ROLE = mark("'{code}' is not a photo role of this pack{perhaps}")
NOT_A_GROUP = mark("'{code}' is not a group{perhaps}")
NOT_A_PROFILE = mark("'{code}' is not a profile{perhaps}")
NOT_A_KIND = mark("'{code}' is not a kind of field{perhaps}")
NOT_A_PRIVACY = mark("'{code}' is not a privacy{perhaps}")
NOT_A_CHECK = mark("'{code}' is not a check rule{perhaps}")
NOT_AN_ADDED_FIELD = mark("'{code}' is not a field that this pack adds{perhaps}")
NOT_A_MEASURE = mark("'{code}' is nothing that an amount is computed from{perhaps}")
NOT_A_DIMENSION = mark("'{code}' is not a dimension{perhaps}")
_NO_FIELD = {
    "": mark("a record has no field '{path}'{perhaps}"),
    "goods.": mark("a goods line has no field '{path}'{perhaps}"),
}
"""By the beginning of the path."""


def goods(pack: Pack) -> PackFindings:
    """All contradictions of categories, profiles and the fields that the pack adds."""
    roles = [role.code for role in pack.photo_roles]
    units = [unit.code for unit in pack.units]
    yield from of_each_kind(
        pack, lambda here, category: _category(here, category, pack, units, roles)
    )
    for number, category in enumerate(pack.categories):
        if category.hs or category.control_as_of:
            yield from _lists_of_law(f"$.categories[{number}]", category)
    yield from _added(pack, roles)


def list_faults(position: str, items: Sequence[NamedPart], *, empty: bool) -> PackFindings:
    """Faults of a list of codes; `empty`: whether it may hold nothing."""
    first_index: dict[str, int] = {}
    if not items and not empty:
        what = mark("the list '{name}' is empty")
        yield fault(position, what, name=position.rpartition(".")[2])
    for number, item in enumerate(items):
        if item.code in first_index:
            here = f"{position}[{number}]"
            first = f"{position}[{first_index[item.code]}]"
            what = mark("the code '{code}' stands here a second time, first at {first}")
            yield fault(f"{here}.code", what, code=item.code, first=first)
        first_index.setdefault(item.code, number)
        if not labels_of(item).get("en"):
            words = "name" if isinstance(item, Post) else "label"
            yield fault(f"{position}[{number}].{words}", NO_ENGLISH)


def _category(
    here: str, category: Category, pack: Pack, units: Sequence[str], roles: Sequence[str]
) -> PackFindings:
    yield from _profile(here, category, pack)
    if not category.units and not any(u.dimension in category.dimensions for u in pack.units):
        yield fault(f"{here}.units", mark("a category needs a unit"))
    dimensions = (*Dimension, *(own.code for own in pack.dimensions))
    yield from unknown(
        f"{here}.dimensions", category.dimensions, dimensions, NOT_A_DIMENSION, listed=True
    )
    yield from unknown(f"{here}.units", category.units, units, NOT_A_UNIT)
    yield from unknown(f"{here}.photos", category.photos, roles, NOT_A_ROLE)
    yield from _of_goods(here, category, pack)


def _lists_of_law(here: str, category: Category) -> PackFindings:
    for number, heading in enumerate(category.hs):
        if not _YEAR.fullmatch(heading.edition):
            what = mark("'{edition}' is not the year of an edition")
            yield fault(f"{here}.hs[{number}].edition", what, edition=heading.edition)
    if category.control_as_of and not _DAY_OR_LESS.fullmatch(category.control_as_of):
        what = mark("'{day}' is not a day, month or year like 2026-11-23, 2026-11 or 2026")
        yield fault(f"{here}.control_as_of", what, day=category.control_as_of)


def _profile(here: str, category: Category, pack: Pack) -> PackFindings:
    """The category names its profile in the field of its format."""
    own = (*(profile.code for profile in pack.profiles), *Group)
    if pack.format == FIRST_FORMAT:
        yield from unknown(
            f"{here}.group", (category.group,), tuple(Group), NOT_A_GROUP, listed=True
        )
        return
    if category.group:
        yield fault(f"{here}.group", mark("is called profile in {format}"), format=FORMAT)
        if not category.profile:
            return
    yield from unknown(f"{here}.profile", (category.profile,), own, NOT_A_PROFILE, listed=True)


def _added(pack: Pack, roles: Sequence[str]) -> PackFindings:
    """Faults of what the second format adds: fields, their lists, profiles."""
    for number, field in enumerate(pack.fields):
        here = f"$.fields[{number}]"
        kinds, who = tuple(AddedKind), tuple(AddedPrivacy)
        yield from unknown(f"{here}.kind", (field.kind,), kinds, NOT_A_KIND, listed=True)
        yield from unknown(f"{here}.privacy", (field.privacy,), who, NOT_A_PRIVACY, listed=True)
        if field.check:
            yield from unknown(f"{here}.check", (field.check,), kinds_of_number(), NOT_A_CHECK,
                               listed=True)  # fmt: skip
        if field.pattern and not is_pattern(field.pattern):
            what = mark(
                "'{pattern}' is not written as this format has it, like [A-Z]{{2}}[0-9]{{6}}"
            )
            yield fault(f"{here}.pattern", what, pattern=field.pattern)
    for name, codes in pack.lists.items():
        yield from list_faults(f"$.lists.{name}", codes, empty=False)
        if name in NAMED_LISTS:
            yield fault(f"$.lists.{name}", mark("'{name}' is a list of every pack"), name=name)
    for number, profile in enumerate(pack.profiles):
        here = f"$.profiles[{number}]"
        yield from unknown(
            f"{here}.like", (profile.like,), tuple(Group), NOT_A_PROFILE, listed=True
        )
        yield from unknown(f"{here}.photos", profile.photos, roles, NOT_A_ROLE)
        yield from _of_goods(here, profile, pack)
        if profile.code in SHIPPED:
            what = mark("'{code}' is a profile of the program: choose another code")
            yield fault(f"{here}.code", what, code=profile.code)


def _of_goods(here: str, part: Category | Profile, pack: Pack) -> PackFindings:
    """Faults for names of fields of a goods line that are none, of the program or of the pack."""
    codes = [field.code for field in pack.fields]
    yield from _measures(here, part, pack)
    yield from unknown(f"{here}.fields", part.fields, codes, NOT_AN_ADDED_FIELD, listed=True)
    own = [f"added.{code}" for code in codes]
    for name in ("required", "asked"):
        for number, path in enumerate(getattr(part, name)):
            if path not in own:
                yield from field_fault(f"{here}.{name}[{number}]", path, "goods.", own)


def _measures(here: str, part: Category | Profile, pack: Pack) -> PackFindings:
    units = [unit.code for unit in pack.units]
    yield from unknown(f"{here}.contents", part.contents, units, NOT_A_UNIT)
    rule = part.measure
    if rule is None:
        return
    yield from unknown(f"{here}.measure.unit", (rule.unit,), units, NOT_A_UNIT)
    ways = tuple(MeasureOf)
    yield from unknown(f"{here}.measure.of", (rule.of,), ways, NOT_A_MEASURE, listed=True)
    own = [f"added.{field.code}" for field in pack.fields]
    if rule.percent and rule.percent not in own:
        yield from field_fault(f"{here}.measure.percent", rule.percent, "goods.", own)
    if not rule.factor.is_finite() or rule.factor <= 0:
        what = mark("{factor} is not greater than zero")
        yield fault(f"{here}.measure.factor", what, factor=rule.factor)


def need_fault(here: str, path: str) -> PackFindings:
    """A fault for a field that no pack may ask of every record."""
    if path == "case":
        yield fault(here, mark("'{path}' is empty in the first interception of a find"), path=path)


def field_fault(here: str, path: str, below: str = "", own: Sequence[str] = ()) -> PackFindings:
    """A fault for a path that is no field below `below`; `own` are paths of the pack."""
    field = FIELDS.get(below + path)
    if field is None:
        near = perhaps(path, [*_paths(below), *own])
        yield fault(here, _NO_FIELD[below], path=path, perhaps=near)
    elif field.block is not None:
        yield fault(here, mark("'{path}' is a block; name one of its fields"), path=path)


def _paths(below: str) -> list[str]:
    """All paths of fields that begin with `below`, without that beginning."""
    return [
        path.removeprefix(below)
        for path, field in FIELDS.items()
        if path.startswith(below) and field.block is None
    ]
