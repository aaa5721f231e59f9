"""Finds the field of an interception for a scanned text, by its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from domain.document import DocumentPart, parts_at, text_at, value_at
from domain.fields import FIELDS, IDENTIFIERS, Field
from domain.fields import bare as path_without_numbers
from domain.interception.codes import Mode
from domain.numbers import check_number, gs1
from domain.numbers.recognise import recognise
from gui.scanning.scan import CHECKED, ReadScan, Scan, bare

BY_RULE = {field.number: field for field in IDENTIFIERS if field.number}
"""The field for each identifier of a consignment that a check rule can recognise."""
WEAK = ("gtin", "awb")
"""Kinds with only digits: when they are scanned in a free text field, they stay there."""
MODE = "consignment.mode"
_NEW_BAG = re.compile(r"[A-Z]{1,4}(?:[ -]?[0-9]{5,12}|[0-9]{1,4}[ -][0-9]{4,12})", re.IGNORECASE)
"""Makers print a few letters, with or without a series, and a running number."""


def scan_of(text: str, document: DocumentPart, here: str, bags: Sequence[str] = ()) -> Scan | None:
    """What `text`, scanned with the focus at `here`, is; None when it is nothing known.

    `bags` are earlier bag numbers: a text with the same shape is a bag number too. So is a text
    that looks like the first one of a new series, unless the field takes any text.
    """
    kinds = recognise(text)
    line = _line(document, here)
    if not kinds:
        shapes = {_shape(bag) for bag in bags}
        is_new = bool(_NEW_BAG.fullmatch(text.strip())) and not _takes_any_text(here, long=False)
        is_bag = _shape(text) in shapes or is_new
        return Scan(text, "bag", ((f"{line}.bag_no", text.strip()),)) if is_bag else None
    kind = kinds[0]
    if kind in WEAK and _takes_any_text(here):
        return None
    if kind == "gs1":
        return _of_pack(text, line)
    if kind in BY_RULE:
        return _of_consignment(text, kind, document)
    name = {"cas": "drug.cas_no", "gtin": "medicine.gtin"}[kind]
    return Scan(text, kind, ((f"{line}.{name}", text.strip()),))


def identifying(text: str) -> Scan | None:
    """What `text` is, with which a new record can begin: a bag alone says nothing of the goods."""
    scan = scan_of(text, {}, "")
    return None if scan is None or scan.kind == "bag" else scan


def reader(bags: Callable[[], Sequence[str]]) -> ReadScan:
    """Reads scanned texts; `bags` returns earlier bag numbers."""

    def read(
        text: str, document: DocumentPart | None, here: str, *, left: bool = False
    ) -> Scan | None:
        if document is None:
            return identifying(text)
        return (misplaced_scan if left else scan_of)(text, document, here, bags())

    return read


def misplaced_scan(
    text: str, document: DocumentPart, here: str, bags: Sequence[str] = ()
) -> Scan | None:
    """What `text` is, which was left in the field at `here`, when it surely belongs elsewhere.

    However slowly its keys came: a text that checks itself, or a bag number where no text belongs.
    """
    scan = scan_of(text, document, here, bags)
    if scan is None or bare(dict(scan.values).get(here)) == bare(text):
        return None
    if scan.kind in CHECKED:
        return scan if check_number(scan.kind, text).right else None
    if scan.kind == "bag":
        return None if _takes_any_text(here) or _is_identifier(here) else scan
    return scan if scan.kind == "gs1" else None


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
    return Scan(text, "gs1", values, doubtful=label.doubtful) if values else None


def _of_consignment(text: str, kind: str, document: DocumentPart) -> Scan:
    path, mode = BY_RULE[kind].path, BY_RULE[kind].identifies
    now = text_at(document, MODE)
    if kind == "awb" and now == Mode.EXPRESS:
        path, mode = "consignment.courier_awb", Mode.EXPRESS
    values = [(path, check_number(kind, text).compact)]
    # The first identifier of a record decides the mode of transport; later ones do not change it.
    known = any(value_at(document, field.path) for field in BY_RULE.values())
    if mode and mode != now and not known:
        values.append((MODE, mode))
    return Scan(text, kind, tuple(values), may_begin=True, also_fits=frozenset({MODE}))


def _line(document: DocumentPart, here: str) -> str:
    if here.startswith("goods."):
        return ".".join(here.split(".")[:2])
    return f"goods.{max(len(parts_at(document, 'goods')) - 1, 0)}"


def _takes_any_text(path: str, *, long: bool = True) -> bool:
    """Whether any text may stand in the field; `long`: narratives count too."""
    field = _field(path)
    if field is None or field.value_type is not str or field.list_name or field.number:
        return False
    return long or not field.long


def _field(path: str) -> Field | None:
    return FIELDS.get(path_without_numbers(path))


def _is_identifier(path: str) -> bool:
    """Whether the field is for a number with a check rule: a half of one looks like a bag."""
    field = _field(path)
    return field is not None and bool(field.number)


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", bare(text))
