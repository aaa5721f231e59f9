"""The base of every block of an interception, and the annotation of its fields.

A field may be empty in a draft, so every field has a default. All that the program knows of a field
beyond its type stands in its annotation, written with `field(...)`: its label, how it is written,
its code list, its check rule, its privacy. `domain.fields` reads it into the table of fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from domain.interception.codes import Mode

Text = str | None
"""The type of a field that holds one text, or is empty."""


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A block of fields (A to M). Empty fields are not written."""


class Privacy(StrEnum):
    """Where a field may go (domain rule 1.6); fields without one are non-nominal.

    `commercial`: a named business, goes to headquarters. `nominal`: a person, screen and receipt
    only unless the pack frees it. `sealed`: the same, and never on the receipt.
    """

    COMMERCIAL = "commercial"
    NOMINAL = "nominal"
    SEALED = "sealed"


NOMINAL, COMMERCIAL = Privacy.NOMINAL, Privacy.COMMERCIAL


class FieldKind(StrEnum):
    """How the value of a field is written; of a list, how one item is."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long text"
    WHOLE = "whole number"
    DECIMAL = "decimal"
    KILOGRAMS = "kilograms"
    DEGREES = "degrees"
    DAY = "day"
    DAY_OR_MONTH = "day or month"
    """A month means its last day, as on a label (GS1 General Specifications)."""
    MOMENT = "moment"
    YES_NO = "yes or no"
    CODE = "code"
    """Of a code list: of the pack, or of the terms and tables that ship."""
    NUMBER = "number"
    """An identifier with a check rule of `domain.numbers`."""
    IDENTITY = "identity"
    """A name that the program gives: of a record, of a file by its hash."""
    FIELD = "field"
    """The path of another field of the record."""
    MONEY = "money"
    """An amount and its currency: `1250.00 EUR`."""
    BLOCK = "block"
    """A block of fields."""
    ADDED = "added fields"
    """The values of the fields that the pack adds, by their codes."""


@dataclass(frozen=True, slots=True)
class About:
    """The content of a field's annotation; `domain.fields.Field` explains each part."""

    label: str
    noun: str = ""
    kind: FieldKind | None = None
    list_name: str = ""
    number: str = ""
    privacy: Privacy | None = None
    unit: str = ""
    identifies: Mode | None = None


def field(
    label: str,
    kind: FieldKind | None = None,
    *,
    noun: str = "",
    codes: str = "",
    number: str = "",
    privacy: Privacy | None = None,
    unit: str = "",
    identifies: Mode | None = None,
) -> About:
    """The annotation of a field.

    `label` is what every screen, paper and page calls it, marked for translation; `noun` is what a
    sentence calls it, only where the label is no noun in the singular. `kind` is needed only where
    type, `codes` and `number` do not decide it. `codes`: the code list (of the pack, or of the
    terms and tables that ship). `number`: the check rule of `domain.numbers` (s10, awb, ...).
    `unit`: the text in brackets after the label. `identifies`: the mode of transport of the
    consignments that are known by this number.
    """
    return About(label, noun, kind, codes, number, privacy, unit, identifies)
