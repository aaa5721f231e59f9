"""Block I: remarks about the named persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.fault import Fault, FaultKind, Shape
from domain.interception.codes import PartyRole
from domain.interception.persons import Party
from domain.rules.situation import Situation
from domain.rules.spelling import folded
from domain.words import mark

OLDEST = 120
"""Years; a greater age is probably a typing error."""
THERE = (PartyRole.TRAVELLER, PartyRole.DRIVER)
"""Roles of persons who were there, and so are involved."""
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


BORN_LONG_AGO = FaultKind(
    "born_long_ago",
    mark("is more than {years} years ago"),
    mark("Check the year."),
    shape=Shape.PREDICATE,
    warns=True,
)
EMAIL_WRONG = FaultKind(
    "email_wrong", mark("is not an e-mail address"), shape=Shape.PREDICATE, warns=True
)
PERSON_TWICE = FaultKind("person_twice", mark("this person is already in the record"), warns=True)
INVOLVED_BELOW_NAMED = FaultKind(
    "involved_below_named",
    mark("is less than the persons who are named"),
    mark("Count those who were there."),
    shape=Shape.PREDICATE,
    warns=True,
)
WITNESS_TWICE = FaultKind(
    "witness_twice", mark("this witness is already in the record"), warns=True
)
WITNESS_IS_PARTY = FaultKind(
    "witness_is_party",
    mark("is a party and cannot be a witness"),
    shape=Shape.PREDICATE,
    warns=True,
)


def faults(situation: Situation) -> Iterator[Fault]:
    """Only remarks: all of this is possible, but doubtful."""
    persons = situation.interception.persons
    known: list[Party] = []
    for number, party in enumerate(persons.parties):
        path = f"persons.parties.{number}"
        if party.born and situation.now.local_date.year - party.born.year > OLDEST:
            yield Fault(f"{path}.born", BORN_LONG_AGO, years=OLDEST)
        if party.email and not _EMAIL.fullmatch(party.email):
            yield Fault(f"{path}.email", EMAIL_WRONG)
        if party != Party() and party in known:
            yield Fault(path, PERSON_TWICE)
        known.append(party)
    named = [party for party in persons.parties if party.name]
    there = sum(party.role in THERE for party in named)
    if persons.involved is not None and (
        persons.involved < there or (named and not persons.involved)
    ):
        yield Fault("persons.involved", INVOLVED_BELOW_NAMED)
    yield from _witnesses(situation)


def _witnesses(situation: Situation) -> Iterator[Fault]:
    parties = {folded(p.name) for p in situation.interception.persons.parties if p.name}
    known: set[str] = set()
    for number, witness in enumerate(situation.interception.legal.witnesses):
        name, path = folded(witness), f"legal.witnesses.{number}"
        if name in known:
            yield Fault(path, WITNESS_TWICE)
        elif name in parties:
            yield Fault(path, WITNESS_IS_PARTY)
        known.add(name)
