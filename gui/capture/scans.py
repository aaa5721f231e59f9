"""Finds the field of an interception for a scanned text, by its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from domain.document import DocumentPart, parts_at, text_at, value_at
from domain.fields import FIELDS, IDENTIFIERS, Field
from domain.fields import bare as path_without_numbers
from domain.interception.codes import Mode
from domain.numbers import check_number, gs1
from domain.numbers.recognise import recognise
from domain.pack.checklist import Checklist
from gui.scanning.scan import CHECKED, ReadScan, Scan, bare

BY_RULE = {field.number: field for field in IDENTIFIERS if field.number}
"""The field for each identifier of a consignment that a check rule can recognise."""
OF_A_PACK = {
    "10": "medicine.lot",
    "17": "medicine.expiry",
    "01": "medicine.gtin",
    "21": "medicine.serial",
}
"""The field of a line for each GS1 application identifier, where the pack names no other."""
WEAK = ("gtin", "awb")
"""Kinds with only digits: when they are scanned in a free text field, they stay there."""
MODE = "consignment.mode"
_NEW_BAG = re.compile(r"[A-Z]{1,4}(?:[ -]?[0-9]{5,12}|[0-9]{1,4}[ -][0-9]{4,12})", re.IGNORECASE)
"""Makers print a few letters, with or without a series, and a running number."""


def scan_of(
    text: str,
    document: DocumentPart,
    here: str,
    bags: Sequence[str] = (),
    checklist: Checklist | None = None,
) -> Scan | None:
    """What `text`, scanned with the focus at `here`, is; None when it is nothing known.

    `checklist`: of the document, which may add fields that a code on a pack fills. `bags` are
    earlier bag numbers: a text with the same shape is a bag number too. So is a text that looks
    like the first one of a new series, unless the field takes any text.
    """
    kinds = recognise(text)
    line = _line(document, here)
    if not kinds:
        shapes = {_shape(bag) for bag in bags}
        is_new = bool(_NEW_BAG.fullmatch(text.strip())) and not _takes_any_text(
            here, checklist, long=False
        )
        is_bag = _shape(text) in shapes or is_new
        return Scan(text, "bag", ((f"{line}.bag_no", text.strip()),)) if is_bag else None
    kind = kinds[0]
    if kind in WEAK and _takes_any_text(here, checklist):
        return None
    if kind == "gs1":
        return _of_pack(text, line, _places(document, line, checklist))
    if kind in BY_RULE:
        return _of_consignment(text, kind, document)
    name = {"cas": "drug.cas_no", "gtin": "medicine.gtin"}[kind]
    return Scan(text, kind, ((f"{line}.{name}", text.strip()),))


def identifying(text: str) -> Scan | None:
    """What `text` is, with which a new record can begin: a bag alone says nothing of the goods."""
    scan = scan_of(text, {}, "")
    return None if scan is None or scan.kind == "bag" else scan


def reader(
    bags: Callable[[], Sequence[str]],
    checklist: Callable[[], Checklist | None] = lambda: None,
) -> ReadScan:
    """Reads scanned texts; `bags` returns earlier bag numbers, `checklist` that of the record."""

    def read(
        text: str, document: DocumentPart | None, here: str, *, left: bool = False
    ) -> Scan | None:
        if document is None:
            return identifying(text)
        return (misplaced_scan if left else scan_of)(text, document, here, bags(), checklist())

    return read


def misplaced_scan(
    text: str,
    document: DocumentPart,
    here: str,
    bags: Sequence[str] = (),
    checklist: Checklist | None = None,
) -> Scan | None:
    """What `text` is, which was left in the field at `here`, when it surely belongs elsewhere.

    However slowly its keys came: a text that checks itself, or a bag number where no text belongs.
    """
    scan = scan_of(text, document, here, bags, checklist)
    if scan is None or bare(dict(scan.values).get(here)) == bare(text):
        return None
    if scan.kind in CHECKED:
        return scan if check_number(scan.kind, text).right else None
    if scan.kind == "bag":
        return None if _takes_any_text(here, checklist) or _is_identifier(here, checklist) else scan
    return scan if scan.kind == "gs1" else None


def _of_pack(text: str, line: str, places: Mapping[str, str]) -> Scan | None:
    """The values of a GS1 code; `places` are the fields by application identifier."""
    label = gs1.read(text)
    if label is None:
        return None
    held = {
        "10": label.lot,
        "17": label.expiry.isoformat() if label.expiry else "",
        "01": label.gtin,
        "21": label.serial,
        **dict(label.rest),
    }
    values = tuple(
        (f"{line}.{places[identifier]}", value)
        for identifier, value in held.items()
        if value and identifier in places
    )
    return Scan(text, "gs1", values, doubtful=label.doubtful) if values else None


def _places(document: DocumentPart, line: str, checklist: Checklist | None) -> Mapping[str, str]:
    """The fields of a line for the values of a GS1 code, those of the pack before our own."""
    kind = checklist.goods_kind(text_at(document, f"{line}.category")) if checklist else None
    if checklist is None or kind is None:
        return OF_A_PACK
    own = {
        field.scan.removeprefix("gs1:"): f"added.{field.code}"
        for field in checklist.pack.fields
        if field.scan and field.code in kind.fields
    }
    return {**OF_A_PACK, **own}


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


def _takes_any_text(path: str, checklist: Checklist | None, *, long: bool = True) -> bool:
    """Whether any text may stand in the field; `long`: narratives count too."""
    field = _field(path, checklist)
    if field is None or field.value_type is not str or field.list_name or field.number:
        return False
    return long or not field.long


def _field(path: str, checklist: Checklist | None) -> Field | None:
    return checklist.field_at(path) if checklist else FIELDS.get(path_without_numbers(path))


def _is_identifier(path: str, checklist: Checklist | None) -> bool:
    """Whether the field is for a number with a check rule: a half of one looks like a bag."""
    field = _field(path, checklist)
    return field is not None and bool(field.number)


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", bare(text))
