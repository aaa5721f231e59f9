"""A pack file becomes a pack, or is refused with the place and the cause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from domain.errors import PackRefused
from domain.interception.fields import field_at
from domain.interception.goods import GoodsLine
from domain.interception.record import Interception
from domain.pack.model import CODE_LISTS, DIMENSIONS, FORMAT, GROUPS, Pack

SIZE_LIMIT = 8 * 1024 * 1024


def read_pack(data: bytes, file: str) -> Pack:
    """The pack that the bytes of `file` hold. Raises `PackRefused`; `file` only names it there."""
    if len(data) > SIZE_LIMIT:
        raise PackRefused(file, "the file", f"larger than {SIZE_LIMIT // 1024 // 1024} MB")
    try:
        pack = msgspec.json.decode(data, type=Pack)
    except msgspec.ValidationError as error:
        cause, _, place = str(error).partition(" - at `")
        raise PackRefused(file, place.rstrip("`") or "$", cause) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackRefused(file, _line_of(data, str(error)), f"not JSON ({error})") from error
    for place, cause in _contradictions(pack):
        raise PackRefused(file, place, cause)
    return pack


def _line_of(data: bytes, message: str) -> str:
    found = re.search(r"byte (\d+)", message)
    if not found:
        return "the end of the file"
    before = data[: int(found.group(1))]
    return "line " + str(before.count(b"\n") + 1)


def _contradictions(pack: Pack) -> Iterator[tuple[str, str]]:
    if pack.format != FORMAT:
        yield "$.format", f"this program reads {FORMAT}, the pack is {pack.format!r}"
    for name in CODE_LISTS:
        yield from _list_faults(pack, name)
    known_units = {unit.code for unit in pack.units}
    known_roles = {role.code for role in pack.photo_roles}
    for place, unit in enumerate(pack.units):
        if unit.dimension not in DIMENSIONS:
            yield f"$.units[{place}].dimension", f"{unit.dimension!r} is not one of {DIMENSIONS}"
    for place, category in enumerate(pack.categories):
        here = f"$.categories[{place}]"
        if category.group not in GROUPS:
            yield f"{here}.group", f"{category.group!r} is not one of {GROUPS}"
        if not category.units:
            yield f"{here}.units", "a category needs a unit"
        yield from _unknown(f"{here}.units", category.units, known_units, "unit")
        yield from _unknown(f"{here}.photos", category.photos, known_roles, "photo role")
        yield from _no_field(f"{here}.required", category.required, GoodsLine)
        yield from _no_field(f"{here}.asked", category.asked, GoodsLine)
    yield from _unknown("$.photos", pack.photos, known_roles, "photo role")
    yield from _no_field("$.required", pack.required, Interception)
    yield from _no_field("$.freed", pack.freed, Interception)


def _list_faults(pack: Pack, name: str) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, item in enumerate(getattr(pack, name)):
        here = f"$.{name}[{place}]"
        if item.code in seen:
            yield f"{here}.code", f"{item.code!r} stands here a second time"
        seen.add(item.code)
        label = item.name if name == "posts" else item.label
        if not label.get("en"):
            yield f"{here}.label", f"{item.code!r} has no English label"


def _unknown(
    place: str, codes: Sequence[str], known: set[str], what: str
) -> Iterator[tuple[str, str]]:
    for code in codes:
        if code not in known:
            yield place, f"{code!r} is not a {what} of this pack"


def _no_field(place: str, paths: Sequence[str], block: type) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            field_at(block, path)
        except KeyError:
            yield place, f"a {block.__name__} has no field {path!r}"
