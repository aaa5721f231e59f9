"""The fields that a pack adds, their lists, and the profiles: what does not fit together."""

from __future__ import annotations

import re

from domain.pack.added import AddedField, AddedKind, AddedPrivacy
from domain.pack.checklist import Terms
from domain.pack.checks.categories import twice
from domain.pack.finding import PackFinding, PackFindings, doubt, fault, perhaps
from domain.pack.kinds_alike import of_each_kind
from domain.pack.model import CODE_LISTS, Category, Pack
from domain.pack.profile import Profile
from domain.words import mark

CHOSEN = (AddedKind.CHOICE, AddedKind.CHOICES)
WRITTEN = (AddedKind.TEXT, AddedKind.SERIALS)
COUNTED = (AddedKind.WHOLE, AddedKind.DECIMAL)
_GS1 = re.compile(r"gs1:[0-9]{2,4}")
_ONLY_FOR = mark("is only for fields of the kind {kinds}")


def added(pack: Pack, terms: Terms) -> PackFindings:
    """Faults and remarks of fields, lists and profiles."""
    for number, field in enumerate(pack.fields):
        yield from _field(f"$.fields[{number}]", field, pack, terms)
    used = {field.list for field in pack.fields if field.list}
    for name in pack.lists:
        if name not in (*used, *CODE_LISTS):
            near = perhaps(name, (*CODE_LISTS, *used))
            tell = fault if near else doubt  # a name that is like another one is misspelt
            what = mark("no field chooses from the list '{name}'{perhaps}")
            yield tell(f"$.lists.{name}", what, name=name, perhaps=near)
    for number, profile in enumerate(pack.profiles):
        yield from _part(f"$.profiles[{number}]", profile, pack)
    yield from of_each_kind(pack, lambda here, category: _part(here, category, pack))
    for number, profile in enumerate(pack.profiles):
        if all(category.profile != profile.code for category in pack.categories):
            yield doubt(f"$.profiles[{number}]", mark("no category has this profile"))
    parts: tuple[Category | Profile, ...] = (*pack.profiles, *pack.categories)
    asked_for = {code for part in parts for code in part.fields}
    for number, field in enumerate(pack.fields):
        if field.code not in asked_for:
            what = mark("no category and no profile has this field: nobody is asked for it")
            yield doubt(f"$.fields[{number}]", what)


def _part(here: str, part: Category | Profile, pack: Pack) -> PackFindings:
    for name in ("fields", "required", "asked", "photos"):
        yield from twice(f"{here}.{name}", getattr(part, name))
    yield from _belonging(here, part, pack)


def _field(here: str, field: AddedField, pack: Pack, terms: Terms) -> PackFindings:
    if field.kind in CHOSEN:
        known = (*pack.lists, *terms)
        if field.list not in known:
            what = mark("'{name}' is not a list of this pack, or of the program{perhaps}")
            near = perhaps(field.list, known)
            yield fault(f"{here}.list", what, name=field.list, perhaps=near)
    elif field.list:
        yield _only_for(f"{here}.list", CHOSEN)
    if field.pattern and field.kind not in WRITTEN:
        yield _only_for(f"{here}.pattern", WRITTEN)
    if field.check and field.kind not in WRITTEN:
        yield _only_for(f"{here}.check", WRITTEN)
    for name in ("min", "max"):
        if getattr(field, name) is not None and field.kind not in COUNTED:
            yield _only_for(f"{here}.{name}", COUNTED)
    if field.min is not None and field.max is not None and field.max < field.min:
        what = mark("{most} is less than min, {least}")
        yield fault(f"{here}.max", what, most=field.max, least=field.min)
    if field.scan and field.kind != AddedKind.TEXT:
        yield _only_for(f"{here}.scan", (AddedKind.TEXT,))
    elif field.scan and not _GS1.fullmatch(field.scan):
        yield fault(f"{here}.scan", mark("'{scan}' is not written like gs1:21"), scan=field.scan)
    if field.printed and field.privacy == AddedPrivacy.SEALED:
        yield fault(f"{here}.printed", mark("a sealed field is never on the receipt"))


def _only_for(position: str, kinds: tuple[AddedKind, ...]) -> PackFinding:
    return fault(position, _ONLY_FOR, kinds=", ".join(kinds))


def _belonging(here: str, part: Category | Profile, pack: Pack) -> PackFindings:
    """A field that is required or asked of goods which do not have it."""
    known = {field.code for field in pack.fields}
    profiles = {profile.code: profile.fields for profile in pack.profiles}
    inherited = profiles.get(part.profile, ()) if isinstance(part, Category) else ()
    for name in ("required", "asked"):
        for number, path in enumerate(getattr(part, name)):
            code = path.removeprefix("added.")
            if code in known and code not in (*part.fields, *inherited):
                what = mark("'{path}' is required or asked, and these goods do not have it: add"
                            " it to fields")  # fmt: skip
                yield fault(f"{here}.{name}[{number}]", what, path=path)
