"""Categories: their headings of the Harmonized System, their fields, what stands there twice."""

from __future__ import annotations

from collections.abc import Sequence

from domain.pack.checks.head import edition, plain_digits
from domain.pack.finding import PackFindings, doubt, fault
from domain.pack.kinds_alike import of_each_kind
from domain.pack.model import Category, Hs, Pack
from domain.pack.profile import WEIGHED, Group
from domain.words import mark

LAST_CHAPTER = 97
RESERVED_CHAPTERS = (0, 77)
"""Chapter 77 is reserved for future use (General Rules, table of contents); there is no 00."""
_BLOCKS = ("medicine.", "drug.")
OF_ALL_GOODS = ("medicine.serial",)
NOT_OF_THESE_GOODS = mark("'{path}' is a field of medicines and drugs; {group} has none")
"""A field of such a block that goods of every group have."""


def categories(pack: Pack) -> PackFindings:
    """Faults and remarks of all categories."""
    yield from _headings(pack)
    yield from of_each_kind(pack, lambda here, category: _fields(here, category, pack))
    yield from twice("$.photos", pack.photos)
    yield from _safety(pack)


def twice(position: str, codes: Sequence[str]) -> PackFindings:
    """A fault for each code that stands in a list a second time."""
    if len(set(codes)) == len(codes):
        return
    for number, code in enumerate(codes):
        if code in codes[:number]:
            what = mark("'{code}' stands in this list twice")
            yield fault(f"{position}[{number}]", what, code=code)


def _headings(pack: Pack) -> PackFindings:
    without: set[tuple[Hs, ...]] = set()
    """Headings without a finding: thousands of categories share a few hundred."""
    for number, category in enumerate(pack.categories):
        if category.hs in without:
            continue
        here = f"$.categories[{number}].hs"
        found = list(_of_all(here, category.hs, pack.hs_edition))
        for index, heading in enumerate(category.hs):
            found += _heading(f"{here}[{index}]", heading)
        if not found:
            without.add(category.hs)
        yield from found


def _heading(here: str, heading: Hs) -> PackFindings:
    yield from edition(f"{here}.edition", heading.edition)
    yield from plain_digits(f"{here}.code", heading.code)
    yield from _chapter(f"{here}.code", heading)


def _of_all(here: str, headings: Sequence[Hs], reported: str) -> PackFindings:
    given = [(each.edition, each.code) for each in headings]
    for number, heading in enumerate(headings[1:], 1):
        if given[number] in given[:number]:
            what = mark("'{code}' stands in this list twice")
            yield fault(f"{here}[{number}]", what, code=heading.code)
    if given and all(year != reported for year, _ in given):
        what = mark("has no heading of the edition {edition}, in which the operation reports")
        yield doubt(here, what, edition=reported)


def _chapter(position: str, heading: Hs) -> PackFindings:
    if not heading.code[:4].isdecimal():
        return
    chapter = int(heading.code[:2])
    if chapter in RESERVED_CHAPTERS or heading.code[2:4] == "00":
        what = mark("'{code}' is no heading: the Harmonized System has none of that number")
        yield fault(position, what, code=heading.code)
    elif chapter > LAST_CHAPTER:
        what = mark(
            "'{code}' is no heading of the Harmonized System, which ends with chapter {last}"
        )
        yield fault(position, what, code=heading.code, last=LAST_CHAPTER)


def _fields(here: str, category: Category, pack: Pack) -> PackFindings:
    group = like(pack, category.profile_code)
    for name in ("units", "photos", "required", "asked"):
        yield from twice(f"{here}.{name}", getattr(category, name))
    for name in ("required", "asked"):
        for number, path in enumerate(getattr(category, name)):
            there = f"{here}.{name}[{number}]"
            if of_medicines_or_drugs(path) and group == Group.EQUIPMENT:
                tell = fault if name == "required" else doubt
                yield tell(there, NOT_OF_THESE_GOODS, path=path, group=group)
            elif path == "category_other" and not category.other:
                what = mark("'{path}' is for a catch-all; set other to true")
                yield doubt(there, what, path=path)


def of_medicines_or_drugs(path: str) -> bool:
    """Whether the field of a line at `path` is of their blocks, which equipment does not have."""
    path = path.removeprefix("goods.")
    return path.startswith(_BLOCKS) and path not in OF_ALL_GOODS


def like(pack: Pack, code: str) -> str:
    """The profile that ships which the profile `code` is, or is like."""
    own = next((profile for profile in pack.profiles if profile.code == code), None)
    return own.like if own else code


def _safety(pack: Pack) -> PackFindings:
    own = {profile.code for profile in pack.profiles if profile.safety}
    weighing = {
        code
        for code in {each.profile_code for each in pack.categories}
        if like(pack, code) in WEIGHED
    }
    weighed = [n for n, each in enumerate(pack.categories) if each.profile_code in weighing]
    bare = [number for number in weighed if pack.categories[number].profile_code not in own]
    if bare and not pack.safety:
        what = mark("is of a group with dangers, and the pack has no safety text")
        yield doubt(f"$.categories[{bare[0]}]", what)
    elif pack.safety and not weighed:
        what = mark("is never shown: no category is of the group drug or precursor")
        yield doubt("$.safety", what)
