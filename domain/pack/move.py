"""What changes for a draft when it moves to another version of its pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.document import DocumentPart
from domain.faults import examine
from domain.fields import FIELDS, items_of, label_of, walk
from domain.instant import Instant
from domain.interception.read import read
from domain.pack.checklist import Checklist
from domain.pack.model import CODE_LISTS
from domain.remark import Remark, remark
from domain.words import in_language, mark

NAMED = 5
"""Choices that one line names at most."""
LOST = mark("{field}: '{value}' is not in it any more; it stays as it is until you choose another")
LOST_FIELD = mark("{field}: is no field of it any more; what was typed stays in the draft")
GONE = mark("{field}: not in it any more: {labels}")
NEW = mark("{field}: new in it: {labels}")
ASKED = mark("{field}: {fault}")
FIELDS_OF_PACK = mark("Fields of the checklist")
_MORE = mark("{labels} and {count} more", "{labels} and {count} more")
_NAMES = {field.list_name: field.noun for field in FIELDS.values() if field.list_name in CODE_LISTS}
"""What a list is called: as the field that is filled from it."""


@dataclass(frozen=True, slots=True)
class PackMove:
    """The versions, and what is different: first what the draft holds, then what it lacks, then
    the choices. Nothing that was typed is lost by a move.
    """

    before: Checklist
    after: Checklist
    lost: tuple[Remark, ...]
    """Codes in the draft that the version does not have."""
    asked: tuple[Remark, ...]
    """Faults that the draft does not have with its version."""
    choices: tuple[Remark, ...]
    """Choices that are new or gone."""

    @property
    def lines(self) -> tuple[Remark, ...]:
        """All of it."""
        return (*self.lost, *self.asked, *self.choices)


def pack_move(
    document: DocumentPart, before: Checklist, after: Checklist, language: str, now: Instant
) -> PackMove:
    """What changes for a draft; labels are in `language`."""
    lost = tuple(_lost(document, before, after, language))
    gone = {path for path, _ in lost}
    known = {(fault.path, fault.kind.code) for fault in examine(document, before, now).faults}
    asked = tuple(
        remark(
            ASKED,
            field=_label(fault.path, after, language),
            fault=Remark(fault.kind.what, tuple(fault.values.items())),
        )
        for fault in examine(document, after, now).faults
        if (fault.path, fault.kind.code) not in known and fault.path not in gone
    )
    choices = tuple(_choices(before, after, language))
    return PackMove(before, after, tuple(line for _, line in lost), asked, choices)


def _label(path: str, checklist: Checklist, language: str) -> Remark | str:
    """What a field is called; one that the pack adds has its words in the pack."""
    _, below, code = path.rpartition(".added.")
    found = next((one for one in checklist.pack.fields if below and one.code == code), None)
    return in_language(found.label, language) if found else remark(label_of(path))


def _lost(
    document: DocumentPart, before: Checklist, after: Checklist, language: str
) -> Iterator[tuple[str, Remark]]:
    gone = {one.code for one in before.pack.fields} - {one.code for one in after.pack.fields}
    for path, field, value in walk(read(document, before.added).interception):
        _, below, own = path.rpartition(".added.")
        if below and own in gone:
            yield path, remark(LOST_FIELD, field=_label(path, before, language))
        if field.list_name not in CODE_LISTS:
            continue
        for code in map(str, items_of(value)):
            if before.has(field.list_name, code) and not after.has(field.list_name, code):
                label = before.label(field.list_name, code, language)
                yield path, remark(LOST, field=remark(label_of(path)), value=label)


def _choices(before: Checklist, after: Checklist, language: str) -> Iterator[Remark]:
    for name in CODE_LISTS:
        old, new = ({one.code for one in each.choices(name)} for each in (before, after))
        for what, codes, holder in ((GONE, old - new, before), (NEW, new - old, after)):
            labels = [
                in_language(holder.labels(name, one.code), language) or one.code
                for one in holder.choices(name)
                if one.code in codes
            ]
            if labels:
                yield remark(what, field=remark(_NAMES.get(name, name)), labels=_joined(labels))
    yield from _fields(before, after, language)


def _fields(before: Checklist, after: Checklist, language: str) -> Iterator[Remark]:
    """The fields of the checklists that are new or gone."""
    old, new = ({one.code: one for one in each.pack.fields} for each in (before, after))
    for what, found in ((GONE, old.keys() - new.keys()), (NEW, new.keys() - old.keys())):
        labels = [
            in_language(one.label, language) or code
            for code, one in (old | new).items()
            if code in found
        ]
        if labels:
            yield remark(what, field=remark(FIELDS_OF_PACK), labels=_joined(labels))


def _joined(labels: list[str]) -> Remark | str:
    shown = ", ".join(labels[:NAMED])
    left = len(labels) - NAMED
    return remark(_MORE, labels=shown, count=left) if left > 0 else shown
