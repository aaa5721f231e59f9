"""Blocks D and E: the consignment, what carried it, its route; the persons who carried it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.interception.codes import Mode
from domain.interception.record import Interception
from domain.numbers.tidy import tidy
from domain.rules.situation import Situation
from domain.words import mark

HEAVIEST_PARCEL_KG = Decimal("31.5")
"""Postal services do not normally accept heavier parcels (UPU Convention Regulations)."""

CARRIED_BY: dict[str, str] = {
    Mode.AIR_PASSENGER: "conveyance.flight_no",
    Mode.ROAD_PASSENGER: "conveyance.vehicle_registration",
}
"""The fields for the luggage or vehicle of a traveller, by mode."""


DECLARED_CURRENCY_MISSING = FaultKind(
    "declared_currency_missing",
    IS_MISSING,
    mark("Name the currency of the declared value, if the label has one."),
    shape=Shape.MISSING,
    warns=True,
)
ITEM_USED = FaultKind(
    "item_used",
    mark("{item} is also in {number}"),
    mark("Is it the same item? A number is used again after a year at the earliest."),
    warns=True,
)
ITEM_NUMBER_MISSING = FaultKind(
    "item_number_missing",
    mark("no item number"),
    mark("Scan it, unless the item is ordinary letter post."),
    warns=True,
)
PARCEL_TOO_HEAVY = FaultKind(
    "parcel_too_heavy",
    mark("{weight} kg is more than a postal parcel can weigh"),
    mark("Grams instead of kilograms?"),
    warns=True,
)
TRANSPORT_MISSING = FaultKind(
    "transport_missing",
    IS_MISSING,
    mark("Write what the traveller came with."),
    shape=Shape.MISSING,
    warns=True,
)
TRAVELLERS_MISSING = FaultKind(
    "travellers_missing",
    IS_MISSING,
    mark("Say how many travellers there were, and who."),
    shape=Shape.MISSING,
    warns=True,
)
TRANSIT_IS_AN_END = FaultKind(
    "transit_is_an_end",
    mark("{country} is a country of transit and an end of the route"),
    mark("Name the countries between, in the order of the journey."),
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """What is missing or doubtful about the consignment and its journey."""
    yield from _mail(situation)
    yield from _traveller(situation.interception)
    yield from _transit(situation)
    declared = situation.interception.consignment.declaration
    if declared.value is not None and declared.currency is None:
        yield Fault("consignment.declaration.currency", DECLARED_CURRENCY_MISSING)


def _mail(situation: Situation) -> Iterator[Fault]:
    consignment = situation.interception.consignment
    item = consignment.postal_item_id
    if item and tidy(item) in situation.used_items:
        yield Fault(
            "consignment.postal_item_id",
            ITEM_USED,
            item=item,
            number=situation.used_items[tidy(item)],
        )
    if consignment.mode != Mode.MAIL:
        return
    if not item:
        yield Fault("consignment.postal_item_id", ITEM_NUMBER_MISSING)
    weight = consignment.gross_weight_kg
    if weight is not None and weight > HEAVIEST_PARCEL_KG:
        yield Fault("consignment.gross_weight_kg", PARCEL_TOO_HEAVY, weight=weight)


def _traveller(record: Interception) -> Iterator[Fault]:
    path = CARRIED_BY.get(record.consignment.mode or "")
    if path is None:
        return
    if getattr(record.conveyance, path.rpartition(".")[2]) is None:
        yield Fault(path, TRANSPORT_MISSING)
    if not record.persons.parties and not record.persons.involved:
        yield Fault("persons.involved", TRAVELLERS_MISSING)


def _transit(situation: Situation) -> Iterator[Fault]:
    route = situation.interception.route
    ends = (route.origin_country, route.dispatch_country, route.destination_country)
    for country in dict.fromkeys(route.transit_countries):
        if country in ends and country != "ZZ":
            yield Fault(
                "route.transit_countries",
                TRANSIT_IS_AN_END,
                country=situation.listed("countries", country),
            )
