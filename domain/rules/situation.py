"""The input of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast

from domain.fields import AddedFields, Walked, fields_of, walk
from domain.instant import Instant
from domain.interception.record import Interception
from domain.pack.checklist import Checklist, ListedCodes

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class RecordPart:
    """A block of the record, an item of a list (`goods.0`), or a field outside all blocks.

    `value` is None when the part is empty and no block; `filled` are its fields that are not empty.
    """

    path: str
    value: object
    filled: tuple[Walked, ...]


def parts_of(
    interception: Interception, before: Mapping[str, RecordPart], added: AddedFields
) -> tuple[RecordPart, ...]:
    """The parts of the record in the order of its fields; a part that did not change is the same
    object as in `before`, the parts of an earlier examination by path. `added`: the fields that the
    pack adds.
    """
    parts: list[RecordPart] = []
    for name, field in fields_of(Interception).items():
        value = getattr(interception, name)
        if field.block is None:
            filled = ((name, field, value),) if value not in (None, ()) else ()
            held = before.get(name)
            parts.append(
                held if held and held.filled == filled else RecordPart(name, value, filled)
            )
            continue
        blocks = enumerate(value) if field.many else [(None, value)]
        for index, block in blocks:
            path = name if index is None else f"{name}.{index}"
            held = before.get(path)
            if held is None or held.value is not block:
                held = RecordPart(path, block, tuple(walk(block, path, added)))
            parts.append(held)
    return tuple(parts)


FoundInParts: TypeAlias = dict[
    tuple[object, str], tuple[RecordPart, tuple[object, ...], tuple[object, ...]]
]
"""By what looked, and the path of the part: the part, what else it looked at, and what it found."""


@dataclass(frozen=True, slots=True)
class Situation:
    """The interception, the checklist that shaped it, the time, and numbers used before.

    `used_bags` and `used_items` map the canonical numbers of bags and postal items that other
    interceptions used to the seizure numbers of those.
    """

    interception: Interception
    checklist: Checklist
    now: Instant
    used_bags: Mapping[str, str]
    used_items: Mapping[str, str]
    parts: tuple[RecordPart, ...]
    found_before: FoundInParts
    """What was found in the parts for this checklist, at earlier examinations too."""

    @property
    def filled(self) -> tuple[Walked, ...]:
        """The fields of the whole record that are not empty."""
        return tuple(walked for part in self.parts for walked in part.filled)

    def listed(self, list_name: str, *codes: str) -> ListedCodes:
        """These codes of a list of the checklist, for the values of a fault."""
        return self.checklist.listed(list_name, *codes)

    def in_parts(self, look: Callable[..., Iterable[T]], *others: object) -> Iterator[T]:
        """All that `look(situation, part, *others)` finds in each part.

        It looks at the part, at the checklist, and at nothing else than `others`: in a part that is
        the same object as at an earlier examination, with equal `others`, it does not look again.
        """
        for part in self.parts:
            held = self.found_before.get((look, part.path))
            if held is None or held[0] is not part or held[1] != others:
                held = part, others, tuple(look(self, part, *others))
                self.found_before[look, part.path] = held
            yield from cast(tuple[T, ...], held[2])  # what `look` found itself
