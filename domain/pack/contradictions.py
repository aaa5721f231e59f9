"""Finds contradictions in a pack whose JSON is valid: what the program cannot work with.

`domain.pack.checks` has the rules for a pack that is to be adopted or given out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.fields import ADDED, FIELDS
from domain.pack.finding import PackFindings, fault, unknown
from domain.pack.goods_contradictions import (
    NO_ENGLISH,
    NOT_A_DIMENSION,
    NOT_A_ROLE,
    field_fault,
    goods,
    list_faults,
    need_fault,
)
from domain.pack.model import NAMED_LISTS, Dimension, FormLength, Pack
from domain.plural import CATEGORIES
from domain.words import mark

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_A_LANGUAGE = mark("'{language}' is not a language tag (BCP 47), like en or pt-BR")
NOT_A_GROUP_OF_CODES = mark("'{code}' is not the group of a code in this pack{perhaps}")
NOT_A_PLURAL = mark("'{code}' is not a plural category{perhaps}")
NOT_A_FORM = mark("'{code}' is not a form{perhaps}")
_MUST_HOLD = ("posts", "units", "categories", "reasons", "detection", "photo_roles")


def contradictions(pack: Pack) -> PackFindings:
    """All contradictions, in the order of the format's description."""
    yield from _head(pack)
    for name in NAMED_LISTS:
        yield from list_faults(f"$.{name}", getattr(pack, name), empty=name not in _MUST_HOLD)
    yield from _units(pack)
    roles = [role.code for role in pack.photo_roles]
    yield from goods(pack)
    yield from unknown("$.photos", pack.photos, roles, NOT_A_ROLE)
    for number, path in enumerate(pack.required):
        yield from field_fault(f"$.required[{number}]", path)
        yield from need_fault(f"$.required[{number}]", path)
    yield from _once_only("$.required", pack.required)
    own = [ADDED + field.code for field in pack.fields]
    for number, path in enumerate(pack.freed):
        if path not in own:
            yield from field_fault(f"$.freed[{number}]", path, own=own)
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
    if pack.late_days < 0 or (pack.late_days and not pack.valid_to):
        yield fault("$.late_days", mark("is a number of days after valid_to, 0 or more"))
    if not pack.title.get("en"):
        yield fault("$.title", NO_ENGLISH)


def _units(pack: Pack) -> PackFindings:
    dimensions = (*Dimension, *(own.code for own in pack.dimensions))
    for number, unit in enumerate(pack.units):
        here = f"$.units[{number}]"
        yield from unknown(
            f"{here}.dimension", (unit.dimension,), dimensions, NOT_A_DIMENSION, listed=True
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


def _headings(pack: Pack) -> PackFindings:
    lists = (
        pack.reasons, pack.indicators, pack.concealment, pack.detection, pack.photo_roles,
        *pack.lists.values(),
    )  # fmt: skip
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
    some = rule and (rule.days or rule.months or rule.working_days)
    if rule and (rule.days < 0 or rule.months < 0 or not some):
        yield fault("$.paper.claim_rule", mark("needs days or months, more than 0"))
    if not LANGUAGE.fullmatch(paper.ruling_language):
        here = "$.paper.ruling_language"
        yield fault(here, NOT_A_LANGUAGE, language=paper.ruling_language)


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


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
