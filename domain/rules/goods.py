"""Blocks F, G and H: the goods lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.fault import Fault
from domain.interception.goods import GoodsLine
from domain.numbers import bag
from domain.pack.model import Category
from domain.rules import laboratory
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.words import mark

WEIGHED_GROUPS = ("drug", "precursor")
MEANINGLESS = ("various", "divers", "miscellaneous", "goods", "marchandises", "stuff")


def faults(seen: Situation) -> Iterator[Fault]:
    """What is missing or impossible about each line, and about the lines together."""
    lines = seen.interception.goods
    if not lines:
        yield Fault("goods", mark("nothing was found yet"), mark("Add a line of goods."))
    for place, line in enumerate(lines):
        prefix = f"goods.{place}."
        yield from _line(seen, line, prefix)
    yield from _bags(seen)
    groups = {category.group for category in _categories(seen)}
    if groups & set(WEIGHED_GROUPS):
        yield from missing(seen.interception, "detection.concealment")
        if seen.interception.detection.field_test.result is None and _presumed(seen):
            yield Fault(
                "detection.field_test.result",
                mark("no field test"),
                mark("The substance stays presumed until a laboratory confirms it."),
                warns=True,
            )
    yield from laboratory.faults(seen)


def _presumed(seen: Situation) -> bool:
    """Whether the substance of a drug or precursor is not confirmed by a laboratory."""
    for line in seen.interception.goods:
        category = seen.checklist.category(line.category)
        weighed = category is not None and category.group in WEIGHED_GROUPS
        if weighed and not line.drug.substance_confirmed:
            return True
    return False


def _categories(seen: Situation) -> Iterator[Category]:
    for line in seen.interception.goods:
        category = seen.checklist.category(line.category)
        if category is not None:
            yield category


def _line(seen: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    yield from missing(line, "category", prefix)
    yield from missing(line, "reasons", prefix)
    category = seen.checklist.category(line.category)
    if category is not None:
        yield from _by_category(seen, line, category, prefix)
    if line.description and line.description.strip(" .").lower() in MEANINGLESS:
        yield Fault(
            f"{prefix}description",
            mark("{text} says nothing about the goods"),
            mark("Describe them so that a court can tell them apart."),
            text=line.description,
        )
    yield from _weights(line, prefix)
    yield from _weighed_twice(seen, line, prefix)
    if line.value is not None:
        yield from missing(line, "currency", prefix)
    yield from _expiry(seen, line, prefix)


def _by_category(
    seen: Situation, line: GoodsLine, category: Category, prefix: str
) -> Iterator[Fault]:
    for path in category.required:
        yield from missing(line, path, prefix)
    if category.other:
        yield from missing(line, "category_other", prefix)
    if category.group in WEIGHED_GROUPS:
        if line.net_weight_kg is None and line.gross_weight_kg is None:
            yield Fault(f"{prefix}gross_weight_kg", mark("is missing"), mark("Weigh it."))
        else:
            yield from missing(line, "weight_basis", prefix)
    if line.hs_code and category.hs and line.hs_code not in {hs.code for hs in category.hs}:
        yield Fault(
            f"{prefix}hs_code",
            mark("{code} is not a heading of this category"),
            warns=True,
            code=line.hs_code,
        )
    yield from _quantity(seen, line, category, prefix)


def _quantity(seen: Situation, line: GoodsLine, category: Category, prefix: str) -> Iterator[Fault]:
    counted = line.counted
    if counted is None:
        yield Fault(f"{prefix}quantity", mark("is missing"), mark("Count it."))
    elif counted <= 0:
        yield Fault(f"{prefix}quantity", mark("must be greater than zero"))
    elif (
        line.packs is not None
        and line.units_per_pack is not None
        and counted != line.packs * line.units_per_pack
    ):
        yield Fault(
            f"{prefix}quantity",
            mark(
                "{packs} pack of {units} is {product}, not {counted}",
                "{packs} packs of {units} are {product}, not {counted}",
                "packs",
            ),
            packs=line.packs,
            units=line.units_per_pack,
            product=line.packs * line.units_per_pack,
            counted=counted,
        )
    if line.unit is None:
        yield from missing(line, "unit", prefix)
        return
    if line.unit not in category.units:
        yield Fault(
            f"{prefix}unit",
            mark("{category} is not counted in {unit}"),
            mark("Choose one of: {allowed}."),
            category=category.code,
            unit=line.unit,
            allowed=", ".join(category.units),
        )
        return
    unit = seen.checklist.unit(line.unit)
    if unit and unit.whole and counted is not None and counted != counted.to_integral_value():
        yield Fault(
            f"{prefix}quantity",
            mark("is counted in whole numbers, in the unit {unit}"),
            mark("Choose another unit, or count again."),
            unit=line.unit,
        )


def _weights(line: GoodsLine, prefix: str) -> Iterator[Fault]:
    gross, net = line.gross_weight_kg, line.net_weight_kg
    if gross is not None and net is not None and net > gross:
        yield Fault(f"{prefix}net_weight_kg", mark("is more than the gross weight"))
    purity = line.drug.purity_pct
    if purity is not None and purity > Decimal(100):
        yield Fault(f"{prefix}drug.purity_pct", mark("is more than 100 per cent"))
    if line.hs_code and not re.fullmatch(r"\d{4}(\.?\d{2}){0,3}", line.hs_code):
        yield Fault(f"{prefix}hs_code", mark("is no HS code"), mark("Write it like 3004.90."))


def _weighed_twice(seen: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    """A quantity in a unit of mass is the net weight, as far as both have digits for it."""
    unit = seen.checklist.unit(line.unit) if line.unit else None
    counted, net = line.counted, line.net_weight_kg
    if unit is None or unit.dimension != "mass" or counted is None or net is None:
        return
    kilograms = counted * unit.factor
    if abs(kilograms - net) >= max(_last_digit(counted) * unit.factor, _last_digit(net)):
        yield Fault(
            f"{prefix}net_weight_kg",
            mark("is not the quantity, {quantity} {unit}"),
            mark("Both stand on the paper: weigh again, or correct one of them."),
            warns=True,
            quantity=f"{counted:f}",
            unit=line.unit,
        )


def _last_digit(value: Decimal) -> Decimal:
    """What one is worth at the last digit of `value`: 0.01 for 12.50, 1 for 50."""
    exponent = value.as_tuple().exponent
    return Decimal((0, (1,), exponent if isinstance(exponent, int) else 0))


def _expiry(seen: Situation, line: GoodsLine, prefix: str) -> Iterator[Fault]:
    expiry, seized = line.medicine.expiry, seen.interception.occasion.seized_at
    if expiry and seized and expiry < seized.local_date and "EXPIRED" not in line.reasons:
        yield Fault(
            f"{prefix}reasons",
            mark("expired on {day}, which is not among the reasons"),
            warns=True,
            day=expiry,
        )


def _bags(seen: Situation) -> Iterator[Fault]:
    """A bag is sealed once: it holds one line of one interception, however it is written."""
    first: dict[str, int] = {}
    for number, line in enumerate(seen.interception.goods):
        if not line.bag_no:
            continue
        path, key = f"goods.{number}.bag_no", bag.canonical(line.bag_no)
        if not key:
            yield Fault(path, mark("{bag} is no number of a bag"), bag=line.bag_no)
        elif key in first:
            yield Fault(
                path,
                mark("bag {bag} stands in line {one} and in line {two}"),
                mark("Scan another bag, or put both on one line."),
                bag=key,
                one=first[key] + 1,
                two=number + 1,
            )
        elif key in seen.taken_bags:
            yield Fault(
                path,
                mark("bag {bag} was used in {number}"),
                mark("Scan another bag."),
                bag=line.bag_no,
                number=seen.taken_bags[key],
            )
        first.setdefault(key, number)
