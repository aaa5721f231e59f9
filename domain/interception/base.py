"""What every block of an interception shares: a frozen value, and what is said about its fields.

A field may be empty in a draft, so every field has a default. What a field must be, beyond its
type, stands in its annotation and is read by the form, the validator and the privacy rule alike.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


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


def from_list(name: str) -> msgspec.Meta:
    """A code of the list `name` (of the pack, or of the terms and tables that ship)."""
    return msgspec.Meta(extra={"list": name})


def private(level: Privacy) -> msgspec.Meta:
    """The field's privacy."""
    return msgspec.Meta(extra={"privacy": level})


def number(kind: str) -> msgspec.Meta:
    """An identifier with a check rule of `domain.numbers` (s10, awb, iso6346, ...)."""
    return msgspec.Meta(extra={"number": kind})


MONTH_TOO = msgspec.Meta(extra={"month": True})
"""A day of expiry, which a label may give as a month: it means the last day (GS1)."""
LONG_TEXT = msgspec.Meta(extra={"long": True})
