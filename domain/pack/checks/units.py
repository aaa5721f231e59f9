"""Units: those that everybody knows have the factor and the dimension that they have everywhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from domain.pack.checklist import Terms
from domain.pack.finding import PackFindings, doubt, fault, perhaps
from domain.pack.model import Category, Dimension, Pack, Unit
from domain.pack.profile import Profile
from domain.words import mark

MEASURES: Mapping[str, tuple[Dimension, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, factor, names in (
        (Dimension.MASS, "0.000001", "mg milligram milligrams"),
        (Dimension.MASS, "0.001", "g gram grams gramme grammes"),
        (Dimension.MASS, "1", "kg kilo kilos kilogram kilograms kilogramme kilogrammes"),
        (Dimension.MASS, "100", "quintal quintals"),
        (Dimension.MASS, "1000", "tonne tonnes"),
        (Dimension.VOLUME, "0.001", "ml millilitre millilitres milliliter milliliters"),
        (Dimension.VOLUME, "0.01", "cl centilitre centilitres centiliter centiliters"),
        (Dimension.VOLUME, "0.1", "dl decilitre decilitres deciliter deciliters"),
        (Dimension.VOLUME, "1", "l litre litres liter liters"),
        (Dimension.VOLUME, "100", "hl hectolitre hectolitres hectoliter hectoliters"),
        (Dimension.VOLUME, "1000", "m3 m³"),
        (Dimension.PIECE, "2", "pair pairs"),
        (Dimension.PIECE, "12", "dozen dozens"),
    )
    for name in names.split()
}
"""Units of measure by code or English label, small letters: dimension, and factor to its base unit
(kilogram, litre, piece)."""
DIVISIBLE = (Dimension.MASS, Dimension.VOLUME)


def units(pack: Pack, terms: Terms) -> PackFindings:
    """Faults and remarks of all units."""
    currencies = {term.code for term in terms["currencies"]}
    used = {code for category in pack.categories for code in category.units}
    dimensions = {name for category in pack.categories for name in category.dimensions}
    used |= {unit.code for unit in pack.units if unit.dimension in dimensions}
    parts: list[Category | Profile] = [*pack.categories, *pack.profiles]
    for part in parts:
        used |= {*part.contents, *((part.measure.unit,) if part.measure else ())}
    known = {unit.code for unit in pack.units}
    for number, unit in enumerate(pack.units):
        here = f"$.units[{number}]"
        yield from _measure(here, unit)
        if unit.dimension == Dimension.MONEY:
            yield from _money(here, unit, currencies)
        elif unit.code in currencies:
            what = mark("{code} is a currency: give it the dimension money, not {unit}")
            yield doubt(f"{here}.dimension", what, code=unit.code, unit=unit.dimension)
        if unit.code not in used and used <= known:
            what = mark("'{code}' is a unit of no category")
            yield doubt(here, what, code=unit.code)


def _money(here: str, unit: Unit, currencies: Collection[str]) -> PackFindings:
    if unit.code not in currencies:
        what = mark("'{code}' is not a currency (ISO 4217){perhaps}")
        yield fault(f"{here}.code", what, code=unit.code, perhaps=perhaps(unit.code, currencies))
    if unit.factor != 1:
        what = mark("{code} is not converted into other money: leave the factor out")
        yield fault(f"{here}.factor", what, code=unit.code)


def _measure(here: str, unit: Unit) -> PackFindings:
    label = unit.label.get("en", "").strip().casefold()
    by_label = label in MEASURES
    name = label if by_label else unit.code.casefold()
    wrong = unit.dimension not in tuple(Dimension) or not unit.factor.is_finite()
    if name not in MEASURES or wrong or unit.factor <= 0:
        return  # a contradiction has its own finding
    dimension, factor = MEASURES[name]
    if unit.dimension != dimension:
        # a code of one letter may stand for another word
        tell = fault if by_label else doubt
        what = mark("'{code}' counts {other}, and {name} is a measure of {dimension}")
        values = {"other": unit.dimension, "name": name, "dimension": str(dimension)}
        yield tell(f"{here}.dimension", what, code=unit.code, **values)
    elif unit.factor != factor:
        what = mark("the factor of {name} is {right}, not {factor}")
        values = {"name": name, "right": f"{factor:f}", "factor": f"{unit.factor:f}"}
        yield fault(f"{here}.factor", what, **values)
    elif unit.whole and dimension in DIVISIBLE:
        what = mark("'{code}' takes whole numbers only: for decimals, set whole to false")
        yield doubt(here, what, code=unit.code)
