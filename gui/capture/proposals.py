"""Values that the form proposes after an entry.

They are visible, and can be undone like typed values.
"""

from __future__ import annotations

from datetime import date

from acts.interception.begin_draft import is_at, place_of
from domain.document import Document, DocumentPart, part_at, parts_at, text_at, texts_at, value_at
from domain.errors import Malformed
from domain.instant import Instant
from domain.interception.read import read_last_day
from domain.numbers import check_number
from domain.pack.checklist import Checklist
from domain.pack.goods_kind import has_content
from gui.form.document import with_value
from gui.form.layout import Proposal

EXPIRED = "EXPIRED"
ITEM = "consignment.postal_item_id"
BASIS = "legal.legal_basis"
PLACE = ("occasion.place_text", "occasion.latitude", "occasion.longitude")
CARRIED = (
    "consignment.mode",
    "consignment.declaration.form",
    "occasion.place_text",
    "occasion.unlocode",
    "occasion.place_type",
    "occasion.customs_direction",
    "route.destination_country",
    "conveyance.flight_no",
    "legal.action",
    BASIS,
    "legal.served",
)
"""Fields that the next interception copies from the last one. Grounds are never copied."""


def proposals(document: DocumentPart, path: str, checklist: Checklist) -> tuple[Proposal, ...]:
    """The values that follow from the present value at `path`."""
    if path == ITEM:
        return _of_item(document, checklist)
    if path in PLACE:
        return _of_place(document, checklist)
    if path in ("consignment.mode", "legal.action"):
        return _of_law(document, checklist)
    parts = path.split(".")
    if parts[0] != "goods" or len(parts) < 3:
        return ()
    prefix = ".".join(parts[:2])
    name = ".".join(parts[2:])
    line = part_at(document, prefix)
    if name == "category":
        found = _of_category(prefix, line, checklist)
        units = (each.value for each in found if each.path == f"{prefix}.unit")
        counted = {**line, "unit": next(units, line.get("unit"))}
        return (*found, *_of_unit(prefix, counted, checklist), *_of_law(document, checklist))
    if name == "unit":
        return _of_unit(prefix, line, checklist)
    if name == "medicine.expiry":
        return _of_expiry(prefix, line, document, checklist)
    return ()


def _of_item(document: DocumentPart, checklist: Checklist) -> tuple[Proposal, ...]:
    """The dispatch country: the country that issued the item number."""
    checked = check_number("s10", text_at(document, ITEM))
    country = checked.values.get("country", "")
    if not checked.right or not checklist.has("countries", country):
        return ()
    return (Proposal("route.dispatch_country", country),)


def _of_place(document: DocumentPart, checklist: Checklist) -> tuple[Proposal, ...]:
    """When another place than the post is typed, remove the codes of the post's place."""
    post = checklist.post(text_at(document, "post"))
    occasion = part_at(document, "occasion")
    if post is None or is_at(post, occasion):
        return ()
    return tuple(
        Proposal(f"occasion.{name}", "", firm=True)
        for name, value in place_of(post).items()
        if occasion.get(name) == value
    )


def _of_law(document: DocumentPart, checklist: Checklist) -> tuple[Proposal, ...]:
    """Leave out a legal basis that is for other goods, modes or actions: it was carried over, or
    chosen before.
    """
    chosen = texts_at(document, BASIS)
    goods = [text_at(line, "category") for line in parts_at(document, "goods")]
    mode, act = text_at(document, "consignment.mode"), text_at(document, "legal.action")
    fits = checklist.fitting.fits
    fitting = [code for code in chosen if fits("legal_bases", code, goods, mode, act=act)]
    return (Proposal(BASIS, [*fitting], firm=True),) if fitting != chosen else ()


def _of_category(prefix: str, line: DocumentPart, checklist: Checklist) -> tuple[Proposal, ...]:
    kind = checklist.goods_kind(text_at(line, "category"))
    if kind is None:
        return ()
    found = []
    if line.get("unit") not in kind.units:
        found.append(Proposal(f"{prefix}.unit", kind.units[0], firm=True))
    if kind.measure and line.get("measure_unit") != kind.measure.unit:
        found.append(Proposal(f"{prefix}.measure_unit", kind.measure.unit, firm=True))
    return tuple(found)


def _of_unit(prefix: str, line: DocumentPart, checklist: Checklist) -> tuple[Proposal, ...]:
    """The unit of the content, where packages are counted."""
    kind = checklist.goods_kind(text_at(line, "category"))
    unit = checklist.unit(text_at(line, "unit"))
    if kind is None or not has_content(kind, unit) or line.get("content_unit") in kind.contents:
        return ()
    return (Proposal(f"{prefix}.content_unit", kind.contents[0], firm=True),)


def _of_expiry(
    prefix: str, line: DocumentPart, document: DocumentPart, checklist: Checklist
) -> tuple[Proposal, ...]:
    reasons = texts_at(line, "reasons")
    if EXPIRED in reasons or not checklist.has("reasons", EXPIRED):
        return ()
    if months_over(line, document) is None:
        return ()
    return (Proposal(f"{prefix}.reasons", [*reasons, EXPIRED], over=True),)


def months_over(line: DocumentPart, document: DocumentPart) -> int | None:
    """Whole months between expiry and seizure; None when the line was not expired."""
    expiry, seized = _expiry(line), _seized(document)
    if expiry is None or seized is None or expiry >= seized:
        return None
    months = (seized.year - expiry.year) * 12 + seized.month - expiry.month
    return months - (seized.day < expiry.day)


def _expiry(line: DocumentPart) -> date | None:
    typed = text_at(line, "medicine.expiry")
    try:
        return read_last_day(typed) if typed else None
    except Malformed:
        return None


def _seized(document: DocumentPart) -> date | None:
    typed = text_at(document, "occasion.seized_at")
    try:
        return Instant.parse(typed).local_date if typed else None
    except Malformed:
        return None


def product(line: DocumentPart) -> int | None:
    """Packs times units per pack; None unless both are whole numbers."""
    packs, units = text_at(line, "packs"), text_at(line, "units_per_pack")
    if packs.isdecimal() and units.isdecimal() and len(packs) < 13 and len(units) < 13:
        return int(packs) * int(units)
    return None


def carried(document: DocumentPart) -> Document:
    """The document with the values that the next interception copies from this one."""
    from_it: Document = {}
    for path in CARRIED:
        value = value_at(document, path)
        if value not in (None, "", []):
            from_it = with_value(from_it, path, value)
    return from_it
