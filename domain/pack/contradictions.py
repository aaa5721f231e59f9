"""Finds contradictions in a pack whose JSON is valid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from domain.fields import FIELDS
from domain.pack.model import CODE_LISTS, FORMAT, Category, Dimension, FormLength, Group, Pack
from domain.plural import CATEGORIES

Found = Iterator[tuple[str, str]]
"""Position in the JSON, and cause."""

FORMS, DIMENSIONS = tuple(map(str, FormLength)), tuple(map(str, Dimension))
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OR_LESS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NAMES = {"": "record", "goods.": "goods line"}
"""Beginning of a path, and the name of the thing that has such fields."""
_MUST_HOLD = ("posts", "units", "categories", "reasons", "detection", "photo_roles")


def contradictions(pack: Pack) -> Found:
    """All contradictions, in the order of the format's description."""
    if pack.format != FORMAT:
        yield "$.format", f"this program reads {FORMAT}, the pack is {pack.format!r}"
    yield from _head(pack)
    for name in CODE_LISTS:
        yield from _list_faults(pack, name)
    yield from _units(pack)
    roles = [role.code for role in pack.photo_roles]
    units = [unit.code for unit in pack.units]
    for number, category in enumerate(pack.categories):
        yield from _category(f"$.categories[{number}]", category, units, roles)
    yield from _unknown("$.photos", pack.photos, roles, "photo role of this pack")
    yield from _fields("$.required", pack.required)
    yield from _once_only("$.required", pack.required)
    yield from _fields("$.freed", pack.freed)
    yield from _headings(pack)
    yield from _paper(pack)


def _head(pack: Pack) -> Found:
    yield from _unknown("$.form", (pack.form,), FORMS, "form")
    if not re.fullmatch(r"\d{4}", pack.hs_edition):
        yield "$.hs_edition", f"{pack.hs_edition!r} is not the year of an edition"
    if "en" not in pack.languages:
        yield "$.languages", "English (`en`) must be among the languages"
    for number, language in enumerate(pack.languages):
        if not _LANGUAGE.fullmatch(language):
            yield f"$.languages[{number}]", f"{language!r} is not a language tag (BCP 47)"
    days = [("valid_from", pack.valid_from), ("valid_to", pack.valid_to)]
    for name, day in days:
        if day and not (_DAY.fullmatch(day) and _is_day(day)):
            yield f"$.{name}", f"{day!r} is not a day like 2026-11-23"
    if pack.valid_from and pack.valid_to and pack.valid_to < pack.valid_from:
        yield "$.valid_to", f"{pack.valid_to} is before valid_from, {pack.valid_from}"
    if not pack.title.get("en"):
        yield "$.title", "has no English words"


def _list_faults(pack: Pack, name: str) -> Found:
    first_index: dict[str, int] = {}
    items = getattr(pack, name)
    if not items and name in _MUST_HOLD:
        yield f"$.{name}", "the list is empty"
    for number, item in enumerate(items):
        here = f"$.{name}[{number}]"
        if item.code in first_index:
            first = f"$.{name}[{first_index[item.code]}]"
            yield f"{here}.code", f"{item.code!r} stands here a second time, first at {first}"
        first_index.setdefault(item.code, number)
        words = "name" if name == "posts" else "label"
        if not getattr(item, words).get("en"):
            yield f"{here}.{words}", f"{item.code!r} has no English label"


def _units(pack: Pack) -> Found:
    for number, unit in enumerate(pack.units):
        here = f"$.units[{number}]"
        yield from _unknown(f"{here}.dimension", (unit.dimension,), DIMENSIONS, "dimension")
        if not unit.factor.is_finite() or unit.factor <= 0:
            yield f"{here}.factor", f"{unit.factor} is not greater than zero"
        if unit.plural and not unit.plural.get("en"):
            yield f"{here}.plural", f"{unit.code!r} has no English plural"
        for language, words in unit.plural.items():
            if not isinstance(words, str):
                there = f"{here}.plural.{language}"
                yield from _unknown(there, tuple(words), CATEGORIES, "plural category")
                if not words.get("other"):
                    yield there, f"{unit.code!r} has no words for the category other"


def _category(here: str, category: Category, units: Sequence[str], roles: Sequence[str]) -> Found:
    yield from _unknown(f"{here}.group", (category.group,), tuple(Group), "group")
    if not category.units:
        yield f"{here}.units", "a category needs a unit"
    yield from _unknown(f"{here}.units", category.units, units, "unit of this pack")
    yield from _unknown(f"{here}.photos", category.photos, roles, "photo role of this pack")
    yield from _fields(f"{here}.required", category.required, "goods.")
    yield from _fields(f"{here}.asked", category.asked, "goods.")
    for number, heading in enumerate(category.hs):
        if not re.fullmatch(r"\d{4}", heading.edition):
            yield f"{here}.hs[{number}].edition", f"{heading.edition!r} is not a year"
    if category.control_as_of and not _DAY_OR_LESS.fullmatch(category.control_as_of):
        yield f"{here}.control_as_of", f"{category.control_as_of!r} is not a day, month or year"


def _headings(pack: Pack) -> Found:
    lists = (pack.reasons, pack.indicators, pack.concealment, pack.detection, pack.photo_roles)
    groups = {item.group for items in lists for item in items if item.group}
    for group, words in pack.headings.items():
        yield from _unknown(f"$.headings.{group}", (group,), groups, "group of a code")
        if not words.get("en"):
            yield f"$.headings.{group}", "has no English words"


def _paper(pack: Pack) -> Found:
    paper = pack.paper
    for name in ("authority", "address"):
        if not getattr(paper, name).get("en"):
            yield f"$.paper.{name}", "has no English words"
    rule = paper.claim_rule
    if rule and (rule.days < 0 or rule.months < 0 or not (rule.days or rule.months)):
        yield "$.paper.claim_rule", "needs days or months, more than 0"
    if not _LANGUAGE.fullmatch(paper.ruling_language):
        here = "$.paper.ruling_language"
        yield here, f"{paper.ruling_language!r} is not a language tag (BCP 47)"


def _unknown(position: str, codes: Sequence[str], known: Collection[str], what: str) -> Found:
    for code in codes:
        if code not in known:
            near = get_close_matches(code, known, 1)
            yield position, f"{code!r} is not a {what}" + (f"; perhaps {near[0]!r}" if near else "")


def _fields(position: str, paths: Sequence[str], below: str = "") -> Found:
    for number, path in enumerate(paths):
        here = f"{position}[{number}]"
        field = FIELDS.get(below + path)
        if field is None:
            near = get_close_matches(path, _paths(below), 1)
            perhaps = f"; perhaps {near[0]!r}" if near else ""
            yield here, f"a {_NAMES[below]} has no field {path!r}{perhaps}"
        elif field.block is not None:
            yield here, f"{path!r} is a block; name one of its fields"


def _once_only(position: str, paths: Sequence[str]) -> Found:
    """A record cannot require a field of a block in a list: each item has that field."""
    for number, path in enumerate(paths):
        *parents, _ = path.split(".")
        parent_fields = [FIELDS.get(".".join(parents[: n + 1])) for n in range(len(parents))]
        if any(parent is not None and parent.many for parent in parent_fields):
            hint = "; require it in the categories" if parents[0] == "goods" else ""
            yield f"{position}[{number}]", f"{path!r} stands in a list, once for each entry{hint}"


def _paths(below: str) -> list[str]:
    """All paths of fields that begin with `below`, without that beginning."""
    return [
        path.removeprefix(below)
        for path, field in FIELDS.items()
        if path.startswith(below) and field.block is None
    ]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
