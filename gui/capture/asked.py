"""Which fields of the form are asked now: by mode, by goods, by the pack, and by what is filled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from domain.fault import Fault
from domain.interception.fields import Field, field_at
from domain.interception.goods import GoodsLine
from domain.interception.persons import Party
from domain.interception.record import Interception
from domain.pack.checklist import Checklist
from domain.words import mark
from gui.capture.sections import GOODS, LABORATORY, SECTIONS, Ask, Section
from gui.form.document import value_at

__all__ = [
    "SECTIONS",
    "ask_at",
    "asked",
    "block_of",
    "field_of",
    "groups_in",
    "has_more",
    "label_of",
    "no_result",
    "noun_of",
]


_BESIDE_THE_FORM = {
    "photos": mark("Photos"),
    "goods": mark("Goods"),
    "officer": mark("Badge number"),
    "post": mark("Post"),
}


def block_of(section: Section) -> type[Any]:
    """The block below which the paths of a section stand."""
    return {"goods": GoodsLine, "persons.parties": Party}.get(section.repeats, Interception)


def field_of(section: Section, ask: Ask) -> Field:
    """What the domain says of that field."""
    return field_at(block_of(section), ask.path)


def groups_in(document: Mapping[str, Any], checklist: Checklist) -> frozenset[str]:
    """The groups of the goods of a record, as their categories name them."""
    found = (checklist.category(line.get("category")) for line in document.get("goods") or ())
    return frozenset(category.group for category in found if category)


def asked(
    section: Section,
    document: Mapping[str, Any],
    checklist: Checklist,
    *,
    line: Mapping[str, Any] | None = None,
    more: bool = False,
    reason: str = "",
) -> tuple[Ask, ...]:
    """The fields of a section that are shown now; `line` is the item of a repeating section.

    `reason` is why the record is amended, a code of `amend_reasons`; empty for a new record.
    """
    mode = value_at(document, "consignment.mode") or ""
    held = document if line is None else line
    category = checklist.category(line.get("category")) if line is not None else None
    wanted: set[str] = set(checklist.pack.required)
    groups: Collection[str] = groups_in(document, checklist)
    if section.repeats == "goods":
        groups = {category.group} if category else ()
        wanted = {*category.required, *category.asked} if category else set()
        if category and category.other:
            wanted.add("category_other")
    everything = more or checklist.pack.form == "long"
    shown: dict[str, Ask] = {}
    for ask in section.asks:
        filled = value_at(held, ask.path) not in (None, "", [])
        fits = (not ask.modes or mode in ask.modes) and (
            not ask.groups or bool(set(ask.groups) & set(groups))
        )
        open_now = ask.core if ask.kind != "other" else False
        if (
            ask.path in wanted
            or filled
            or (ask.amended_for and ask.amended_for == reason)
            or (fits and (open_now or (everything and ask.kind != "other")))
        ):
            shown.setdefault(ask.path, ask)
    return tuple(shown.values())


def has_more(section: Section, shown: int, document: Mapping[str, Any], checklist: Checklist,
             line: Mapping[str, Any] | None = None, *, reason: str = "") -> bool:  # fmt: skip
    """Whether opening the section would show further fields."""
    return len(asked(section, document, checklist, line=line, more=True, reason=reason)) > shown


def label_of(path: str) -> str:
    """The words (a template) of the field that `path` names in a record; empty when it has none."""
    ask = ask_at(path)
    if ask is not None:
        return ask.label
    return _BESIDE_THE_FORM.get(path.partition(".")[0], "")


def noun_of(path: str) -> str:
    """What a sentence calls the field at `path`; its label where that is a noun already."""
    ask = ask_at(path)
    return (ask.noun or ask.label) if ask is not None else label_of(path)


def ask_at(path: str) -> Ask | None:
    """The row of the table for the field that `path` names in a record."""
    bare = ".".join(part for part in path.split(".") if not part.isdigit())
    for section in SECTIONS:
        below = bare.removeprefix(f"{section.repeats}.") if section.repeats else bare
        for ask in section.asks:
            if ask.path == below and (not section.repeats or below != bare):
                return ask
    return None


def no_result(document: Mapping[str, Any], reason: str) -> tuple[Fault, ...]:
    """A remark when an amendment for a laboratory's result holds none; `reason`: its code."""
    paths = [ask.path for ask in GOODS.asks if reason == LABORATORY == ask.amended_for]
    lines = document.get("goods") or ()
    if not paths or any(value_at(line, path) for line in lines for path in paths):
        return ()
    return (
        Fault(
            f"goods.0.{paths[0]}",
            mark("no laboratory result is entered"),
            mark("Enter it with a line of goods, or choose another reason."),
            warns=True,
        ),
    )
