"""Block A to E: who, when, where, how detected, in which consignment, on which route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.fault import Fault
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.words import mark

HEAVIEST_PARCEL_KG = Decimal("31.5")
"""No postal administration takes a heavier parcel as a rule (UPU Convention Regulations)."""

ALWAYS = (
    "post",
    "officer",
    "occasion.seized_at",
    "occasion.place_type",
    "occasion.customs_direction",
    "detection.methods",
    "consignment.mode",
    "route.dispatch_country",
    "route.destination_country",
)
IDENTIFIERS = {
    "express": ("consignment.courier_name", "consignment.courier_awb"),
    "air_cargo": ("consignment.awb_no",),
    "sea_container": ("consignment.container_no",),
}
"""Identifiers that a consignment of this mode always has. Letter post may have none."""


def faults(seen: Situation) -> Iterator[Fault]:
    """What is missing or impossible about time, place, consignment and route."""
    record = seen.interception
    for path in (*ALWAYS, *IDENTIFIERS.get(record.consignment.mode or "", ())):
        yield from missing(record, path)
    if record.post and seen.checklist.post(record.post) is None:
        yield Fault("post", mark("{post} is not a post of this pack"), post=record.post)
    yield from _times(seen)
    yield from _place(seen)
    yield from _mail(seen)


def _times(seen: Situation) -> Iterator[Fault]:
    occasion = seen.interception.occasion
    if occasion.seized_at and occasion.seized_at.millis > seen.now.plus(minutes=10).millis:
        yield Fault(
            "occasion.seized_at",
            mark("lies in the future"),
            mark("This computer's clock says {now}: set it if that is wrong."),
            now=seen.now.local.strftime("%Y-%m-%d %H:%M"),
        )
    if (
        occasion.seized_at
        and occasion.detected_at
        and occasion.detected_at.millis > occasion.seized_at.millis
    ):
        yield Fault("occasion.detected_at", mark("lies after the seizure"))


def _place(seen: Situation) -> Iterator[Fault]:
    occasion = seen.interception.occasion
    by_name = occasion.place_text or occasion.unlocode
    by_degrees = occasion.latitude is not None and occasion.longitude is not None
    if not by_name and not by_degrees:
        yield Fault("occasion.place_text", mark("is missing"), mark("Name the place."))
    if occasion.unlocode and not re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", occasion.unlocode):
        yield Fault(
            "occasion.unlocode",
            mark("is no UN/LOCODE"),
            mark("Two letters of the country and three of the place, like GBLHR."),
        )
    for name, limit in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(occasion, name)
        if degrees is not None and abs(degrees) > limit:
            yield Fault(f"occasion.{name}", mark("is beyond {limit} degrees"), limit=limit)


def _mail(seen: Situation) -> Iterator[Fault]:
    consignment = seen.interception.consignment
    if consignment.mode != "mail":
        return
    if not consignment.postal_item_id:
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
