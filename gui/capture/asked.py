"""Decides which fields of the form are shown: by mode, goods, pack, and by which fields have
values.
"""

from __future__ import annotations

from collections.abc import Collection

from domain.document import DocumentPart, is_filled, parts_at, text_at, value_at
from domain.fault import Fault, FaultKind
from domain.pack.checklist import Checklist
from domain.pack.model import FormLength
from domain.words import mark
from gui.capture.sections import GOODS, LABORATORY, SECTIONS
from gui.form.layout import Ask, FormSection
from gui.form.layout import ask_at as ask_in

LABORATORY_RESULT_MISSING = FaultKind(
    "laboratory_result_missing",
    mark("no laboratory result is entered"),
    mark("Enter it with a line of goods, or choose another reason."),
    warns=True,
)


def groups_in(document: DocumentPart, checklist: Checklist) -> frozenset[str]:
    """The groups of the goods in a record, from their categories."""
    found = (checklist.category(text_at(line, "category")) for line in parts_at(document, "goods"))
    return frozenset(category.group for category in found if category)


def asked(
    section: FormSection,
    document: DocumentPart,
    checklist: Checklist,
    *,
    line: DocumentPart | None = None,
    more: bool = False,
    reason: str = "",
) -> tuple[Ask, ...]:
    """The fields of a section that are shown now; see `AskedNow`.

    `reason` is a code of `amend_reasons`.
    """
    mode = text_at(document, "consignment.mode")
    held = document if line is None else line
    category = checklist.category(text_at(line, "category")) if line is not None else None
    wanted: set[str] = set(checklist.pack.required)
    required: set[str] = set(wanted)
    groups: Collection[str] = groups_in(document, checklist)
    if section is GOODS:
        groups = {category.group} if category else ()
        required = set(category.required) if category else set()
        wanted = required | set(category.asked) if category else set()
        if category and category.other:
            wanted.add("category_other")
    long = checklist.pack.form == FormLength.LONG
    shown: dict[str, Ask] = {}
    for ask in section.asks:
        filled = is_filled(held, ask.path)
        fits = (not ask.modes or mode in ask.modes) and (
            not ask.groups or bool(set(ask.groups) & set(groups))
        )
        core = ask.core and not ask.rare
        fits &= core or more or (long and not (ask.folded or ask.rare or ask.amended_for))
        if ask.amended_for and ask.amended_for == reason:
            is_shown = True
        elif ask.folded and not more:
            is_shown = not filled and (ask.path in required or fits)
        else:
            is_shown = ask.path in wanted or filled or (fits and not ask.only_catch_all)
        if is_shown:
            shown.setdefault(ask.path, ask)
    return tuple(shown.values())


def ask_at(path: str) -> Ask | None:
    """The description of the field at `path` in a record."""
    return ask_in(SECTIONS, path)


def no_result(document: DocumentPart, reason: str) -> tuple[Fault, ...]:
    """A remark when an amendment for a laboratory result contains no result; `reason` is the
    amendment's code.
    """
    paths = [ask.path for ask in GOODS.asks if reason == LABORATORY == ask.amended_for]
    lines = parts_at(document, "goods")
    if not paths or any(value_at(line, path) for line in lines for path in paths):
        return ()
    return (Fault(f"goods.0.{paths[0]}", LABORATORY_RESULT_MISSING),)
