"""Blocks A and B: who, when and where; and the fields that every record needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.fields import IDENTIFIERS
from domain.instant import Instant
from domain.interception.codes import Mode
from domain.interception.occasion import UNLOCODE, Occasion
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.words import mark

ALWAYS = (
    "post",
    "officer",
    "occasion.seized_at",
    "occasion.customs_direction",
    "detection.methods",
    "consignment.mode",
    "route.dispatch_country",
    "route.destination_country",
)
MAY_HAVE_NONE = Mode.MAIL
"""The mode in which an identifier is not required: a letter may have none."""
COURIER = "consignment.courier_name"
"""Required with the courier's waybill: each courier has its own series of numbers."""
EARLIEST_YEAR = 2000
"""The first year of seizure numbers (`domain.numbers.case_number`)."""
CLOCKS_DIFFER = 10
"""Minutes that another program's clock may be ahead of the workstation's."""
LONG_AGO = 366 * 24 * 60
"""Minutes; a seizure that is recorded later than this probably has a wrong year."""


CASE_IS_ITSELF = FaultKind(
    "case_is_itself",
    mark("names this interception itself"),
    mark("Leave it empty: the first interception of a find names no other."),
    shape=Shape.PREDICATE,
)
POST_UNKNOWN = FaultKind(
    "post_unknown", mark("{post} is not a post of this pack"), mark("It has: {known}.")
)
SEIZED_IN_FUTURE = FaultKind(
    "seized_in_future",
    mark("is in the future"),
    mark("This computer's clock says {now}: set it if that is wrong."),
    shape=Shape.PREDICATE,
)
DETECTED_AFTER_SEIZURE = FaultKind(
    "detected_after_seizure", mark("is after the seizure"), shape=Shape.PREDICATE
)
DETECTED_LONG_BEFORE = FaultKind(
    "detected_long_before",
    mark("is more than a year before the seizure"),
    mark("Check the year."),
    shape=Shape.PREDICATE,
    warns=True,
)
SERVED_IN_FUTURE = FaultKind(
    "served_in_future", mark("is in the future"), mark("Check the clock."), shape=Shape.PREDICATE
)
SEIZED_TOO_EARLY = FaultKind(
    "seized_too_early",
    mark("is before the year {year}"),
    mark("Check the date; a seizure number begins with the year."),
    shape=Shape.PREDICATE,
)
SEIZED_LONG_AGO = FaultKind(
    "seized_long_ago",
    mark("is more than a year ago"),
    mark("Check the year, and the clock of this computer."),
    shape=Shape.PREDICATE,
    warns=True,
)
SEIZED_BEFORE_PACK = FaultKind(
    "seized_before_pack",
    mark("is before {day}, the first day on which this pack is valid"),
    shape=Shape.PREDICATE,
    warns=True,
)
SEIZED_AFTER_PACK = FaultKind(
    "seized_after_pack",
    mark("is after {day}, the last day on which this pack is valid"),
    mark("Adopt the new pack from headquarters."),
    shape=Shape.PREDICATE,
    warns=True,
)
RECORDED_LATE = FaultKind(
    "recorded_late",
    mark("is within the pack's period, whose records were due by {day}"),
    mark("Tell headquarters that this record comes late."),
    shape=Shape.PREDICATE,
    warns=True,
)
POSITION_HALF = FaultKind(
    "position_half",
    IS_MISSING,
    mark("A position needs latitude and longitude."),
    shape=Shape.MISSING,
)
PLACE_MISSING = FaultKind("place_missing", IS_MISSING, mark("Name the place."), shape=Shape.MISSING)
UNLOCODE_WRONG = FaultKind(
    "unlocode_wrong",
    mark("is not a UN/LOCODE"),
    mark("Two letters of the country and three of the place, like GBLHR."),
    shape=Shape.PREDICATE,
)
UNLOCODE_COUNTRY_UNKNOWN = FaultKind(
    "unlocode_country_unknown",
    mark("{code} is not a country with places"),
    mark("Two letters of the country and three of the place, like GBLHR."),
    warns=True,
)
DEGREES_BEYOND = FaultKind(
    "degrees_beyond", mark("is beyond {limit} degrees"), shape=Shape.PREDICATE
)
PLACE_TYPE_MISSING = FaultKind(
    "place_type_missing",
    IS_MISSING,
    mark("Choose the kind of place."),
    shape=Shape.MISSING,
)
PLACE_TYPE_NOT_SAID = replace(PLACE_TYPE_MISSING, code="place_type_not_said", warns=True)


def faults(situation: Situation) -> Iterator[Fault]:
    """Faults and remarks about time, place, consignment and case."""
    record = situation.interception
    for path in (*ALWAYS, *_identifiers(record.consignment.mode)):
        yield from missing(record, path)
    if record.post and situation.checklist.post(record.post) is None:
        yield Fault(
            "post",
            POST_UNKNOWN,
            post=record.post,
            known=situation.listed(
                "posts", *(post.code for post in situation.checklist.pack.posts)
            ),
        )
    if record.case is not None and record.case == record.record_id:
        yield Fault("case", CASE_IS_ITSELF)
    yield from _times(situation)
    yield from _place(situation)
    yield from _pack(situation)


def _identifiers(mode: str | None) -> Iterator[str]:
    if mode == Mode.EXPRESS:
        yield COURIER
    for field in IDENTIFIERS:
        if field.identifies and field.identifies == mode != MAY_HAVE_NONE:
            yield field.path


def _times(situation: Situation) -> Iterator[Fault]:
    occasion = situation.interception.occasion
    latest = situation.now.plus(minutes=CLOCKS_DIFFER).millis
    if occasion.seized_at and occasion.seized_at.millis > latest:
        yield Fault(
            "occasion.seized_at",
            SEIZED_IN_FUTURE,
            now=situation.now.local.strftime("%Y-%m-%d %H:%M"),
        )
    if (
        occasion.seized_at
        and occasion.detected_at
        and occasion.detected_at.millis > occasion.seized_at.millis
    ):
        yield Fault("occasion.detected_at", DETECTED_AFTER_SEIZURE)
    if (
        occasion.seized_at
        and occasion.detected_at
        and occasion.detected_at.millis < occasion.seized_at.plus(minutes=-LONG_AGO).millis
    ):
        yield Fault("occasion.detected_at", DETECTED_LONG_BEFORE)
    if occasion.seized_at:
        yield from _year(situation, occasion.seized_at)
    served = situation.interception.legal.served_at
    if served and served.millis > latest:
        yield Fault("legal.served_at", SERVED_IN_FUTURE)


def _year(situation: Situation, seized: Instant) -> Iterator[Fault]:
    if seized.local_date.year < EARLIEST_YEAR:
        yield Fault("occasion.seized_at", SEIZED_TOO_EARLY, year=EARLIEST_YEAR)
    elif seized.millis < situation.now.plus(minutes=-LONG_AGO).millis:
        yield Fault("occasion.seized_at", SEIZED_LONG_AGO)


def _pack(situation: Situation) -> Iterator[Fault]:
    """A pack has a period of validity; a find outside it gets a remark, not a fault, and so does
    one within it that is recorded too late. What counts is the time of the seizure, not today.
    """
    pack, seized = situation.checklist.pack, situation.interception.occasion.seized_at
    if seized is None:
        return
    day = seized.local_date
    if pack.valid_from and day < date.fromisoformat(pack.valid_from):
        yield Fault("occasion.seized_at", SEIZED_BEFORE_PACK, day=pack.valid_from)
    if pack.valid_to and day > date.fromisoformat(pack.valid_to):
        yield Fault("occasion.seized_at", SEIZED_AFTER_PACK, day=pack.valid_to)
    elif pack.valid_to and pack.late_days:
        due = date.fromisoformat(pack.valid_to) + timedelta(days=pack.late_days)
        if situation.now.local_date > due:
            yield Fault("occasion.seized_at", RECORDED_LATE, day=due.isoformat())


def _place(situation: Situation) -> Iterator[Fault]:
    occasion = situation.interception.occasion
    degrees = (occasion.latitude, occasion.longitude)
    known = situation.checklist.post(situation.interception.post) is not None
    yield from _kind(situation, occasion)
    for one, two in (("latitude", "longitude"), ("longitude", "latitude")):
        if getattr(occasion, one) is not None and getattr(occasion, two) is None:
            yield Fault(f"occasion.{two}", POSITION_HALF)
    named = occasion.place_text or occasion.unlocode or degrees != (None, None)
    # An unknown post has its own fault; a known post would have given the place.
    if not named and known:
        yield Fault("occasion.place_text", PLACE_MISSING)
    if occasion.unlocode and not re.fullmatch(UNLOCODE, occasion.unlocode):
        yield Fault("occasion.unlocode", UNLOCODE_WRONG)
    elif occasion.unlocode and not _has_places(situation, occasion.unlocode[:2]):
        yield Fault("occasion.unlocode", UNLOCODE_COUNTRY_UNKNOWN, code=occasion.unlocode[:2])
    for name, limit in (("latitude", 90), ("longitude", 180)):
        degree = getattr(occasion, name)
        if degree is not None and abs(degree) > limit:
            yield Fault(f"occasion.{name}", DEGREES_BEYOND, limit=limit)


def _has_places(situation: Situation, country: str) -> bool:
    """`XZ` is how UN/LOCODE names what lies in international waters; `ZZ` is no country at all."""
    return country == "XZ" or (country != "ZZ" and situation.checklist.has("countries", country))


def _kind(situation: Situation, occasion: Occasion) -> Iterator[Fault]:
    """The kind of place is required at the post, whose pack may say it; its lack is a remark at
    another place.
    """
    if occasion.place_type is not None:
        return
    post = situation.checklist.post(situation.interception.post)
    at_post = post is not None and occasion.place_text in post.name.values()
    yield Fault("occasion.place_type", PLACE_TYPE_MISSING if at_post else PLACE_TYPE_NOT_SAID)
