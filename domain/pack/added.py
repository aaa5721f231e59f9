"""Fields that a pack adds to a line of goods: what makes its commodity that commodity.

The record keeps each value under the code of the field, as text in the one written form of its
kind. The pack in the record's version says what the text means; who lacks that pack shows both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.fields import AddedFields, Field
from domain.interception.base import FieldKind, Privacy
from domain.pack.part import FieldCode, PackPart
from domain.words import Labels, in_language

COUNTRIES = "countries"
"""The code list of the program for a field of the kind `country`."""


class AddedKind(StrEnum):
    """How the value of an added field is written."""

    TEXT = "text"
    """One line."""
    LONG = "long"
    """Text of several lines."""
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    """One code of a list."""
    CHOICES = "choices"
    """Several codes of a list."""
    MONEY = "money"
    """An amount with its currency: `1250.00 EUR`."""
    COUNTRY = "country"
    SERIALS = "serials"
    """Several numbers or texts: one for each piece."""


class AddedPrivacy(StrEnum):
    """Who may see the value: `Privacy`, and `open` for what names nobody."""

    OPEN = "open"
    COMMERCIAL = "commercial"
    NOMINAL = "nominal"
    SEALED = "sealed"


class AddedField(PackPart, frozen=True, kw_only=True):
    """A field that the pack adds. Categories and profiles name it by its `code`."""

    code: FieldCode
    label: Labels
    kind: str
    """The code of an `AddedKind`."""
    list: str = ""
    """Of a choice: the name of a list in `Pack.lists`, or of a list that ships."""
    hint: Labels = {}
    unit: str = ""
    """Shown in brackets after the label: `cm`."""
    pattern: str = ""
    """How the text is written (`domain.pack.pattern`)."""
    check: str = ""
    """A check rule of `domain.numbers` that the text follows."""
    min: Decimal | None = None
    max: Decimal | None = None
    """Bounds of a number, both allowed themselves."""
    privacy: str = "open"
    """The code of an `AddedPrivacy`."""
    printed: bool = False
    """Whether the receipt has it in the line of the goods."""
    scan: str = ""
    """The GS1 application identifier whose value a scan puts here: `gs1:21`."""

    def table_field(self) -> Field:
        """The field as the table of fields describes one."""
        shape = _SHAPES[AddedKind(self.kind)]
        listed = shape.kind is FieldKind.CODE
        return Field(
            path=self.code,
            value_type=shape.value_type,
            kind=FieldKind.NUMBER if self.check else shape.kind,
            many=shape.many,
            label=in_language(self.label, "en"),
            noun=in_language(self.label, "en"),
            unit=self.unit,
            list_name=(self.list or COUNTRIES) if listed else "",
            number=self.check,
            privacy=None if self.privacy == AddedPrivacy.OPEN else Privacy(self.privacy),
            words=self.label,
            hint=self.hint or None,
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a kind is in the table of fields."""

    value_type: type
    kind: FieldKind
    many: bool = False


_SHAPES = {
    AddedKind.TEXT: _Shape(str, FieldKind.TEXT),
    AddedKind.LONG: _Shape(str, FieldKind.LONG_TEXT),
    AddedKind.WHOLE: _Shape(int, FieldKind.WHOLE),
    AddedKind.DECIMAL: _Shape(Decimal, FieldKind.DECIMAL),
    AddedKind.DAY: _Shape(date, FieldKind.DAY),
    AddedKind.YES_NO: _Shape(bool, FieldKind.YES_NO),
    AddedKind.CHOICE: _Shape(str, FieldKind.CODE),
    AddedKind.CHOICES: _Shape(str, FieldKind.CODE, many=True),
    AddedKind.MONEY: _Shape(str, FieldKind.MONEY),
    AddedKind.COUNTRY: _Shape(str, FieldKind.CODE),
    AddedKind.SERIALS: _Shape(str, FieldKind.TEXT, many=True),
}


def table_of(fields: tuple[AddedField, ...]) -> AddedFields:
    """The fields by their codes, for `domain.fields.walk` and for reading a document.

    One whose kind or privacy does not exist is left out: the check of the pack tells it.
    """
    kinds, who = tuple(AddedKind), tuple(AddedPrivacy)
    return {
        added.code: added.table_field()
        for added in fields
        if added.kind in kinds and added.privacy in who
    }
