"""The fields that rules of the pack ask for now: they are shown, though the form hides such."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from domain.document import DocumentPart, parts_at
from domain.fields import walk
from domain.interception.read import read
from domain.pack.checklist import Checklist
from domain.rules.of_pack import asked_for


@dataclass(frozen=True, slots=True, eq=False)
class _Now:
    """A document and its checklist, told apart by identity: a change makes a new document."""

    document: DocumentPart
    checklist: Checklist

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Now)
            and other.document is self.document
            and other.checklist is self.checklist
        )


def ruled(
    document: DocumentPart, checklist: Checklist, block: str = "", item: DocumentPart | None = None
) -> set[str]:
    """The paths of the fields: below the item of the list `block`, else of the record."""
    if not checklist.pack.has_rules:
        return set()
    paths = _paths(_Now(document, checklist))
    if item is None:
        return set(paths)
    items = parts_at(document, block)
    index = next((index for index, held in enumerate(items) if held is item), -1)
    before = f"{block}.{index}."
    return {path.removeprefix(before) for path in paths if path.startswith(before)}


@functools.lru_cache(maxsize=1)
def _paths(now: _Now) -> frozenset[str]:
    checklist = now.checklist
    interception = read(now.document, checklist.added).interception
    filled = walk(interception, added=checklist.added)
    return frozenset(asked_for(interception, checklist, filled))
