"""Blocks D and E: the consignment, what carried it, its route; the persons who carried it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from domain.fault import Fault
from domain.interception.record import Interception
from domain.numbers.tidy import tidy
from domain.rules.situation import Situation
from domain.words import mark

HEAVIEST_PARCEL_KG = Decimal("31.5")
"""No postal administration takes a heavier parcel as a rule (UPU Convention Regulations)."""

CARRIED_BY = {
    "air_passenger": "conveyance.flight_no",
    "road_passenger": "conveyance.vehicle_registration",
}
"""What a traveller of this mode came with."""


def faults(seen: Situation) -> Iterator[Fault]:
    """What is missing or doubtful about the consignment and its journey."""
    yield from _mail(seen)
    yield from _traveller(seen.interception)
    yield from _transit(seen.interception)
    declared = seen.interception.consignment.declaration
    if declared.value is not None and declared.currency is None:
        yield Fault(
            "consignment.declaration.currency",
            mark("is missing"),
            mark("Name the currency of the declared value, if the label has one."),
            warns=True,
        )


def _mail(seen: Situation) -> Iterator[Fault]:
    consignment = seen.interception.consignment
    item = consignment.postal_item_id
    if item and tidy(item) in seen.seen_items:
        yield Fault(
            "consignment.postal_item_id",
            mark("{item} is in {number} too"),
            mark("Is it the same item? A number comes again after a year at the earliest."),
            warns=True,
            item=item,
            number=seen.seen_items[tidy(item)],
        )
    if consignment.mode != "mail":
        return
    if not item:
        yield Fault(
            "consignment.postal_item_id",
            mark("no item number"),
            mark("Scan it, unless the item is ordinary letter post."),
            warns=True,
        )
    weight = consignment.gross_weight_kg
    if weight is not None and weight > HEAVIEST_PARCEL_KG:
        yield Fault(
            "consignment.gross_weight_kg",
            mark("{weight} kg is more than a postal parcel can weigh"),
            mark("Grams instead of kilograms?"),
            warns=True,
            weight=weight,
        )


def _traveller(record: Interception) -> Iterator[Fault]:
    path = CARRIED_BY.get(record.consignment.mode or "")
    if path is None:
        return
    if getattr(record.conveyance, path.rpartition(".")[2]) is None:
        yield Fault(
            path, mark("is missing"), mark("Write what the traveller came with."), warns=True
        )
    if not record.persons.parties and not record.persons.involved:
        yield Fault(
            "persons.involved",
            mark("is missing"),
            mark("Say how many travellers there were, and who."),
            warns=True,
        )


def _transit(record: Interception) -> Iterator[Fault]:
    route = record.route
    ends = (route.origin_country, route.dispatch_country, route.destination_country)
    for country in dict.fromkeys(route.transit_countries):
        if country in ends and country != "ZZ":
            yield Fault(
                "route.transit_countries",
                mark("{country} is a country of transit and an end of the route"),
                mark("Name the countries between, in the order of the journey."),
                warns=True,
                country=country,
            )
