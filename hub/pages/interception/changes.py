"""The differences between a revision and the one before it, field by field, in words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from domain.fields import Field, label_of, walk
from domain.interception.record import Interception
from hub.packs import Library
from hub.pages.words import SHOWN_APART, in_words, title_in_words

Pack = tuple[str, str]


class Change(msgspec.Struct, frozen=True):
    """A field with its value before and after; empty text means no value."""

    field: str
    before: str
    after: str


def changes(
    before: Interception, after: Interception, library: Library, firsts: Mapping[str, str]
) -> tuple[Change, ...]:
    """The fields that differ, in the order of the record; photos by their number, and a case by the
    seizure number in `firsts`, as far as it is here.
    """
    old, new = _fields(before, library), _fields(after, library)
    found = []
    for path in dict.fromkeys((*new, *old)):
        was = _words(old.get(path), before, library)
        now = _words(new.get(path), after, library)
        if was != now:
            field, _ = new.get(path) or old[path]
            name = f"{title_in_words(path)} · {field.heading()}"
            found.append(Change(name, firsts.get(was, was), firsts.get(now, now)))
    names = [tuple(photo.sha256 for photo in side.photos) for side in (before, after)]
    if names[0] != names[1]:
        found.append(Change(label_of("photos"), str(len(names[0])), str(len(names[1]))))
    return tuple(found)


def _fields(side: Interception, library: Library) -> dict[str, tuple[Field, object]]:
    added = library.added((side.pack.id, side.pack.version))
    fields = {path: (field, value) for path, field, value in walk(side, added=added)}
    return {path: held for path, held in fields.items() if path.split(".")[0] not in SHOWN_APART}


def _words(held: tuple[Field, object] | None, side: Interception, library: Library) -> str:
    if held is None:
        return ""
    return in_words(held[1], held[0], (side.pack.id, side.pack.version), library)
