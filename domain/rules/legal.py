"""Blocks I, J and L: persons, the legal act, the photos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.fault import IS_MISSING, Fault, FaultKind, Shape
from domain.instant import Instant
from domain.interception.addressee import addressee
from domain.interception.codes import ServiceWay, SignatureState
from domain.interception.legal import Legal
from domain.interception.record import Interception
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.scripts import has_unspaced, wide_letters
from domain.words import mark

GROUNDS_LEAST = 20
"""Characters; courts have annulled seizures because the officer gave no specific reasons. A
Chinese, Japanese or Korean character counts as two, since it is a syllable or a word."""
LETTERS_LEAST = 12
"""Letters among them, counted in the same way, at least `DIFFERENT_LEAST` of them different."""
DIFFERENT_LEAST = 5
_WORD = re.compile(r"[^\W\d_]{2,}")

MORE_DETAINED_THAN_INVOLVED = FaultKind(
    "more_detained_than_involved", mark("more detained than involved")
)
BORN_IN_FUTURE = FaultKind("born_in_future", mark("is in the future"), shape=Shape.PREDICATE)
PARTY_ROLE_MISSING = FaultKind(
    "party_role_missing",
    IS_MISSING,
    mark("Say what this person or business has to do with the goods."),
    shape=Shape.MISSING,
    warns=True,
)
GROUNDS_MISSING = FaultKind(
    "grounds_missing", IS_MISSING, mark("Write the reasons in your own words."), shape=Shape.MISSING
)
NOBODY_SERVED = FaultKind(
    "nobody_served",
    mark("the paper does not name the person it is served on"),
    mark(
        "Record the name, in the role of traveller, driver, consignee or agent"
        " (on export: shipper, not consignee)."
    ),
    warns=True,
)
GROUNDS_SHORT = FaultKind(
    "grounds_short",
    mark("shorter than {least} characters"),
    mark("Say what you saw and why it made you act."),
)
GROUNDS_WITHOUT_WORDS = FaultKind(
    "grounds_without_words",
    mark("does not give the reasons in words"),
    mark("Say what you saw and why it made you act."),
    shape=Shape.PREDICATE,
)
SERVED_BEFORE_SEIZURE = FaultKind(
    "served_before_seizure",
    mark("is before the seizure"),
    mark("A paper is served after the goods were seized."),
    shape=Shape.PREDICATE,
)
SERVICE_WAY_MISSING = FaultKind(
    "service_way_missing",
    IS_MISSING,
    mark("Enter how the paper was served: without it the period for a claim does not begin."),
    shape=Shape.MISSING,
    warns=True,
)
FILLED_THOUGH_NOT_SERVED = FaultKind(
    "filled_though_not_served",
    mark("is filled, but the paper was not served"),
    mark("Say how it was served, or leave this empty."),
    shape=Shape.PREDICATE,
)
REFUSAL_REASON_MISSING = FaultKind(
    "refusal_reason_missing",
    IS_MISSING,
    mark("Write why it was refused, if a reason was given."),
    shape=Shape.MISSING,
    warns=True,
)
PHOTO_MISSING = FaultKind(
    "photo_missing", mark("no photo of: {role}"), mark("Take one."), shape=Shape.SENTENCE
)
PHOTO_HASH_MISSING = FaultKind("photo_hash_missing", IS_MISSING, shape=Shape.MISSING)
PHOTO_TWICE = FaultKind(
    "photo_twice", mark("this photo is already in the record"), shape=Shape.SENTENCE, warns=True
)
PHOTO_UNREADABLE = FaultKind(
    "photo_unreadable",
    mark("this photo cannot be shown; it is kept as it came"),
    shape=Shape.SENTENCE,
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """What is missing or impossible about persons, law and photos."""
    record = situation.interception
    persons, legal = record.persons, record.legal
    if (persons.detained or 0) > (persons.involved or 0):
        yield Fault("persons.detained", MORE_DETAINED_THAN_INVOLVED)
    today = situation.now.local_date
    for number, party in enumerate(persons.parties):
        if party.born and party.born > today:
            yield Fault(f"persons.parties.{number}.born", BORN_IN_FUTURE)
        if party.role is None:
            yield Fault(f"persons.parties.{number}.role", PARTY_ROLE_MISSING)
    yield from _addressee(record)
    yield from missing(record, "legal.action")
    yield from missing(record, "legal.legal_basis")
    if not legal.grounds:
        yield Fault("legal.grounds", GROUNDS_MISSING)
    else:
        yield from _grounds(legal.grounds)
    yield from _service(legal, record.occasion.seized_at)
    yield from _photos(situation)


def _addressee(record: Interception) -> Iterator[Fault]:
    """A served paper names the person it was served on; a paper left at a place may name nobody."""
    way, parties = record.legal.served, record.persons.parties
    if way in (None, ServiceWay.NONE) or (way == ServiceWay.LEFT_AT_PLACE and not parties):
        return
    if addressee(record) is None:
        yield Fault("legal.served", NOBODY_SERVED)


def _grounds(text: str) -> Iterator[Fault]:
    wide = wide_letters(text)
    if len(text.strip()) + wide < GROUNDS_LEAST:
        yield Fault("legal.grounds", GROUNDS_SHORT, least=GROUNDS_LEAST)
        return
    letters = [char for char in text.casefold() if char.isalpha()]
    enough = len(letters) + wide >= LETTERS_LEAST and len(set(letters)) >= DIFFERENT_LEAST
    words = has_unspaced(text) or len(_WORD.findall(text)) > 1
    if not (enough and words):
        yield Fault("legal.grounds", GROUNDS_WITHOUT_WORDS)


def _service(legal: Legal, seized: Instant | None) -> Iterator[Fault]:
    served = legal.served_at
    if served and seized and served.minute < seized.minute:
        yield Fault("legal.served_at", SERVED_BEFORE_SEIZURE)
    if served and legal.served is None:
        yield Fault("legal.served", SERVICE_WAY_MISSING)
    if legal.served == ServiceWay.NONE:
        for path, filled in (
            ("legal.served_at", served is not None),
            ("legal.holder_signature", legal.holder_signature == SignatureState.SIGNED),
        ):
            if filled:
                yield Fault(path, FILLED_THOUGH_NOT_SERVED)
    refused = legal.holder_signature == SignatureState.REFUSED
    if refused and not legal.holder_signature_reason:
        yield Fault("legal.holder_signature_reason", REFUSAL_REASON_MISSING)


def _photos(situation: Situation) -> Iterator[Fault]:
    record = situation.interception
    there = {photo.role for photo in record.photos}
    categories = tuple(line.category for line in record.goods if line.category)
    mode = record.consignment.mode or ""
    for role in situation.checklist.required_photos(categories, mode):
        if role not in there:
            yield Fault("photos", PHOTO_MISSING, role=situation.listed("photo_roles", role))
    named: set[str] = set()
    for index, photo in enumerate(record.photos):
        if photo.sha256 is None:
            yield Fault(f"photos.{index}.sha256", PHOTO_HASH_MISSING)
        elif str(photo.sha256) in named:
            yield Fault(f"photos.{index}", PHOTO_TWICE)
        else:
            named.add(str(photo.sha256))
        if photo.readable is False:
            yield Fault(f"photos.{index}", PHOTO_UNREADABLE)
