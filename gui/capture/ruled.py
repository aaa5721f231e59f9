"""The fields that rules of the pack ask for now: they are shown, though the form hides such."""

from __future__ import annotations

import functools

from domain.document import DocumentPart, parts_at
from domain.interception.read import BlocksRead, read
from domain.pack.checklist import Checklist
from domain.rules.of_pack import asked_for
from domain.rules.situation import RecordPart, parts_of


def ruled(
    document: DocumentPart, checklist: Checklist, block: str = "", item: DocumentPart | None = None
) -> set[str]:
    """The paths of the fields: below the item of the list `block`, else of the record."""
    if not checklist.pack.has_rules:
        return set()
    paths = _reading_for(_Same(checklist)).paths(document)
    if item is None:
        return set(paths)
    items = parts_at(document, block)
    index = next((index for index, held in enumerate(items) if held is item), -1)
    before = f"{block}.{index}."
    return {path.removeprefix(before) for path in paths if path.startswith(before)}


class _Same:
    """A checklist, told apart by identity."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def __hash__(self) -> int:
        return id(self.checklist)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.checklist is self.checklist


class _RuledReading:
    """Reads documents of one checklist: a change makes a new one, which shares the rest with the
    one before, and only what is new is read.
    """

    def __init__(self, checklist: Checklist) -> None:
        self._checklist = checklist
        self._blocks: BlocksRead = {}
        self._parts: dict[str, RecordPart] = {}
        self._document: DocumentPart | None = None
        self._paths: frozenset[str] = frozenset()

    def paths(self, document: DocumentPart) -> frozenset[str]:
        """The paths of the fields that rules ask for in the document."""
        if document is not self._document:
            added = self._checklist.added
            interception = read(document, added, self._blocks).interception
            parts = parts_of(interception, self._parts, added)
            self._parts = {part.path: part for part in parts}
            filled = [walked for part in parts for walked in part.filled]
            self._paths = frozenset(asked_for(interception, self._checklist, filled))
            self._document = document
        return self._paths


@functools.lru_cache(maxsize=1)
def _reading_for(same: _Same) -> _RuledReading:
    return _RuledReading(same.checklist)
