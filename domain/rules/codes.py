"""Every code must be on its list, every identifier must keep its check rule, required is filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.fault import Fault
from domain.fields import Field, walk
from domain.interception.base import Block
from domain.numbers import Verdict, judge
from domain.rules.nearest import nearest
from domain.rules.situation import Situation
from domain.words import mark, says_something

ONLY_WARNS = ("imo",)
"""Many real ships fail the IMO check digit, so it warns and does not block."""
READ_AGAIN = mark("Read it again, or keep it as seen on the label.")
NONE = "none"
"""The code, in any case, that says that a list is empty on purpose."""


def faults(seen: Situation) -> Iterator[Fault]:
    """Unknown codes, wrong identifiers, and what the pack requires of the record."""
    for path, field, value in walk(seen.interception):
        if field.list_name:
            yield from _unknown_codes(seen, path, field, value)
            if field.many:
                yield from _together(path, value)
        if field.number:
            yield from _wrong_number(seen, path, field.number, str(value))
    for path in seen.checklist.pack.required:
        yield from missing(seen.interception, path)
    for path in seen.interception.consignment.as_seen_on_label:
        if value_at(seen.interception, path) is None:
            yield Fault(
                "consignment.as_seen_on_label",
                mark("names {field}, which is empty"),
                field=path,
            )


def missing(block: Block, path: str, prefix: str = "") -> Iterator[Fault]:
    """A fault when nothing, or only dots and dashes, stands at `path` below `block`.

    `prefix` goes before the path in the fault.
    """
    value = value_at(block, path)
    if value in (None, (), ""):
        yield Fault(prefix + path, mark("is missing"), mark("Fill it in."))
    elif isinstance(value, str) and not says_something(value):
        yield Fault(prefix + path, mark("says nothing"), mark("Write it in words."))


def value_at(block: Any, path: str) -> Any:
    """What stands at `path` below `block`; None when nothing does."""
    for part in path.split("."):
        if isinstance(block, tuple):
            place = int(part) if part.isdecimal() else -1
            block = block[place] if 0 <= place < len(block) else None
        else:
            block = getattr(block, part, None)
        if block is None:
            return None
    return block


def _unknown_codes(seen: Situation, path: str, field: Field, value: Any) -> Iterator[Fault]:
    for code in value if field.many else (value,):
        if not seen.checklist.has(field.list_name, str(code)):
            near = nearest(seen.checklist, field.list_name, str(code))
            yield Fault(
                path,
                mark("{code} is not on the list {list}"),
                mark("Perhaps: {near}.") if near else mark("Choose one from the list."),
                code=code,
                list=field.list_name,
                near=", ".join(near),
            )


def _together(path: str, codes: tuple[str, ...]) -> Iterator[Fault]:
    """Codes that cannot stand in one list: none beside another, one twice."""
    none = next((code for code in codes if code.casefold() == NONE), None)
    if none is not None and set(codes) != {none}:
        yield Fault(
            path,
            mark("{code} stands beside other codes"),
            mark("Leave one of them out."),
            code=none,
        )
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield Fault(path, mark("{code} stands here twice"), warns=True, code=code)


def _wrong_number(seen: Situation, path: str, kind: str, text: str) -> Iterator[Fault]:
    judgement = judge(kind, text)
    if judgement.right:
        return
    kept = path in seen.interception.consignment.as_seen_on_label
    if judgement.verdict is Verdict.CHECK_DIGIT:
        yield Fault(
            path,
            mark("the check digit of {number} is wrong"),
            "" if kept else READ_AGAIN,
            warns=kept or kind in ONLY_WARNS,
            number=text,
            kind=kind,
        )
    else:
        yield Fault(
            path,
            mark("{number} does not have the shape of such a number"),
            "" if kept else READ_AGAIN,
            warns=kept,
            number=text,
            kind=kind,
        )
