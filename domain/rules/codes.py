"""Checks that codes are on their list, identifiers are right and required fields are filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.fault import IS_MISSING, Fault, FaultKind, FieldAt, Shape
from domain.fields import Field, items_of
from domain.interception.base import Block
from domain.numbers import CheckResult, check_number
from domain.pack.checklist import Checklist
from domain.rules.nearest import nearest
from domain.rules.situation import RecordPart, Situation
from domain.words import mark, says_something

ONLY_WARNS = ("imo",)
"""Many real ships fail the IMO check digit, so it warns and does not block."""
NONE = "none"
"""The code for a list that is empty on purpose, in capital or small letters."""


KEPT_FIELD_EMPTY = FaultKind(
    "kept_field_empty", mark("names {field}, which is empty"), shape=Shape.PREDICATE
)
FIELD_MISSING = FaultKind("field_missing", IS_MISSING, mark("Fill it in."), shape=Shape.MISSING)
FIELD_SAYS_NOTHING = FaultKind(
    "field_says_nothing", mark("says nothing"), mark("Write it in words."), shape=Shape.PREDICATE
)
CODE_UNKNOWN = FaultKind(
    "code_unknown",
    mark("{code} is not on the list {list}"),
    mark("Choose one from the list."),
)
CODE_LIKE_ANOTHER = FaultKind(
    "code_like_another", mark("{code} is not on the list {list}"), mark("Perhaps: {near}.")
)
CODE_BESIDE_NONE = FaultKind(
    "code_beside_none",
    mark("{code} cannot be combined with other codes"),
    mark("Leave one of them out."),
)
CODE_TWICE = FaultKind("code_twice", mark("{code} is entered twice"), warns=True)
CHECK_DIGIT_WRONG = FaultKind(
    "check_digit_wrong",
    mark("the check digit of {number} is wrong"),
    mark("Read it again, or keep it as seen on the label."),
)
CHECK_DIGIT_DOUBTFUL = replace(CHECK_DIGIT_WRONG, code="check_digit_doubtful", warns=True)
CHECK_DIGIT_KEPT = replace(CHECK_DIGIT_DOUBTFUL, code="check_digit_kept", hint="")
NUMBER_SHAPE_WRONG = FaultKind(
    "number_shape_wrong",
    mark("{number} does not have the shape of such a number"),
    mark("Read it again, or keep it as seen on the label."),
)
NUMBER_SHAPE_KEPT = replace(NUMBER_SHAPE_WRONG, code="number_shape_kept", hint="", warns=True)


def faults(situation: Situation) -> Iterator[Fault]:
    """Faults for unknown codes, wrong identifiers, and empty fields that the pack requires."""
    kept = situation.interception.consignment.as_seen_on_label
    yield from situation.in_parts(_in_part, kept)
    for path in situation.checklist.pack.required:
        yield from missing(situation.interception, path)
    for path in kept:
        if value_at(situation.interception, path) is None:
            yield Fault("consignment.as_seen_on_label", KEPT_FIELD_EMPTY, field=FieldAt(path))


def _in_part(situation: Situation, part: RecordPart, _kept: object) -> Iterator[Fault]:
    for path, field, value in part.filled:
        if field.list_name:
            yield from _unknown_codes(situation, path, field, value)
            if field.many:
                yield from _together(situation.checklist, path, field, value)
        if field.number:
            for text in map(str, items_of(value)):
                yield from _wrong_number(situation, path, field.number, text)


def missing(block: Block, path: str, prefix: str = "") -> Iterator[Fault]:
    """A fault when the field at `path` below `block` is empty or has only dots and dashes.

    `prefix` goes before the path in the fault.
    """
    value = value_at(block, path)
    if value in (None, (), ""):
        yield Fault(prefix + path, FIELD_MISSING)
    elif isinstance(value, str) and not says_something(value):
        yield Fault(prefix + path, FIELD_SAYS_NOTHING)


def value_at(block: object, path: str) -> object:
    """The value at `path` below `block`; None when there is none."""
    for part in path.split("."):
        if isinstance(block, tuple):
            index = int(part) if part.isdecimal() else -1
            block = block[index] if 0 <= index < len(block) else None
        elif isinstance(block, dict):
            block = block.get(part)
        else:
            block = getattr(block, part, None)
        if block is None:
            return None
    return block


def _unknown_codes(situation: Situation, path: str, field: Field, value: object) -> Iterator[Fault]:
    for code in map(str, items_of(value)):
        if not situation.checklist.has(field.list_name, code):
            near = nearest(situation.checklist, field.list_name, code)
            yield Fault(
                path,
                CODE_LIKE_ANOTHER if near else CODE_UNKNOWN,
                code=code,
                list=field.list_name,
                near=situation.listed(field.list_name, *near),
            )


def _together(checklist: Checklist, path: str, field: Field, value: object) -> Iterator[Fault]:
    """Faults for codes that exclude each other in one list: `none` with others, or a code twice."""
    codes = [str(code) for code in items_of(value)]
    none = next((code for code in codes if code.casefold() == NONE), None)
    if none is not None and set(codes) != {none}:
        yield Fault(path, CODE_BESIDE_NONE, code=checklist.listed(field.list_name, none))
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield Fault(path, CODE_TWICE, code=checklist.listed(field.list_name, code))


def _wrong_number(situation: Situation, path: str, kind: str, text: str) -> Iterator[Fault]:
    checked = check_number(kind, text)
    if checked.right:
        return
    kept = path in situation.interception.consignment.as_seen_on_label
    if checked.result is not CheckResult.CHECK_DIGIT:
        fault = NUMBER_SHAPE_KEPT if kept else NUMBER_SHAPE_WRONG
    elif kept:
        fault = CHECK_DIGIT_KEPT
    else:
        fault = CHECK_DIGIT_DOUBTFUL if kind in ONLY_WARNS else CHECK_DIGIT_WRONG
    yield Fault(path, fault, number=text)
