"""What codes are for: goods and modes of transport that exist, and something for all goods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from domain.pack.checklist import Terms
from domain.pack.checks.categories import twice
from domain.pack.finding import PackFindings, doubt, fault, unknown
from domain.pack.model import FIRST_FORMAT, LIMITED_LISTS, LegalBasis, Pack
from domain.pack.part import Code
from domain.pack.profile import Group
from domain.words import mark

NEEDED = ("reasons", "detection", "legal_bases")
"""The lists of which each record must have a code."""
ALSO_A_MODE = mark("'{code}' is also a mode of transport: for cannot name one of them alone")
ALSO_A_PROFILE = mark("'{code}' is also a profile: for cannot name one of them alone")
NOT_FOR_ANYTHING = mark(
    "'{code}' is not a profile, a category or a mode of transport of this pack{perhaps}"
)


def fitting(pack: Pack, terms: Terms) -> PackFindings:
    """Faults and remarks of all `for`."""
    if pack.format == FIRST_FORMAT:
        return
    modes = [term.code for term in terms["modes"]]
    profiles = {profile.code for profile in pack.profiles}
    codes = (*(each.code for each in pack.categories), *profiles, *Group, *modes)
    known = dict.fromkeys(codes)
    used = {each.profile_code for each in pack.categories}
    yield from _ambiguous(pack, modes)
    for here, item in _limited(pack):
        yield from unknown(f"{here}.for", item.only_for, known, NOT_FOR_ANYTHING)
        yield from twice(f"{here}.for", item.only_for)
        for code in item.only_for:
            if code in {*profiles, *Group} - used and code not in modes:
                what = mark("no category has the profile '{code}': it is for nothing")
                yield doubt(f"{here}.for", what, code=code)
    for name in NEEDED:
        if all(code in known for item in getattr(pack, name) for code in item.only_for):
            yield from _for_all(name, pack, modes)


def _ambiguous(pack: Pack, modes: Collection[str]) -> PackFindings:
    """One code for two things that `for` may name: it is for both, and nobody can tell which."""
    profiles = {*Group, *(profile.code for profile in pack.profiles)}
    for number, profile in enumerate(pack.profiles):
        if profile.code in modes:
            yield fault(f"$.profiles[{number}].code", ALSO_A_MODE, code=profile.code)
    for number, category in enumerate(pack.categories):
        if category.code in {*modes, *profiles}:
            what = ALSO_A_MODE if category.code in modes else ALSO_A_PROFILE
            yield fault(f"$.categories[{number}].code", what, code=category.code)


def _limited(pack: Pack) -> Iterator[tuple[str, Code | LegalBasis]]:
    """The codes that are not for all, with their positions."""
    for name in LIMITED_LISTS:
        for number, item in enumerate(getattr(pack, name)):
            if item.only_for:
                yield f"$.{name}[{number}]", item
    for name, codes in pack.lists.items():
        for number, code in enumerate(codes):
            if code.only_for:
                yield f"$.lists.{name}[{number}]", code


def _for_all(name: str, pack: Pack, modes: Collection[str]) -> PackFindings:
    """Each category needs a code of the list, in each mode; else none of its records is final."""
    items: Sequence[Code | LegalBasis] = getattr(pack, name)
    if not items or any(not item.only_for for item in items):
        return
    limits = [(set(each.only_for) - set(modes), set(each.only_for) & set(modes)) for each in items]
    named = {code for goods, _ in limits for code in goods}
    asked: set[tuple[str, str]] = set()
    found: set[tuple[str, ...]] = set()
    for number, category in enumerate(pack.categories):
        goods = {category.code, category.profile_code} & named
        kind = (category.code if category.code in named else "", category.profile_code)
        if kind in asked:
            continue
        asked.add(kind)
        fit = [ways for theirs, ways in limits if not theirs or theirs & goods]
        where = {mode for ways in fit for mode in (ways or modes)}
        lacking = tuple(mode for mode in modes if mode not in where)
        key = (category.profile_code, *lacking)
        if not lacking or key in found:
            continue
        found.add(key)
        position = f"$.categories[{number}]"
        if len(lacking) == len(modes):
            what = mark("no code of {list} is for '{code}': no record of it could become final")
            yield fault(position, what, list=name, code=category.code)
        else:
            what = mark("no code of {list} is for '{code}' in these modes of transport: {modes}")
            yield doubt(position, what, list=name, code=category.code, modes=", ".join(lacking))
