"""Which fields of the form are asked now: by mode, by goods, by the pack, and by what is filled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from domain.fault import Fault, FaultKind
from domain.pack.checklist import Checklist
from domain.words import mark
from gui.capture.sections import GOODS, LABORATORY, SECTIONS
from gui.form.document import value_at
from gui.form.layout import Ask, FormSection
from gui.form.layout import ask_at as ask_in

_BESIDE_THE_FORM = {
    "photos": mark("Photos"),
    "goods": mark("Goods"),
    "officer": mark("Badge number"),
    "post": mark("Post"),
}


LABORATORY_RESULT_MISSING = FaultKind(
    "laboratory_result_missing",
    mark("no laboratory result is entered"),
    mark("Enter it with a line of goods, or choose another reason."),
    warns=True,
)


def groups_in(document: Mapping[str, Any], checklist: Checklist) -> frozenset[str]:
    """The groups of the goods of a record, as their categories name them."""
    found = (checklist.category(line.get("category")) for line in document.get("goods") or ())
    return frozenset(category.group for category in found if category)


def asked(
    section: FormSection,
    document: Mapping[str, Any],
    checklist: Checklist,
    *,
    line: Mapping[str, Any] | None = None,
    more: bool = False,
    reason: str = "",
) -> tuple[Ask, ...]:
    """The fields of a section that are shown now; see `AskedNow`.

    `reason` is a code of `amend_reasons`.
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
    """The field of the form that `path` names in a record."""
    return ask_in(SECTIONS, path)


def no_result(document: Mapping[str, Any], reason: str) -> tuple[Fault, ...]:
    """A remark when an amendment for a laboratory's result holds none; `reason`: its code."""
    paths = [ask.path for ask in GOODS.asks if reason == LABORATORY == ask.amended_for]
    lines = document.get("goods") or ()
    if not paths or any(value_at(line, path) for line in lines for path in paths):
        return ()
    return (Fault(f"goods.0.{paths[0]}", LABORATORY_RESULT_MISSING),)
