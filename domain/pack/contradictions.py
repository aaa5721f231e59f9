"""Finds contradictions in a pack whose JSON is valid: what the program cannot work with.

`domain.pack.checks` has the rules for a pack that is to be adopted or given out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from domain.fields import FIELDS
from domain.pack.finding import PackFindings, fault, perhaps
from domain.pack.model import CODE_LISTS, FORMAT, Category, Dimension, FormLength, Group, Pack
from domain.plural import CATEGORIES
from domain.words import mark

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OR_LESS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NO_FIELD = {
    "": mark("a record has no field '{path}'{perhaps}"),
    "goods.": mark("a goods line has no field '{path}'{perhaps}"),
}
"""By the beginning of the path."""
NOT_A_LANGUAGE = mark("'{language}' is not a language tag (BCP 47), like en or pt-BR")
NO_ENGLISH = mark("has no English words (en)")
NOT_A_UNIT = mark("'{code}' is not a unit of this pack{perhaps}")
NOT_A_ROLE = mark("'{code}' is not a photo role of this pack{perhaps}")
NOT_A_GROUP_OF_CODES = mark("'{code}' is not the group of a code in this pack{perhaps}")
NOT_A_PLURAL = mark("'{code}' is not a plural category{perhaps}")
NOT_A_GROUP = mark("'{code}' is not a group{perhaps}")
NOT_A_DIMENSION = mark("'{code}' is not a dimension{perhaps}")
NOT_A_FORM = mark("'{code}' is not a form{perhaps}")
_MUST_HOLD = ("posts", "units", "categories", "reasons", "detection", "photo_roles")


def contradictions(pack: Pack) -> PackFindings:
    """All contradictions, in the order of the format's description."""
    if pack.format != FORMAT:
        what = mark("this program reads {format}; the pack is '{other}'")
        yield fault("$.format", what, format=FORMAT, other=pack.format)
    yield from _head(pack)
    for name in CODE_LISTS:
        yield from _list_faults(pack, name)
    yield from _units(pack)
    roles = [role.code for role in pack.photo_roles]
    units = [unit.code for unit in pack.units]
    for number, category in enumerate(pack.categories):
        yield from _category(f"$.categories[{number}]", category, units, roles)
    yield from unknown("$.photos", pack.photos, roles, NOT_A_ROLE)
    yield from _fields("$.required", pack.required)
    yield from _once_only("$.required", pack.required)
    yield from _fields("$.freed", pack.freed)
    yield from _headings(pack)
    yield from _paper(pack)


def _head(pack: Pack) -> PackFindings:
    yield from unknown("$.form", (pack.form,), tuple(FormLength), NOT_A_FORM, listed=True)
    if not re.fullmatch(r"\d{4}", pack.hs_edition):
        what = mark("'{edition}' is not the year of an edition")
        yield fault("$.hs_edition", what, edition=pack.hs_edition)
    if "en" not in pack.languages:
        yield fault("$.languages", mark("English (en) must be among the languages"))
    for number, language in enumerate(pack.languages):
        if not LANGUAGE.fullmatch(language):
            yield fault(f"$.languages[{number}]", NOT_A_LANGUAGE, language=language)
    for name, day in (("valid_from", pack.valid_from), ("valid_to", pack.valid_to)):
        if day and not (_DAY.fullmatch(day) and _is_day(day)):
            yield fault(f"$.{name}", mark("'{day}' is not a day like 2026-11-23"), day=day)
    if pack.valid_from and pack.valid_to and pack.valid_to < pack.valid_from:
        what = mark("{to} is before valid_from, {start}")
        yield fault("$.valid_to", what, to=pack.valid_to, start=pack.valid_from)
    if not pack.title.get("en"):
        yield fault("$.title", NO_ENGLISH)


def _list_faults(pack: Pack, name: str) -> PackFindings:
    first_index: dict[str, int] = {}
    items = getattr(pack, name)
    if not items and name in _MUST_HOLD:
        yield fault(f"$.{name}", mark("the list is empty"))
    for number, item in enumerate(items):
        here = f"$.{name}[{number}]"
        if item.code in first_index:
            first = f"$.{name}[{first_index[item.code]}]"
            what = mark("the code '{code}' stands here a second time, first at {first}")
            yield fault(f"{here}.code", what, code=item.code, first=first)
        first_index.setdefault(item.code, number)
        words = "name" if name == "posts" else "label"
        if not getattr(item, words).get("en"):
            yield fault(f"{here}.{words}", NO_ENGLISH)


def _units(pack: Pack) -> PackFindings:
    for number, unit in enumerate(pack.units):
        here = f"$.units[{number}]"
        yield from unknown(
            f"{here}.dimension", (unit.dimension,), tuple(Dimension), NOT_A_DIMENSION, listed=True
        )
        if not unit.factor.is_finite() or unit.factor <= 0:
            what = mark("{factor} is not greater than zero")
            yield fault(f"{here}.factor", what, factor=unit.factor)
        if unit.plural and not unit.plural.get("en"):
            yield fault(f"{here}.plural", mark("'{code}' has no English plural"), code=unit.code)
        for language, words in unit.plural.items():
            if not isinstance(words, str):
                there = f"{here}.plural.{language}"
                yield from unknown(there, tuple(words), CATEGORIES, NOT_A_PLURAL, listed=True)
                if not words.get("other"):
                    what = mark("'{code}' has no words for the category other")
                    yield fault(there, what, code=unit.code)


def _category(
    here: str, category: Category, units: Sequence[str], roles: Sequence[str]
) -> PackFindings:
    yield from unknown(f"{here}.group", (category.group,), tuple(Group), NOT_A_GROUP, listed=True)
    if not category.units:
        yield fault(f"{here}.units", mark("a category needs a unit"))
    yield from unknown(f"{here}.units", category.units, units, NOT_A_UNIT)
    yield from unknown(f"{here}.photos", category.photos, roles, NOT_A_ROLE)
    yield from _fields(f"{here}.required", category.required, "goods.")
    yield from _fields(f"{here}.asked", category.asked, "goods.")
    for number, heading in enumerate(category.hs):
        if not re.fullmatch(r"\d{4}", heading.edition):
            what = mark("'{edition}' is not the year of an edition")
            yield fault(f"{here}.hs[{number}].edition", what, edition=heading.edition)
    if category.control_as_of and not _DAY_OR_LESS.fullmatch(category.control_as_of):
        what = mark("'{day}' is not a day, month or year like 2026-11-23, 2026-11 or 2026")
        yield fault(f"{here}.control_as_of", what, day=category.control_as_of)


def _headings(pack: Pack) -> PackFindings:
    lists = (pack.reasons, pack.indicators, pack.concealment, pack.detection, pack.photo_roles)
    groups = {item.group for items in lists for item in items if item.group}
    for group, words in pack.headings.items():
        yield from unknown(f"$.headings.{group}", (group,), groups, NOT_A_GROUP_OF_CODES)
        if not words.get("en"):
            yield fault(f"$.headings.{group}", NO_ENGLISH)


def _paper(pack: Pack) -> PackFindings:
    paper = pack.paper
    for name in ("authority", "address"):
        if not getattr(paper, name).get("en"):
            yield fault(f"$.paper.{name}", NO_ENGLISH)
    rule = paper.claim_rule
    if rule and (rule.days < 0 or rule.months < 0 or not (rule.days or rule.months)):
        yield fault("$.paper.claim_rule", mark("needs days or months, more than 0"))
    if not LANGUAGE.fullmatch(paper.ruling_language):
        here = "$.paper.ruling_language"
        yield fault(here, NOT_A_LANGUAGE, language=paper.ruling_language)


def unknown(
    position: str,
    codes: Sequence[str],
    known: Collection[str],
    what: str,
    *,
    listed: bool = False,
) -> PackFindings:
    """A fault for each code that is not known; `what` names `code` and `perhaps`.

    Where no known code is like it, all of them are named if they shall be `listed`.
    """
    for code in codes:
        if code not in known:
            near = perhaps(code, known, listed=listed)
            yield fault(position, what, code=code, perhaps=near)


def _fields(position: str, paths: Sequence[str], below: str = "") -> PackFindings:
    for number, path in enumerate(paths):
        here = f"{position}[{number}]"
        field = FIELDS.get(below + path)
        if field is None:
            near = perhaps(path, _paths(below))
            yield fault(here, _NO_FIELD[below], path=path, perhaps=near)
        elif field.block is not None:
            yield fault(here, mark("'{path}' is a block; name one of its fields"), path=path)


def _once_only(position: str, paths: Sequence[str]) -> PackFindings:
    """A record cannot require a field of a block in a list: each item has that field."""
    for number, path in enumerate(paths):
        *parents, _ = path.split(".")
        parent_fields = [FIELDS.get(".".join(parents[: n + 1])) for n in range(len(parents))]
        if any(parent is not None and parent.many for parent in parent_fields):
            in_goods = parents[0] == "goods"
            what = (
                mark("'{path}' is there once for each line of goods; require it in the categories")
                if in_goods
                else mark("'{path}' stands in a list, once for each entry")
            )
            yield fault(f"{position}[{number}]", what, path=path)


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
