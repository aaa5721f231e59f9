"""Blocks I, J and L: persons, the legal act, the photos."""

from __future__ import annotations

from collections.abc import Iterator

from domain.fault import Fault
from domain.rules.codes import missing
from domain.rules.situation import Situation
from domain.words import mark

GROUNDS_LEAST = 20
"""Characters; courts have quashed seizures whose memo held no reasons of its own."""


def faults(seen: Situation) -> Iterator[Fault]:
    """What is missing or impossible about persons, law and photos."""
    record = seen.interception
    persons, legal = record.persons, record.legal
    if (persons.detained or 0) > (persons.involved or 0):
        yield Fault("persons.detained", mark("more detained than involved"))
    yield from missing(record, "legal.action")
    yield from missing(record, "legal.legal_basis")
    if not legal.grounds:
        yield Fault(
            "legal.grounds", mark("is missing"), mark("Write the reasons in your own words.")
        )
    elif len(legal.grounds.strip()) < GROUNDS_LEAST:
        yield Fault(
            "legal.grounds",
            mark("shorter than {least} characters"),
            mark("Say what you saw and why it made you act."),
            least=GROUNDS_LEAST,
        )
    yield from _photos(seen)


def _photos(seen: Situation) -> Iterator[Fault]:
    record = seen.interception
    there = {photo.role for photo in record.photos}
    categories = tuple(line.category for line in record.goods if line.category)
    for role in seen.checklist.required_photos(categories):
        if role not in there:
            yield Fault("photos", mark("no photo of: {role}"), mark("Take one."), role=role)
    named: set[str] = set()
    for place, photo in enumerate(record.photos):
        if photo.sha256 is None:
            yield Fault(f"photos.{place}.sha256", mark("is missing"))
        elif str(photo.sha256) in named:
            yield Fault(f"photos.{place}", mark("this photo is there already"), warns=True)
        else:
            named.add(str(photo.sha256))
        if photo.readable is False:
            yield Fault(
                f"photos.{place}",
                mark("cannot be shown; it is kept as it came"),
                warns=True,
            )
