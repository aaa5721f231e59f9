"""The first sheet of a workbook: how its sheets are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from domain.pack.model import Pack
from domain.pack.workbook.columns import KEY
from domain.pack.workbook.plan import LIST_NAME, Layout, SheetPlan, sheets_of_a_pack
from domain.pack.workbook.shapes import Keyed, Leaf, LeafKind, PartOf, Shape, required
from domain.words import Say, filled, in_english, mark

_SHEETS = {
    "settings": mark("What the pack is called, where and when it is valid."),
    "posts": mark("The posts that take part."),
    "dimensions": mark("What units measure, beyond mass, volume, dose, piece, package and money."),
    "units": mark("What goods are counted in."),
    "categories": mark("The kinds of goods on the checklist, in the order of the form."),
    "fields": mark("Fields that this pack adds to lines of goods."),
    "choices": mark("All lists of codes; list_name says which list a row belongs to."),
    "profiles": mark("What goods of one kind have in common."),
    "rules": mark("What a record needs, should have or must not have, and when."),
    "legal_bases": mark("What the officer may name as ground in law."),
    "headings": mark("The words for the groups of codes."),
    "paper": mark("The words of the receipt."),
}
_WAYS = {
    LeafKind.TEXT: mark("text"),
    LeafKind.DAY: mark("day like 2026-11-23"),
    LeafKind.YES_NO: mark("yes or no"),
    LeafKind.WHOLE: mark("whole number"),
    LeafKind.NUMBER: mark("number with a point"),
    LeafKind.CODES: mark("codes, parted by ;"),
    LeafKind.TEXTS: mark("texts, parted by ;"),
}
WORDS = mark("words")
_RULES = (
    mark(
        "One row is one thing. The names in the first row say what the columns are, in any order."
    ),
    mark(
        "Words have a column for each language: label::en, label::fr. Each language that settings"
        " names must be complete; en must be there."
    ),
    mark(
        "Several codes stand in one cell: kg; g. A text with a semicolon stands in quotation marks."
    ),
    mark(
        "Several parts of one kind have numbered columns: hs.1.code, hs.2.code. Add further ones."
    ),
    mark(
        "All columns are formatted as text: otherwise a spreadsheet turns 0507.10 into 507.1."
        " Format columns that you add as text, too."
    ),
    mark(
        "A column whose name begins with # is for your own notes and is not read; so is this sheet."
    ),
    mark("Do not merge cells. Write values, no formulas."),
    mark("An empty cell says: left out. docs/pack-format.md says what that means for each field."),
    "",
    mark("Check it while you write it; every fault is named by its sheet and cell:"),
    "      main.py pack --check THIS-FILE.xlsx",
    mark("Then make the pack of it, a new file:"),
    "      main.py pack --from-workbook THIS-FILE.xlsx NEW.json",
    "",
    mark("These are the sheets. What has a * must be filled in."),
)


def about(pack: Pack, say: Say = in_english) -> list[str]:
    """The sentences of the first sheet, a line each, in the language of `say`."""
    title = mark("The checklist {id} {version} as a workbook")
    lines = [filled(title, {"id": pack.id, "version": pack.version}, say), ""]
    lines += [*(say(rule) if rule else "" for rule in _RULES), ""]
    for plan in sheets_of_a_pack():
        words = say(_SHEETS.get(plan.name, mark("see docs/pack-format.md")))
        lines.append(
            filled(mark("Sheet {name}: {words}"), {"name": plan.name, "words": words}, say)
        )
        lines.append("      " + ", ".join(_columns(plan, say)))
    return lines


def _columns(plan: SheetPlan, say: Say) -> Iterator[str]:
    if plan.layout in (Layout.LISTS, Layout.WORDS):
        name = LIST_NAME if plan.layout is Layout.LISTS else "name"
        yield f"{name}* ({say(_WAYS[LeafKind.TEXT])})"
    in_settings = plan.part == PartOf(Pack)
    for name, shape in plan.part.fields.items():
        if not in_settings or name in plan.fields:
            needed = "*" if name in required(plan.part.part) else ""
            yield from _column(shape, name, say, needed)


def _column(shape: Shape, name: str, say: Say, needed: str = "") -> Iterator[str]:
    """The columns of a field; `needed` is the mark of what must be filled in."""
    if isinstance(shape, Leaf):
        yield f"{name}{needed} ({say(_WAYS[shape.kind])})"
    elif isinstance(shape, Keyed):
        yield f"{name}{KEY}en{needed} ({say(WORDS)})"
    elif isinstance(shape, PartOf):
        for below, inside in shape.fields.items():
            yield from _column(inside, f"{name}.{below}", say)
    else:
        yield from _column(shape.item, f"{name}.{'FIELD' if shape.keyed else '1'}", say)
