"""The description of the interception form, for the form engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.fields import ADDED, FIELDS, Field
from domain.interception.base import FieldKind
from domain.pack.checklist import Checklist
from gui.capture.asked import asked, deciding
from gui.capture.proposals import proposals
from gui.capture.sections import GOODS, SECTIONS
from gui.form.layout import COLUMNS, Ask, By, FormDescription
from gui.form.options import few

BEFORE_ADDED = "bag_no"
"""Added fields stand behind the count of the goods, before what is the same for all goods."""
SPANS = {
    FieldKind.LONG_TEXT: 24,
    FieldKind.WHOLE: 5,
    FieldKind.DECIMAL: 5,
    FieldKind.DAY: 5,
    FieldKind.YES_NO: 8,
    FieldKind.MONEY: 6,
    FieldKind.CODE: 7,
}
"""Columns of an added field, by its kind; of the others: `TEXT_SPAN`."""
TEXT_SPAN = 8
SERIALS_SPAN = 12
FEW_CHIPS = 3
"""Up to so many choices of an added field are chips; more are found by typing, which needs less
room."""
CHIPS_SPAN = 12


INTERCEPTION_FORM = FormDescription(
    FIELDS,
    SECTIONS,
    asked,
    proposals,
    deciding,
    follows_at_once=frozenset({"category", "mode", "action"}),
    kept_as_seen="consignment.as_seen_on_label",
    not_copied=frozenset({"bag_no"}),
    beside=frozenset({"photos"}),
)
"""The form without the fields that packs add."""


def form_of(checklist: Checklist | None) -> FormDescription:
    """The form with the fields that the pack of the checklist adds.

    A few categories are chips in a row of their own.
    """
    chips = checklist is not None and few(FIELDS["goods.category"], checklist)
    if checklist is None or not (checklist.added or chips):
        return INTERCEPTION_FORM
    fields = {ADDED + code: field for code, field in checklist.added.items()}
    added = [_ask(field, checklist) for field in fields.values()]
    asks: list[Ask] = []
    for ask in GOODS.asks:
        asks += added if ask.path == BEFORE_ADDED else ()
        asks.append(replace(ask, span=COLUMNS) if ask.path == "category" and chips else ask)
    goods = replace(GOODS, asks=tuple(asks))
    sections = tuple(goods if section is GOODS else section for section in SECTIONS)
    table: Mapping[str, Field] = {**FIELDS, **fields}
    return replace(INTERCEPTION_FORM, fields=table, sections=sections)


def _ask(field: Field, checklist: Checklist) -> Ask:
    span, by = SPANS.get(field.kind, TEXT_SPAN), By.KIND
    if field.many:
        span = COLUMNS if field.list_name else SERIALS_SPAN
    elif field.list_name and len(checklist.choices(field.list_name)) > FEW_CHIPS:
        by = By.FINDING
    elif field.list_name:
        span = CHIPS_SPAN
    return Ask(f"added.{field.path}", span, core=False, by=by)
