"""All faults of a draft at once, each with the path of its field."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from domain.document import DocumentPart
from domain.fault import Fault
from domain.instant import Instant
from domain.interception.read import BlocksRead, DocumentReading, read
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
from domain.rules.situation import FoundInParts, RecordPart, Situation, parts_of

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
    return Examiner().examine(document, checklist, now, used_bags or {}, used_items or {})


class Examiner:
    """Examines one document again and again while it is written.

    Only what is another object than before is read and judged anew: a changed document shares what
    did not change with the one before, and nobody changes an object that is in it. What is found is
    the same as `examine` finds.
    """

    def __init__(self) -> None:
        self._checklist: Checklist | None = None
        self._read: BlocksRead = {}
        self._parts: dict[str, RecordPart] = {}
        self._found: FoundInParts = {}

    def examine(
        self,
        document: DocumentPart,
        checklist: Checklist,
        now: Instant,
        used_bags: Mapping[str, str],
        used_items: Mapping[str, str],
    ) -> Examination:
        """As `examine`."""
        if checklist is not self._checklist:
            self._checklist = checklist
            self._read, self._parts, self._found = {}, {}, {}
        reading = read(document, checklist.added, self._read)
        parts = parts_of(reading.interception, self._parts, checklist.added)
        self._parts = {part.path: part for part in parts}
        situation = Situation(
            reading.interception, checklist, now, used_bags, used_items, parts, self._found
        )
        return _judge(reading, situation)


def examine_read(
    reading: DocumentReading,
    checklist: Checklist,
    now: Instant,
    used_bags: Mapping[str, str],
    used_items: Mapping[str, str],
) -> Examination:
    """The same for a document that was read already."""
    parts = parts_of(reading.interception, {}, checklist.added)
    situation = Situation(reading.interception, checklist, now, used_bags, used_items, parts, {})
    return _judge(reading, situation)


def _judge(reading: DocumentReading, situation: Situation) -> Examination:
    unread = {fault.path for fault in reading.faults}
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
