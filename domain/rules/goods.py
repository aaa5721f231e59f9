"""Blocks F, G and H: the goods lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.interception.goods import GoodsLine
from domain.numbers import bag
from domain.pack.model import Category, Dimension
from domain.rules import laboratory, measures
from domain.rules.codes import missing
from domain.rules.situation import RecordPart, Situation
from domain.words import mark

MEANINGLESS = ("various", "divers", "miscellaneous", "goods", "marchandises", "stuff")


NO_GOODS = FaultKind(
    "no_goods", mark("nothing was found yet"), mark("Add a line of goods."), shape=Shape.SENTENCE
)
NO_FIELD_TEST = FaultKind(
    "no_field_test",
    mark("no field test"),
    mark("The substance stays presumed until a laboratory confirms it."),
    shape=Shape.SENTENCE,
    warns=True,
)
MEANINGLESS_DESCRIPTION = FaultKind(
    "meaningless_description",
    mark("{text} does not describe the goods"),
    mark("Describe them so that a court can identify them."),
)
WEIGHT_MISSING = FaultKind("weight_missing", IS_MISSING, mark("Weigh it."), shape=Shape.MISSING)
HS_NOT_OF_CATEGORY = FaultKind(
    "hs_not_of_category", mark("{code} is not a heading of this category"), warns=True
)
QUANTITY_MISSING = FaultKind("quantity_missing", IS_MISSING, mark("Count it."), shape=Shape.MISSING)
QUANTITY_ZERO = FaultKind("quantity_zero", mark("must be greater than zero"), shape=Shape.PREDICATE)
PACKS_NOT_QUANTITY = FaultKind(
    "packs_not_quantity",
    mark(
        "{packs} pack of {units} is {product}, not {counted}",
        "{packs} packs of {units} are {product}, not {counted}",
        "packs",
    ),
)
UNIT_NOT_OF_CATEGORY = FaultKind(
    "unit_not_of_category",
    mark("{category} is not counted in {unit}"),
    mark("Choose one of: {allowed}."),
)
QUANTITY_NOT_WHOLE = FaultKind(
    "quantity_not_whole",
    mark("is counted in whole numbers, in the unit {unit}"),
    mark("Choose another unit, or count again."),
    shape=Shape.PREDICATE,
)
NET_ABOVE_GROSS = FaultKind(
    "net_above_gross", mark("is more than the gross weight"), shape=Shape.PREDICATE
)
PURITY_ABOVE_100 = FaultKind(
    "purity_above_100", mark("is more than 100 per cent"), shape=Shape.PREDICATE
)
HS_CODE_WRONG = FaultKind(
    "hs_code_wrong",
    mark("is not an HS code"),
    mark("Write it like 3004.90."),
    shape=Shape.PREDICATE,
)
NET_NOT_QUANTITY = FaultKind(
    "net_not_quantity",
    mark("differs from the quantity, {quantity} {unit}"),
    mark("Both are printed on the paper: weigh again, or correct one of them."),
    shape=Shape.PREDICATE,
    warns=True,
)
EXPIRED_NOT_A_REASON = FaultKind(
    "expired_not_a_reason", mark("expired on {day}, which is not among the reasons"), warns=True
)
BAG_NUMBER_WRONG = FaultKind(
    "bag_number_wrong", mark("{bag} is not a bag number"), shape=Shape.SENTENCE
)
BAG_TWICE = FaultKind(
    "bag_twice",
    mark("bag {bag} is in line {one} and in line {two}"),
    mark("Scan another bag, or put both on one line."),
    shape=Shape.SENTENCE,
)
BAG_USED = FaultKind(
    "bag_used",
    mark("bag {bag} was used in {number}"),
    mark("Scan another bag."),
    shape=Shape.SENTENCE,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """Faults of each line, and of the lines together."""
    lines = situation.interception.goods
    if not lines:
        yield Fault("goods", NO_GOODS)
    yield from situation.in_parts(_in_part, situation.interception.occasion.seized_at)
    yield from _bags(situation)
    kinds = [situation.checklist.goods_kind(line.category) for line in lines]
    if any(kind.concealment for kind in kinds if kind):
        yield from missing(situation.interception, "detection.concealment")
    if situation.interception.detection.field_test.result is None and any(
        kind.tested and not line.drug.substance_confirmed
        for kind, line in zip(kinds, lines, strict=True)
        if kind
    ):
        yield Fault("detection.field_test.result", NO_FIELD_TEST)
    yield from laboratory.faults(situation)


def _in_part(situation: Situation, part: RecordPart, _seized_at: object) -> Iterator[Fault]:
    if isinstance(part.value, GoodsLine):
        yield from _line(situation, part.value, f"{part.path}.")
        yield from measures.faults(situation, part.value, f"{part.path}.")


def _line(situation: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    yield from missing(line, "category", prefix)
    yield from missing(line, "reasons", prefix)
    category = situation.checklist.category(line.category)
    if category is not None:
        yield from _by_category(situation, line, category, prefix)
    if line.description and line.description.strip(" .").lower() in MEANINGLESS:
        yield Fault(f"{prefix}description", MEANINGLESS_DESCRIPTION, text=line.description)
    yield from _weights(line, prefix)
    yield from _weighed_twice(situation, line, prefix)
    if line.value is not None:
        yield from missing(line, "currency", prefix)
    yield from _expiry(situation, line, prefix)


def _by_category(
    situation: Situation, line: GoodsLine, category: Category, prefix: str
) -> Iterator[Fault]:
    kind = situation.checklist.goods_kind(category.code)
    for path in kind.required if kind else ():
        yield from missing(line, path, prefix)
    if category.other:
        yield from missing(line, "category_other", prefix)
    if kind and kind.weighed:
        if line.net_weight_kg is None and line.gross_weight_kg is None:
            yield Fault(f"{prefix}gross_weight_kg", WEIGHT_MISSING)
        else:
            yield from missing(line, "weight_basis", prefix)
    if line.hs_code and category.hs and line.hs_code not in {hs.code for hs in category.hs}:
        yield Fault(f"{prefix}hs_code", HS_NOT_OF_CATEGORY, code=line.hs_code)
    yield from _quantity(situation, line, category, prefix)


def _quantity(
    situation: Situation, line: GoodsLine, category: Category, prefix: str
) -> Iterator[Fault]:
    counted = line.counted
    if counted is None:
        yield Fault(f"{prefix}quantity", QUANTITY_MISSING)
    elif counted <= 0:
        yield Fault(f"{prefix}quantity", QUANTITY_ZERO)
    elif (
        line.packs is not None
        and line.units_per_pack is not None
        and counted != line.packs * line.units_per_pack
    ):
        yield Fault(
            f"{prefix}quantity",
            PACKS_NOT_QUANTITY,
            packs=line.packs,
            units=line.units_per_pack,
            product=line.packs * line.units_per_pack,
            counted=counted,
        )
    if line.unit is None:
        yield from missing(line, "unit", prefix)
        return
    kind = situation.checklist.goods_kind(category.code)
    units = kind.units if kind else category.units
    if line.unit not in units:
        yield Fault(
            f"{prefix}unit",
            UNIT_NOT_OF_CATEGORY,
            category=situation.listed("categories", category.code),
            unit=situation.listed("units", line.unit),
            allowed=situation.listed("units", *units),
        )
        return
    unit = situation.checklist.unit(line.unit)
    if unit and unit.whole and counted is not None and counted != counted.to_integral_value():
        yield Fault(
            f"{prefix}quantity", QUANTITY_NOT_WHOLE, unit=situation.listed("units", line.unit)
        )


def _weights(line: GoodsLine, prefix: str) -> Iterator[Fault]:
    gross, net = line.gross_weight_kg, line.net_weight_kg
    if gross is not None and net is not None and net > gross:
        yield Fault(f"{prefix}net_weight_kg", NET_ABOVE_GROSS)
    purity = line.drug.purity_pct
    if purity is not None and purity > Decimal(100):
        yield Fault(f"{prefix}drug.purity_pct", PURITY_ABOVE_100)
    if line.hs_code and not re.fullmatch(r"\d{4}(\.?\d{2}){0,3}", line.hs_code):
        yield Fault(f"{prefix}hs_code", HS_CODE_WRONG)


def _weighed_twice(situation: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    """A quantity in a unit of mass must equal the net weight, to the digits that both have."""
    unit = situation.checklist.unit(line.unit) if line.unit else None
    counted, net = line.counted, line.net_weight_kg
    if unit is None or unit.dimension != Dimension.MASS or counted is None or net is None:
        return
    kilograms = counted * unit.factor
    if abs(kilograms - net) >= max(_last_digit(counted) * unit.factor, _last_digit(net)):
        yield Fault(
            f"{prefix}net_weight_kg",
            NET_NOT_QUANTITY,
            quantity=f"{counted:f}",
            unit=situation.listed("units", unit.code),
        )


def _last_digit(value: Decimal) -> Decimal:
    """The value of one unit in the last digit of `value`: 0.01 for 12.50, 1 for 50."""
    exponent = value.as_tuple().exponent
    return Decimal((0, (1,), exponent if isinstance(exponent, int) else 0))


def _expiry(situation: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    expiry, seized = line.medicine.expiry, situation.interception.occasion.seized_at
    if expiry and seized and expiry < seized.local_date and "EXPIRED" not in line.reasons:
        yield Fault(f"{prefix}reasons", EXPIRED_NOT_A_REASON, day=expiry)


def _bags(situation: Situation) -> Iterator[Fault]:
    """A bag is sealed once, so its number may be used in one line of one interception only."""
    first: dict[str, int] = {}
    for number, line in enumerate(situation.interception.goods):
        if not line.bag_no:
            continue
        path, key = f"goods.{number}.bag_no", bag.canonical(line.bag_no)
        if not key:
            yield Fault(path, BAG_NUMBER_WRONG, bag=line.bag_no)
        elif key in first:
            yield Fault(path, BAG_TWICE, bag=key, one=first[key] + 1, two=number + 1)
        elif key in situation.used_bags:
            yield Fault(path, BAG_USED, bag=line.bag_no, number=situation.used_bags[key])
        first.setdefault(key, number)
