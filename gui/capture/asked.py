"""Decides which fields of the form are shown: by mode, goods, pack, and by which fields have
values.
"""

from __future__ import annotations

from collections.abc import Collection

from domain.document import DocumentPart, is_filled, parts_at, text_at, value_at
from domain.fault import Fault, FaultKind
from domain.pack.checklist import Checklist
from domain.pack.goods_kind import has_content
from domain.pack.model import Category, FormLength
from domain.words import mark
from gui.capture.ruled import ruled
from gui.capture.sections import GOODS, LABORATORY, SECTIONS
from gui.form.layout import Ask, FormSection
from gui.form.layout import ask_at as ask_in

OF_THE_PACK = "added."
"""The beginning of fields that only the goods for which the pack names them have."""
WEIGHTS = frozenset({"gross_weight_kg", "net_weight_kg", "weight_basis"})
"""Goods of any profile that is weighed have these; others have them on demand."""
LABORATORY_RESULT_MISSING = FaultKind(
    "laboratory_result_missing",
    mark("no laboratory result is entered"),
    mark("Enter it with a line of goods, or choose another reason."),
    warns=True,
)


def groups_in(document: DocumentPart, checklist: Checklist) -> frozenset[str]:
    """The groups of the goods in a record, from their categories."""
    lines = parts_at(document, "goods")
    found = (checklist.goods_kind(text_at(line, "category")) for line in lines)
    return frozenset(kind.group for kind in found if kind)


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
    if section.block == GOODS.block:
        kind = checklist.goods_kind(category.code) if category else None
        groups = {kind.group} if kind else ()
        required = set(kind.required) if kind else set()
        wanted = required | set(kind.asked) if kind else set()
        if kind:
            wanted |= {f"added.{code}" for code in kind.fields}
            wanted |= (
                {"content", "content_unit"}
                if has_content(kind, checklist.unit(text_at(held, "unit")))
                else set()
            )
            wanted |= {"measure", "measure_unit"} if kind.measure else set()
            wanted |= WEIGHTS if kind.weighed or more else set()
        if category and category.other:
            wanted.add("category_other")
    by_rules = ruled(document, checklist, section.block, line)
    wanted, required = wanted | by_rules, required | by_rules
    long = checklist.pack.form == FormLength.LONG
    shown: dict[str, Ask] = {}
    for ask in section.asks:
        filled = is_filled(held, ask.path)
        fits = (not ask.modes or mode in ask.modes) and (
            not ask.groups or bool(set(ask.groups) & set(groups))
        )
        core = ask.core and not ask.rare
        fits &= core or more or (long and not (ask.folded or ask.rare or ask.amended_for))
        if ask.path.startswith(OF_THE_PACK):
            is_shown = ask.path in wanted or filled
        elif ask.amended_for and ask.amended_for == reason:
            is_shown = True
        elif ask.folded and not more:
            is_shown = not filled and (ask.path in required or fits)
        else:
            is_shown = ask.path in wanted or filled or (fits and not ask.only_catch_all)
        if is_shown:
            shown.setdefault(ask.path, ask)
    return _in_order(tuple(shown.values()), checklist, category)


def deciding(document: DocumentPart, checklist: Checklist) -> object:
    """The mode, the action, the goods with their units, and what rules of the pack ask for.

    Words that are no category of the pack decide nothing, and each key writes others.
    """
    goods = [
        (checklist.category(text_at(line, "category")), text_at(line, "unit"))
        for line in parts_at(document, "goods")
    ]
    chosen = [text_at(document, path) for path in ("consignment.mode", "legal.action")]
    return chosen, goods, ruled(document, checklist)


def _in_order(
    asks: tuple[Ask, ...], checklist: Checklist, category: Category | None
) -> tuple[Ask, ...]:
    """The fields with those that the pack adds in the order that it gives them for these goods."""
    kind = checklist.goods_kind(category.code) if category else None
    if kind is None or not kind.fields:
        return asks
    ranks = {f"{OF_THE_PACK}{code}": rank for rank, code in enumerate(kind.fields)}
    added = iter(
        sorted(
            (ask for ask in asks if ask.path.startswith(OF_THE_PACK)),
            key=lambda ask: ranks.get(ask.path, len(ranks)),
        )
    )
    return tuple(next(added) if ask.path.startswith(OF_THE_PACK) else ask for ask in asks)


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
