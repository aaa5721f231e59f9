"""All faults of a draft at once, each with the path of its field."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from domain.document import DocumentPart
from domain.fault import Fault
from domain.fields import walk
from domain.instant import Instant
from domain.interception.read import DocumentReading, read
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from domain.rules import (
    added,
    badges,
    codes,
    consignment,
    detection,
    fitting,
    goods,
    legal,
    media,
    names,
    occasion,
    of_pack,
    other,
    persons,
    texts,
)
from domain.rules.situation import Situation

RULES = (
    texts.faults, occasion.faults, consignment.faults, codes.faults, detection.faults,
    goods.faults, added.faults, fitting.faults, legal.faults, persons.faults, other.faults,
    badges.faults, media.faults, of_pack.faults, names.faults,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Examination:
    """The interception read from a document, and all its faults."""

    interception: Interception
    faults: tuple[Fault, ...]

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """The faults that stop the interception from becoming final."""
        return tuple(fault for fault in self.faults if not fault.warns)


def examine(
    document: DocumentPart,
    checklist: Checklist,
    now: Instant,
    *,
    used_bags: Mapping[str, str] | None = None,
    used_items: Mapping[str, str] | None = None,
) -> Examination:
    """Read a document and check it by the rules of the product and of its checklist.

    `used_bags` and `used_items` are as in `Situation`. A field that could not be read has that
    fault only; other faults of the field are left out.
    """
    reading = read(document, checklist.added)
    return examine_read(reading, checklist, now, used_bags or {}, used_items or {})


def examine_read(
    reading: DocumentReading,
    checklist: Checklist,
    now: Instant,
    used_bags: Mapping[str, str],
    used_items: Mapping[str, str],
) -> Examination:
    """The same for a document that was read already."""
    unread = {fault.path for fault in reading.faults}
    filled = tuple(walk(reading.interception, added=checklist.added))
    situation = Situation(reading.interception, checklist, now, used_bags, used_items, filled)
    found = list(reading.faults)
    known: set[Fault] = set()
    for rule in RULES:
        for fault in rule(situation):
            if fault not in known and not _below(fault.path, unread):
                known.add(fault)
                found.append(fault)
    return Examination(reading.interception, tuple(found))


def _below(path: str, unread: Set[str]) -> bool:
    """Whether the field at `path`, or a group that it is in, could not be read."""
    parts = path.split(".")
    return any(".".join(parts[:count]) in unread for count in range(1, len(parts) + 1))
