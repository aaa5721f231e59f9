"""Categories: their headings of the Harmonized System, their fields, what stands there twice."""

from __future__ import annotations

from collections.abc import Sequence

from domain.pack.checks.head import edition, plain_digits
from domain.pack.finding import PackFindings, doubt, fault
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
    for number, category in enumerate(pack.categories):
        here = f"$.categories[{number}]"
        yield from _headings(here, category, pack.hs_edition)
        yield from _fields(here, category, like(pack, category.profile_code))
        for name in ("units", "photos", "required", "asked"):
            yield from twice(f"{here}.{name}", getattr(category, name))
    yield from twice("$.photos", pack.photos)
    yield from _safety(pack)


def twice(position: str, codes: Sequence[str]) -> PackFindings:
    """A fault for each code that stands in a list a second time."""
    for number, code in enumerate(codes):
        if code in codes[:number]:
            what = mark("'{code}' stands in this list twice")
            yield fault(f"{position}[{number}]", what, code=code)


def _headings(here: str, category: Category, reported: str) -> PackFindings:
    for number, heading in enumerate(category.hs):
        there = f"{here}.hs[{number}]"
        yield from edition(f"{there}.edition", heading.edition)
        yield from plain_digits(f"{there}.code", heading.code)
        yield from _chapter(f"{there}.code", heading)
        before = [(each.edition, each.code) for each in category.hs[:number]]
        if (heading.edition, heading.code) in before:
            yield fault(there, mark("'{code}' stands in this list twice"), code=heading.code)
    if category.hs and reported not in [heading.edition for heading in category.hs]:
        what = mark("has no heading of the edition {edition}, in which the operation reports")
        yield doubt(f"{here}.hs", what, edition=reported)


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


def _fields(here: str, category: Category, group: str) -> PackFindings:
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
    weighed = [
        number
        for number, each in enumerate(pack.categories)
        if like(pack, each.profile_code) in WEIGHED
    ]
    bare = [number for number in weighed if pack.categories[number].profile_code not in own]
    if bare and not pack.safety:
        what = mark("is of a group with dangers, and the pack has no safety text")
        yield doubt(f"$.categories[{bare[0]}]", what)
    elif pack.safety and not weighed:
        what = mark("is never shown: no category is of the group drug or precursor")
        yield doubt("$.safety", what)
