"""The columns of an export and their order, which is that of the table of fields.

docs/export-format.md lists them, and a test compares. New fields of an interception become new
columns; `FORMAT` gets another number only when a column changes its meaning or goes away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from domain.fields import FIELDS, Field
from domain.interception.base import FieldKind

FORMAT = "tidewaiter-export/1"
LABEL = ".label"
"""Ends the name of the column with the words for the code in the column before it."""
GOODS, PHOTOS = "goods.", "photos."
ABOUT = ("number", "record_id", "workstation")
"""The columns that every table begins with; `workstation` and `record_id` are the key."""
HEAD = (
    *ABOUT,
    "case_id",
    "case_number",
    "status",
    "revision",
    "entry",
    "signed_at",
    "signed_by",
    "arrived_at",
    "changed_at",
    "cancelled_at",
    "cancelled_by",
    "cancel_reason",
)
JOURNAL = (
    *ABOUT,
    "seq",
    "entry",
    "previous",
    "kind",
    "at",
    "clock",
    "officer",
    "arrival",
    "revision",
    "reason",
    "comment",
    "in_force",
)


class ExportedColumn(msgspec.Struct, frozen=True):
    """A column for a field; `label` says whether it has the words for the code."""

    name: str
    field: Field
    label: bool = False


def _columns(below: str) -> Iterator[ExportedColumn]:
    """The columns for the fields below a block, or for those of no table of their own."""
    for path, field in FIELDS.items():
        own = path.startswith((GOODS, PHOTOS))
        if (path.startswith(below) if below else not own) and _is_leaf(path, field):
            name = path.removeprefix(below)
            yield ExportedColumn(name, field)
            if field.kind is FieldKind.CODE or path == "post":
                yield ExportedColumn(name + LABEL, field, label=True)


def _is_leaf(path: str, field: Field) -> bool:
    """Whether the field has a column: a list of blocks has one, as JSON, and what is below has
    none.
    """
    if path in ("record_id", "goods", "photos"):
        return False
    above = path.rpartition(".")[0]
    while above:
        if FIELDS[above].many and f"{above}." not in (GOODS, PHOTOS):
            return False
        above = above.rpartition(".")[0]
    return field.block is None or field.many


INTERCEPTION = tuple(_columns(""))
GOODS_LINE = tuple(_columns(GOODS))
PHOTO = tuple(_columns(PHOTOS))
TABLES: Mapping[str, tuple[str, ...]] = {
    "interceptions": (*HEAD, *(column.name for column in INTERCEPTION)),
    "goods": (*ABOUT, "line", *(column.name for column in GOODS_LINE), "added"),
    "photos": (*ABOUT, "index", *(column.name for column in PHOTO), "held", "file"),
    "journal": JOURNAL,
}
"""The columns of each table, in their order."""


def written(value: object) -> str:
    """A value as docs/exchange-format.md writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
