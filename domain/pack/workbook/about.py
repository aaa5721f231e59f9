"""The first sheet of a workbook: how its sheets are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from domain.pack.model import Pack
from domain.pack.workbook.columns import KEY
from domain.pack.workbook.plan import LIST_NAME, Layout, SheetPlan, sheets_of_a_pack
from domain.pack.workbook.shapes import Keyed, Leaf, LeafKind, PartOf, Shape, required

_SHEETS = {
    "settings": "What the pack is called, where and when it is valid.",
    "posts": "The posts that take part.",
    "dimensions": "What units measure, beyond mass, volume, dose, piece, package and money.",
    "units": "What goods are counted in.",
    "categories": "The kinds of goods on the checklist, in the order of the form.",
    "fields": "Fields that this pack adds to lines of goods.",
    "choices": "All lists of codes; list_name says which list a row belongs to.",
    "profiles": "What goods of one kind have in common.",
    "rules": "What a record needs, should have or must not have, and when.",
    "legal_bases": "What the officer may name as ground in law.",
    "headings": "The words for the groups of codes.",
    "paper": "The words of the receipt.",
}
_WAYS = {
    LeafKind.TEXT: "text",
    LeafKind.DAY: "day like 2026-11-23",
    LeafKind.YES_NO: "yes or no",
    LeafKind.WHOLE: "whole number",
    LeafKind.NUMBER: "number with a point",
    LeafKind.CODES: "codes, parted by ;",
    LeafKind.TEXTS: "texts, parted by ;",
}
_RULES = (
    "One row is one thing. The names in the first row say what the columns are, in any order.",
    f"Words have a column for each language: label{KEY}en, label{KEY}fr. Each language that",
    "settings names must be complete; en must be there.",
    "Several codes stand in one cell: kg; g. A text with a semicolon stands in quotation marks.",
    "Several parts of one kind have numbered columns: hs.1.code, hs.2.code. Add further ones.",
    "All columns are formatted as text: otherwise a spreadsheet turns 0507.10 into 507.1. Format",
    "columns that you add as text, too.",
    "A column whose name begins with # is for your own notes and is not read; so is this sheet.",
    "Do not merge cells. Write values, no formulas.",
    "An empty cell says: left out. docs/pack-format.md says what that means for each field.",
    "",
    "Check it while you write it; every fault is named by its sheet and cell:",
    "      main.py pack --check THIS-FILE.xlsx",
    "Then make the pack of it, a new file:",
    "      main.py pack --from-workbook THIS-FILE.xlsx NEW.json",
    "",
    "These are the sheets. What has a * must be filled in.",
)


def about(pack: Pack) -> list[str]:
    """The sentences of the first sheet, a line each."""
    lines = [f"The checklist {pack.id} {pack.version} as a workbook", "", *_RULES, ""]
    for plan in sheets_of_a_pack():
        lines.append(f"Sheet {plan.name}: {_SHEETS.get(plan.name, 'see docs/pack-format.md')}")
        lines.append("      " + ", ".join(_columns(plan)))
    return lines


def _columns(plan: SheetPlan) -> Iterator[str]:
    if plan.layout in (Layout.LISTS, Layout.WORDS):
        yield f"{LIST_NAME if plan.layout is Layout.LISTS else 'name'}* (text)"
    in_settings = plan.part == PartOf(Pack)
    for name, shape in plan.part.fields.items():
        if not in_settings or name in plan.fields:
            needed = "*" if name in required(plan.part.part) else ""
            yield f"{name}{needed} ({_way(shape)})"


def _way(shape: Shape) -> str:
    if isinstance(shape, Leaf):
        return _WAYS[shape.kind]
    if isinstance(shape, Keyed):
        return "words by language"
    return "several columns"
