"""Where a scanned text belongs, told by its content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.interception.fields import field_at
from domain.interception.record import Interception
from domain.numbers import gs1, judge
from domain.numbers.recognise import recognise
from domain.words import mark
from gui.form.document import value_at

IDENTIFIERS = {
    "s10": ("consignment.postal_item_id", "mail"),
    "iso6346": ("consignment.container_no", "sea_container"),
    "awb": ("consignment.awb_no", "air_cargo"),
    "mrn": ("consignment.mrn", ""),
    "imo": ("conveyance.imo_no", ""),
}
"""Field and mode of transport that an identifier of a consignment stands for."""
WEAK = ("gtin", "awb")
"""Bare digits: in a field that takes any text they stay where they were scanned."""
NAMES = {
    "gs1": mark("Code on a pack"), "s10": mark("Item number"), "iso6346": mark("Container"),
    "awb": mark("Air waybill"), "mrn": mark("Declaration number"), "imo": mark("Ship"),
    "cas": mark("CAS number"), "gtin": mark("GTIN"), "bag": mark("Bag number"),
}  # fmt: skip


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
    if kind in IDENTIFIERS:
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
    path, mode = IDENTIFIERS[kind]
    now = str(value_at(document, "consignment.mode") or "")
    if kind == "awb" and now == "express":
        path, mode = "consignment.courier_awb", "express"
    values = [(path, judge(kind, text).compact)]
    # The first identifier of a record says how it travels; later ones change nothing.
    known = any(value_at(document, other) for other, _ in IDENTIFIERS.values())
    if mode and mode != now and not known:
        values.append(("consignment.mode", mode))
    return Scan(text, kind, tuple(values))


def _line(document: Mapping[str, Any], here: str) -> str:
    if here.startswith("goods."):
        return ".".join(here.split(".")[:2])
    return f"goods.{max(len(document.get('goods') or ()) - 1, 0)}"


def _takes_any_text(path: str) -> bool:
    try:
        field = field_at(Interception, path)
    except KeyError:
        return False
    return field.kind is str and not field.list_name and not field.number


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", _bare(text))


def _bare(value: Any) -> str:
    return re.sub(r"[\s-]", "", str(value or "")).upper()
