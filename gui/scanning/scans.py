"""Where a scanned text belongs, told by its content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.fields import FIELDS, IDENTIFIERS, field_at, label_of
from domain.interception.mode import Mode
from domain.numbers import gs1, judge
from domain.numbers.recognise import recognise
from domain.words import mark
from gui.form.document import value_at

BY_RULE = {field.number: field for field in IDENTIFIERS if field.number}
"""The field of each identifier of a consignment that is known by its check rule."""
WEAK = ("gtin", "awb")
"""Bare digits: in a field that takes any text they stay where they were scanned."""
NAMES = {
    "gs1": mark("Code on a pack"),
    "bag": label_of("goods.bag_no"),
    **{field.number: field.label for field in FIELDS.values() if field.number},
}
"""What a scan of each kind is called: like the field that it belongs to."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was scanned, and what it puts where."""

    text: str
    kind: str
    values: tuple[tuple[str, str], ...]
    doubtful: bool = False
    """The scanner seems to have dropped a separator: the lot may hold more than it should."""

    @property
    def main(self) -> str:
        """The path that the scan is for."""
        return self.values[0][0]

    def overwrites(self, document: Mapping[str, Any]) -> bool:
        """Whether something else stands there already."""
        return any(
            _bare(value_at(document, path)) not in ("", _bare(value))
            for path, value in self.values
            if path != "consignment.mode"
        )


def scan_of(
    text: str, document: Mapping[str, Any], here: str, bags: Sequence[str] = ()
) -> Scan | None:
    """What `text`, scanned with the focus at `here`, is; None when it is nothing known.

    `bags` are bag numbers used before: one of the same shape is a bag number too.
    """
    kinds = recognise(text)
    line = _line(document, here)
    if not kinds:
        shapes = {_shape(bag) for bag in bags}
        return Scan(text, "bag", ((f"{line}.bag_no", text),)) if _shape(text) in shapes else None
    kind = kinds[0]
    if kind in WEAK and _takes_any_text(here):
        return None
    if kind == "gs1":
        return _of_pack(text, line)
    if kind in BY_RULE:
        return _of_consignment(text, kind, document)
    place = {"cas": "drug.cas_no", "gtin": "medicine.gtin"}[kind]
    return Scan(text, kind, ((f"{line}.{place}", text.strip()),))


def _of_pack(text: str, line: str) -> Scan | None:
    label = gs1.read(text)
    if label is None:
        return None
    held = (
        ("medicine.lot", label.lot),
        ("medicine.expiry", label.expiry.isoformat() if label.expiry else ""),
        ("medicine.gtin", label.gtin),
        ("medicine.serial", label.serial),
    )
    values = tuple((f"{line}.{name}", value) for name, value in held if value)
    return Scan(text, "gs1", values, label.doubtful) if values else None


def _of_consignment(text: str, kind: str, document: Mapping[str, Any]) -> Scan:
    path, mode = BY_RULE[kind].path, BY_RULE[kind].identifies
    now = str(value_at(document, "consignment.mode") or "")
    if kind == "awb" and now == "express":
        path, mode = "consignment.courier_awb", Mode.EXPRESS
    values = [(path, judge(kind, text).compact)]
    # The first identifier of a record says how it travels; later ones change nothing.
    known = any(value_at(document, field.path) for field in BY_RULE.values())
    if mode and mode != now and not known:
        values.append(("consignment.mode", mode))
    return Scan(text, kind, tuple(values))


def _line(document: Mapping[str, Any], here: str) -> str:
    if here.startswith("goods."):
        return ".".join(here.split(".")[:2])
    return f"goods.{max(len(document.get('goods') or ()) - 1, 0)}"


def _takes_any_text(path: str) -> bool:
    try:
        field = field_at(path)
    except KeyError:
        return False
    return field.value_type is str and not field.list_name and not field.number


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", _bare(text))


def _bare(value: Any) -> str:
    return re.sub(r"[\s-]", "", str(value or "")).upper()
